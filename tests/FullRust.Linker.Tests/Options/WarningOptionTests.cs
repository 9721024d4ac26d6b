// Options that ask for warnings, counts and other order, and those that do nothing here.

using System;
using System.Collections.Generic;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Tests.Scripts;
using FullRust.TestKit;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Options;

public sealed class WarningOptionTests : IDisposable
{
    private const string Caller = ".globl _start\n_start: call callee\n mov $60, %eax\n xor %edi, %edi\n syscall\n";
    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData(true, "first.a", "main.o")]
    [InlineData(false, "main.o", "first.a")]
    [InlineData(false, "--start-group", "first.a", "main.o", "--end-group")]
    [InlineData(true, "--start-group", "first.a", "--end-group", "--start-group", "main.o", "--end-group")]
    [InlineData(false, "first.a", "main.o", "second.a")]
    [InlineData(false, "--warn-backrefs-exclude=*st.a", "first.a", "main.o")]
    [InlineData(true, "--start-lib", "callee.o", "--end-lib", "main.o")]
    [InlineData(false, "--no-warn-backrefs", "first.a", "main.o")]
    [InlineData(false, "-u", "callee", "first.a", "weak.o")]
    public void WarnBackrefs_OrdersThatOnePassRefuses_AreNamed(bool isBackward, params string[] arguments)
    {
        _shop.Assemble("main", Caller);
        _shop.Assemble("callee", ".globl callee\ncallee: ret\n");
        _shop.Assemble("weak", Caller.Replace("call callee", ".weak callee\n"));
        _shop.Tool("ar", "rcs", "first.a", "callee.o");
        _shop.Tool("ar", "rcs", "second.a", "callee.o");
        string[] complete = [.. arguments.Select(a => a.EndsWith(".o") || (a.EndsWith(".a") && !a.StartsWith('-')) ? _shop.Path(a) : a)];
        IReadOnlyList<Diagnostic> diagnostics = _shop.TryLink(["--warn-backrefs", .. complete]).ShouldSucceed().Diagnostics;
        diagnostics.Where(d => d.Id == DiagnosticId.BackReference).Should().HaveCount(isBackward ? 1 : 0);
        if (isBackward)
            diagnostics.Single().Message.Should().StartWith($"backward reference detected: callee in {_shop.Path("main.o")} refers to ");
    }

    [Fact]
    public void WarnOnce_UndefinedSymbol_HasOnePlace()
    {
        string main = _shop.Assemble("main", Caller + ".section .text.b,\"ax\"\ncall callee\n.section .text.c,\"ax\"\ncall callee\n");
        Notes().Count(n => n.Contains("referenced by")).Should().Be(3);
        Notes("--warn-once").Where(n => n.Contains("referenced")).Should().ContainSingle();
        IReadOnlyList<string> Notes(params string[] options) => _shop.LinkFails([.. options, main]).Single().Notes;
    }

    [Fact]
    public void WarnSectionAlign_SectionThatMoves_IsNamed()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: ret\n.data\n.byte 1\n.section late,\"aw\"\n.balign 32\n.byte 2\n");
        IReadOnlyList<Diagnostic> diagnostics = _shop.TryLink("--warn-section-align", main).Diagnostics;
        diagnostics.Should().ContainSingle(d => d.Id == DiagnosticId.SectionMoved && d.Message.StartsWith("start of section late changed by "));
        _shop.TryLink(main).Diagnostics.Should().BeEmpty();
    }

    [Fact]
    public void Stats_Counts_AreThoseOfTheLink()
    {
        string main = _shop.Assemble("main", Caller + ".globl callee\ncallee: ret\n.section .unused,\"a\"\n.byte 1\n");
        Dictionary<string, long> counts = _shop.TryLink("--stats", "--gc-sections", main).PrintedLines.Select(l => l.Split('=')).ToDictionary(f => f[0], f => long.Parse(f[1]));
        counts["linked_objects"].Should().Be(1);
        counts["live_relocations"].Should().Be(1);
        counts["live_sections"].Should().BeLessThan(counts["input_sections"]);
        counts["output_bytes"].Should().Be(new System.IO.FileInfo(_shop.Path("out")).Length);
        counts["input_bytes"].Should().Be(new System.IO.FileInfo(main).Length);
    }

    [Fact]
    public void Verbose_Files_AreNamedWithHowTheyWereFound()
    {
        _shop.Tool("ar", "rcs", "libx.a", _shop.Assemble("callee", ".globl callee\ncallee: ret\n"));
        LinkOutcome outcome = _shop.TryLink("--verbose", "-L/nowhere", "-L" + _shop.Folder, _shop.Assemble("main", Caller), "-lx");
        outcome.Printed.Should().EndWith($"attempt to open {_shop.Path("main.o")} succeeded\nattempt to open /nowhere/libx.a failed\nattempt to open {_shop.Path("libx.a")} succeeded\n");
    }

    [FactWithTool("gcc")]
    public void RewriteEndbr_FunctionsThatAreOnlyCalled_HaveNoLandingPad()
    {
        string source = _shop.Write("c.c", """
            __attribute__((noinline)) int called(int x) { return x + 1; }
            __attribute__((noinline)) int pointed(int x) { return x + 2; }
            __attribute__((noinline)) static int local(int x) { return x + 3; }
            int (*volatile table[])(int) = { pointed, local };
            void _start(void) {
                int code = called(1) + table[0](2) + table[1](3);
                __asm__ volatile ("syscall" : : "a"(60), "D"(code));
            }
            """);
        string compiled = _shop.Path("c.o");
        _shop.Tool("gcc", "-c", "-O1", "-fcf-protection", "-fno-pie", "-fno-asynchronous-unwind-tables", "-fno-stack-protector", "-ffunction-sections", "-o", compiled, source);
        string path = _shop.Link("-z", "rewrite-endbr", compiled);
        _shop.Run(path).Should().Be(2 + 4 + 6);
        FirstInstruction(path, "called").Should().Contain("nopl");
        foreach (string name in (string[])["pointed", "local", "_start"])
            FirstInstruction(path, name).Should().Contain("endbr64", name);
        FirstInstruction(_shop.Link(compiled), "called").Should().Contain("endbr64");
    }

    [Fact]
    public void RandomizeSectionPadding_Seeds_DecideThePlaces()
    {
        string text = string.Concat(Enumerable.Range(0, 60).Select(i => $".section .text.f{i},\"ax\"\nf{i}: nop\n.section named,\"a\"\n.quad f{i}\n"));
        string main = _shop.Assemble("main", ".globl _start\n_start: lea __stop_named(%rip), %rdi\n lea __start_named(%rip), %rax\n sub %rax, %rdi\n shr $3, %rdi\n mov $60, %eax\n syscall\n" + text);
        byte[] First(params string[] options) => _shop.Bytes(_shop.Link([.. options, main]), "named");
        First("--randomize-section-padding=1").Should().Equal(First("--randomize-section-padding=1")).And.NotEqual(First("--randomize-section-padding=2"));
        _shop.Section(_shop.Link("--randomize-section-padding=1", main), ".text")!.Value.Size.Should().BeGreaterThan(_shop.Section(_shop.Link(main), ".text")!.Value.Size);
        _shop.Run(_shop.Link("--randomize-section-padding=1", main)).Should().Be(60, "bounded sections have no gaps");
    }

    [Fact]
    public void SpareProgramHeaders_AreNullAndCounted()
    {
        string path = _shop.Link("--spare-program-headers=3", _shop.Assemble("main", Caller + ".globl callee\ncallee: ret\n"));
        _shop.Tool("readelf", "-lW", path).Output.Split('\n').Count(l => l.TrimStart().StartsWith("NULL")).Should().Be(3);
        _shop.Run(path).Should().Be(0);
    }

    [Fact]
    public void PrintSymbolOrder_CallGraph_IsTheOrderOfFunctions()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: ret\n" + string.Concat(((string[])["a", "b", "c"]).Select(n => $".section .text.{n},\"ax\"\n.globl {n}\n.type {n},@function\n{n}: ret\n")));
        string calls = _shop.Write("calls", "a c 100\na b 10\n"), list = _shop.Path("order");
        _shop.Link("--call-graph-ordering-file=" + calls, "--print-symbol-order=" + list, main);
        string order = System.IO.File.ReadAllText(list);
        order.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().BeEquivalentTo("a", "b", "c");
        order.IndexOf('a').Should().BeLessThan(order.IndexOf('c'));
    }

    [Theory]
    [InlineData("--be8", "ARM")]
    [InlineData("--fix-cortex-a8", "ARM")]
    [InlineData("--cmse-implib", "ARM")]
    [InlineData("--fix-cortex-a53-843419", "AArch64")]
    [InlineData("--toc-optimize", "PowerPC64")]
    [InlineData("--pcrel-optimize", "PowerPC64")]
    [InlineData("--relax-gp", "RISC-V")]
    public void OptionsOfOtherMachines_AreRefusedByName(string option, string machine)
    {
        Diagnostic error = _shop.LinkFails(option, _shop.Assemble("main", ".globl _start\n_start: ret\n")).Should().ContainSingle().Subject;
        error.Message.Should().StartWith($"{option} is only supported on {machine}");
    }

    [Theory]
    [InlineData("--no-toc-optimize")]
    [InlineData("--no-pcrel-optimize")]
    [InlineData("--no-power10-stubs")]
    [InlineData("--power10-stubs=auto")]
    [InlineData("--target1-abs")]
    [InlineData("--target2=rel")]
    [InlineData("--pic-veneer")]
    [InlineData("--split-stack-adjust-size=100")]
    [InlineData("--no-xosegment")]
    [InlineData("--debug-names")]
    [InlineData("--branch-to-branch")]
    [InlineData("--lto=thin")]
    [InlineData("--no-lto-pgo-warn-mismatch")]
    [InlineData("--verbose-bp-section-orderer")]
    public void OptionsWithNothingToDo_AreTakenSilently(string option) =>
        _shop.TryLink(option, _shop.Assemble("main", ".globl _start\n_start: ret\n")).Diagnostics.Should().BeEmpty();

    private string FirstInstruction(string path, string name)
    {
        string[] lines = _shop.Tool("objdump", "-d", "--disassemble=" + name, path).Output.Split('\n');
        return lines[Array.FindIndex(lines, l => l.EndsWith($"<{name}>:")) + 1];
    }
}
