using System;
using System.IO;
using FluentAssertions;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Scripts;
using Xunit;

namespace FullRust.Linker.Tests.Scripts;

public sealed class VersionScriptTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    private bool IsAccepted(string text)
    {
        File.WriteAllText(_path, text);
        var sink = new DiagnosticSink();
        VersionScript.Check(_path, sink);
        return !sink.HasErrors;
    }

    [Theory]
    [InlineData("{ global: foo; local: *; };")]
    [InlineData("V1 { global: foo; bar*; local: *; };\nV2 { baz; } V1;")]
    [InlineData("{ foo; };")]
    [InlineData("{ global:foo; extern \"C++\" { ns::*; \"f(int)\"; }; local:*; };")]
    [InlineData("{ global: a };")]
    [InlineData("")]
    public void WellFormed_IsAccepted(string text) => IsAccepted(text).Should().BeTrue();

    [Theory]
    [InlineData("{ foo bar; };")]
    [InlineData("{ foo; }")]
    [InlineData("{ foo;")]
    [InlineData("V1 foo;")]
    [InlineData("{ public: foo; };")]
    [InlineData("{ extern \"Ada\" { x; }; };")]
    public void Malformed_IsAnError(string text) => IsAccepted(text).Should().BeFalse();

    [Theory]
    [InlineData("--version-script=")]
    [InlineData("--dynamic-list=")]
    [InlineData("--export-dynamic-symbol-list=")]
    public void OptionsThatNameOne_CheckIt(string option)
    {
        File.WriteAllText(_path, "{ foo bar; };");
        var sink = new DiagnosticSink();
        ArgumentParser.Parse([option + _path, "a.o"], sink).Action.Should().Be(CommandLineAction.Fail);
        sink.Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.LinkerScript);
    }

    [Fact]
    public void Missing_IsAnError()
    {
        var sink = new DiagnosticSink();
        VersionScript.Check(_path + ".none", sink);
        sink.Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.CannotOpen);
    }
}
