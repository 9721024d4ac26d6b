// What the linker's role adds to the library: colours, a trace beside the output, and the user's script for missing names.

using System;
using System.IO;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.Roles;

public sealed class LinkerMessageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--color-diagnostics", true)]
    [InlineData("--color-diagnostics=always", true)]
    [InlineData("--color-diagnostics=auto", false)]
    [InlineData("--no-color-diagnostics", false)]
    public void Color_IntoAPipe_IsAskedFor(string option, bool isColored) =>
        Link(option, "absent.o").Error.Contains('\u001b').Should().Be(isColored);

    [Fact]
    public void ErrorHandlingScript_MissingNames_AreHandedOver()
    {
        string script = _folder.Write("helper", "#!/bin/sh\necho \"try: $1 $2\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Link("--error-handling-script=" + script, "-labsent").Output.Should().Be("try: missing-lib absent\n");
        Link("--error-handling-script=" + script, Assemble("call _ZN1a1bEv")).Output.Should().Be("try: undefined-symbol _ZN1a1bEv\n");
        Link("--error-handling-script=/absent/script", "-labsent").Error.Should().Contain("cannot run `/absent/script`");
    }

    [Fact]
    public void Messages_OfSeveralLines_HaveABlankLineBehindThem()
    {
        string error = Link(Assemble("call a\n call b")).Error;
        error.Should().MatchRegex(@"error: undefined symbol: a\n>>> referenced by [^\n]*\n\n[^\n]*error: undefined symbol: b");
        Link("--error-limit=1", Assemble("call a\n call b")).Error.Should().Contain("too many errors emitted, stopping now (use --error-limit=0 to see all errors)");
    }

    [Fact]
    public void EntryPoint_ThatIsNoCode_OnlyWarns()
    {
        Link("-e", "absent", Assemble("ret")).ExitCode.Should().Be(0);
        Link("-e", "0x10", Assemble("ret")).ExitCode.Should().Be(0);
    }

    [Fact]
    public void TimeTrace_IsBesideTheOutput()
    {
        Link("--time-trace", "--time-trace-granularity=0", Assemble("ret")).ExitCode.Should().Be(0);
        File.ReadAllText(_folder["out.time-trace"]).Should().Contain("\"traceEvents\"").And.Contain("\"commit\"");
        Link("--time-trace=" + _folder["named"], Assemble("ret")).ExitCode.Should().Be(0);
        File.Exists(_folder["named"]).Should().BeTrue();
    }

    [Fact]
    public void SeparateDebugFile_DefaultName_IsTheOutputsWithDbg()
    {
        Link("--separate-debug-file", Assemble("ret")).ExitCode.Should().Be(0);
        File.Exists(_folder["out.dbg"]).Should().BeTrue();
        ((int)File.GetUnixFileMode(_folder["out.dbg"]) & 0x49).Should().Be(0);
    }

    [Fact]
    public void Relocatable_IsNotExecutable()
    {
        Link("-r", Assemble("ret")).ExitCode.Should().Be(0);
        ((int)File.GetUnixFileMode(_folder["out"]) & 0x49).Should().Be(0);
    }

    private ToolResult Link(params string[] arguments) => ToolRunner.Run(Repository.ExecutableAs("fullrust-ld"), ["-o", _folder["out"], .. arguments], _folder.Path);

    private string Assemble(string body)
    {
        string source = _folder.Write("main.s", $".globl _start\n_start: {body}\n.section .note.GNU-stack,\"\",@progbits\n"), path = _folder["main.o"];
        ToolRunner.Run("as", ["-o", path, source], _folder.Path).ExitCode.Should().Be(0);
        return path;
    }
}
