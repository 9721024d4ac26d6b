// Links in memory in which one thing outweighs all others: relocations to apply, strings to merge, groups to drop, unwind records to
// take apart and to write. The inputs are the generated ones of the growth series.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using FullRust.Compare.Growth;
using FullRust.Linker;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;

namespace FullRust.Benchmarks;

public class GrowthBenchmarks
{
    private string _folder = "";
    private List<string> _arguments = [];

    [ParamsSource(nameof(Names))]
    public string Axis { get; set; } = "";

    public static IEnumerable<string> Names => GrowthAxis.All.Select(axis => axis.Name);

    [GlobalSetup]
    public void Make()
    {
        _folder = Path.Combine(Path.GetTempPath(), $"fullrust-growth-{Environment.ProcessId}");
        string link = GrowthAxis.All.Single(axis => axis.Name == Axis).Make(_folder, 2);
        _arguments = RecordedLink.Arguments(link);
    }

    [GlobalCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public long Link()
    {
        var sink = new DiagnosticSink();
        using LinkResult result = Linker.Linker.Link(ArgumentParser.Parse(_arguments, sink).Options, sink);
        return result.Image?.Length ?? throw new InvalidOperationException("the generated link fails");
    }
}
