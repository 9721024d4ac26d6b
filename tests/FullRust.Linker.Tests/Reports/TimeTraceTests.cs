// --time-trace: the events of a link, as Chrome's tracing page and Perfetto read them.

using System;
using System.Linq;
using System.Text.Json;
using FluentAssertions;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Timing;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Reports;

public sealed class TimeTraceTests
{
    [Fact]
    [NeedsLibrary("a trace with another granularity of the same link")]
    public void TimeTrace_Phases_AreEvents()
    {
        var options = new LinkOptions();
        options.AddInput("main.o", LinkFolder.AssembleBytes(".globl _start\n_start: ret\n"));
        using LinkResult result = Linker.Link(options, new DiagnosticSink());
        JsonElement all = Parse(0), few = Parse(int.MaxValue);
        string[] names = [.. all.GetProperty("traceEvents").EnumerateArray().Select(e => e.GetProperty("name").GetString()!)];
        names.Should().Contain(["ExecuteLinker", "load inputs", "write image", "Total write image", "process_name"]);
        few.GetProperty("traceEvents").EnumerateArray().Select(e => e.GetProperty("name").GetString()).Should().NotContain("write image").And.Contain("Total write image");
        JsonElement span = all.GetProperty("traceEvents").EnumerateArray().Single(e => e.GetProperty("name").GetString() == "write image");
        span.GetProperty("ph").GetString().Should().Be("X");
        span.GetProperty("pid").GetInt32().Should().Be(7);
        JsonElement Parse(int granularity) => JsonDocument.Parse(TimeTrace.Write(result.Times, "ld", 7, granularity, DateTimeOffset.UnixEpoch)).RootElement;
    }
}
