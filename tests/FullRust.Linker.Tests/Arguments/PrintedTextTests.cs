// What the linker prints instead of linking, or before it: configure scripts and build systems read these texts.

using System;
using FluentAssertions;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Arguments;

public sealed class PrintedTextTests : IDisposable
{
    private readonly LinkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--version")]
    [InlineData("-version")]
    [InlineData("--version", "--no-such-option")]
    public void Version_PrintsOneLineAndExits(params string[] arguments)
    {
        string line = Printed(arguments);
        line.Should().EndWith("(compatible with GNU linkers)\n").And.HaveLength(line.IndexOf('\n') + 1);
    }

    [Fact]
    public void SmallV_PrintsAndGoesOn()
    {
        Printed("-v").Should().Contain("compatible with GNU linkers");
        _folder.Assemble("main.o", ".globl _start\n_start: mov $60, %eax\n mov $3, %edi\n syscall");
        _folder.Link("-v", "main.o").ShouldExitWith(3).Printed.Should().Contain("compatible with GNU linkers");
    }

    [Fact]
    public void BigV_AddsTheEmulations() => Printed("-V").Should().Contain("elf_x86_64");

    [Fact]
    public void Help_HasTheLinesThatConfigureLooksFor()
    {
        string help = Printed("--help");
        help.Should().StartWith("Usage: ").And.MatchRegex(": supported targets:.* elf64-x86-64").And.Contain(": supported emulations: elf_x86_64");
        help.Should().Contain("--gc-sections").And.Contain("-z max-page-size=N");
    }

    [Fact]
    public void PrintRequests_PrintAndExit()
    {
        Printed("--sysroot=/s", "--print-sysroot").Should().Be("/s\n");
        Printed("--print-output-format", "a.o").Should().Be("elf64-x86-64\n");
    }

    private string Printed(params string[] arguments) => _folder.Link(arguments).ShouldSucceed().Printed;
}
