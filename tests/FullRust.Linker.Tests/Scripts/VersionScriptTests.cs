using System;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Scripts;

public sealed class VersionScriptTests : IDisposable
{
    private readonly LinkFolder _folder = new LinkFolder().Assemble("main.o", ".globl _start\n_start: ret");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{ global: foo; local: *; };")]
    [InlineData("V1 { global: foo; bar*; local: *; };\nV2 { baz; } V1;")]
    [InlineData("{ foo; };")]
    [InlineData("{ global:foo; extern \"C++\" { ns::*; \"f(int)\"; }; local:*; };")]
    [InlineData("{ global: a };")]
    [InlineData("")]
    public void WellFormed_IsAccepted(string text) => Link("--version-script=", text).ShouldSucceed().Diagnostics.Should().BeEmpty();

    [Theory]
    [InlineData("{ foo bar; };")]
    [InlineData("{ foo; }")]
    [InlineData("{ foo;")]
    [InlineData("V1 foo;")]
    [InlineData("{ public: foo; };")]
    [InlineData("{ extern \"Ada\" { x; }; };")]
    public void Malformed_IsAnError(string text) => Link("--version-script=", text).ShouldFailWith(DiagnosticId.LinkerScript);

    [Theory]
    [InlineData("--version-script=")]
    [InlineData("--dynamic-list=")]
    [InlineData("--export-dynamic-symbol-list=")]
    public void OptionsThatNameOne_CheckIt(string option) => Link(option, "{ foo bar; };").ShouldFailOnce().Id.Should().Be(DiagnosticId.LinkerScript);

    [Fact]
    public void Missing_IsAnError() => _folder.Link("--version-script=none", "main.o").ShouldFailOnce().Id.Should().Be(DiagnosticId.CannotOpen);

    private LinkOutcome Link(string option, string script) => _folder.Write("script", script).Link(option + _folder["script"], "main.o");
}
