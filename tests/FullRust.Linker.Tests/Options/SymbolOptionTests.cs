// Options that decide which names are looked for, kept, hidden or forgiven.

using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Tests.Scripts;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Options;

public sealed class SymbolOptionTests : System.IDisposable
{
    private const string Exit = ".globl _start\n.text\n_start: mov $60, %eax\n xor %edi, %edi\n syscall\n";
    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void UndefinedGlob_NamesInArchive_AreExtractedAndKept()
    {
        string main = _shop.Assemble("main", Exit);
        string archive = Archive("libx.a", ("a", ".globl plugin_a\n.section .text.a,\"ax\"\nplugin_a: ret"), ("b", ".globl other\n.section .text.b,\"ax\"\nother: ret"));
        string path = _shop.Link("--gc-sections", "--undefined-glob=plugin_*", main, archive);
        _shop.Symbol(path, "plugin_a").Should().NotBeNull();
        _shop.Symbol(path, "other").Should().BeNull();
    }

    [Fact]
    public void Undefined_UnreferencedDefinition_StaysInSymtab()
    {
        string main = _shop.Assemble("main", Exit);
        string archive = Archive("libx.a", ("a", ".globl wanted\n.section .text.a,\"ax\"\nwanted: ret"));
        _shop.Symbol(_shop.Link("--gc-sections", "-u", "wanted", main, archive), "wanted").Should().NotBeNull();
    }

    [Fact]
    public void InitAndFini_UnderGc_AreRoots()
    {
        string main = _shop.Assemble("main", Exit + ".globl start_up, clean_up, idle\n.section .text.u,\"ax\"\nstart_up: ret\n.section .text.c,\"ax\"\nclean_up: ret\n.section .text.i,\"ax\"\nidle: ret");
        string path = _shop.Link("--gc-sections", "--init=start_up", "--fini=clean_up", main);
        _shop.Symbol(path, "start_up").Should().NotBeNull();
        _shop.Symbol(path, "clean_up").Should().NotBeNull();
        _shop.Symbol(path, "idle").Should().BeNull();
    }

    [Fact]
    public void IgnoreUnresolvedSymbol_NamedOne_IsNoErrorButOthersAre()
    {
        string main = _shop.Assemble("main", Exit + "call missing_a\ncall missing_b\n");
        _shop.LinkFails("--ignore-unresolved-symbol=missing_a", main).Should().ContainSingle(d => d.Id == DiagnosticId.UndefinedSymbol)
            .Which.Message.Should().Contain("missing_b");
        _shop.Link("--ignore-unresolved-symbol=missing_a", "--ignore-unresolved-symbol=missing_b", main);
    }

    [Fact]
    public void NoinhibitExec_UndefinedAndDuplicate_AreWarnings()
    {
        string main = _shop.Assemble("main", Exit + "call missing\n");
        string again = _shop.Assemble("again", ".globl _start\n_start: ret");
        _shop.LinkFails(main, again);
        LinkOutcome outcome = _shop.TryLink("--noinhibit-exec", main, again).ShouldExitWith(0);
        outcome.Diagnostics.Should().HaveCount(2).And.OnlyContain(d => d.Severity == Severity.Warning);
    }

    [Theory]
    [InlineData("protected", "PROTECTED")]
    [InlineData("default", "DEFAULT")]
    [InlineData("hidden", "HIDDEN")]
    public void StartStopVisibility_Bounds_HaveIt(string keyword, string printed)
    {
        string main = _shop.Assemble("main", Exit + "lea __start_set(%rip), %rax\n.section set,\"a\"\n.quad 1\n");
        string path = _shop.Link("-z", $"start-stop-visibility={keyword}", main);
        _shop.Tool("readelf", "-sW", path).Output.Split('\n').Should().ContainSingle(l => l.Contains("__start_set")).Which.Should().Contain(printed);
    }

    [Theory]
    [InlineData("ALL", "HIDDEN")]
    [InlineData("libx.a", "HIDDEN")]
    [InlineData("libx", "HIDDEN")]
    [InlineData("liby", "DEFAULT")]
    public void ExcludeLibs_DefinitionOfArchive_IsHidden(string library, string printed)
    {
        string main = _shop.Assemble("main", Exit + "call inside\n");
        string archive = Archive("libx.a", ("a", ".globl inside\ninside: ret"));
        string path = _shop.Link("--exclude-libs=" + library, main, archive);
        _shop.Tool("readelf", "-sW", path).Output.Split('\n').Should().ContainSingle(l => l.EndsWith(" inside")).Which.Should().Contain(printed);
    }

    [Fact]
    public void FortranCommon_Off_LeavesDefinitionInArchive()
    {
        string main = _shop.Assemble("main", Exit + ".comm shared, 4, 4\nmov shared(%rip), %eax\n");
        string archive = Archive("libx.a", ("a", ".globl shared, mark\n.data\nshared: .long 7\nmark: .long 1"));
        _shop.Symbol(_shop.Link(main, archive), "mark").Should().NotBeNull();
        _shop.Symbol(_shop.Link("--no-fortran-common", main, archive), "mark").Should().BeNull();
    }

    [Fact]
    public void WarnCommon_CommonMeetsCommonAndDefinition_IsSaid()
    {
        string main = _shop.Assemble("main", Exit + ".comm twice, 4, 4\n.comm replaced, 4, 4\n");
        string other = _shop.Assemble("other", ".comm twice, 8, 8\n.globl replaced\n.data\nreplaced: .long 1\n");
        _shop.TryLink(main, other).Diagnostics.Should().BeEmpty();
        string[] messages = [.. _shop.TryLink("--warn-common", main, other).Diagnostics.Select(d => d.Message)];
        messages.Should().BeEquivalentTo("multiple common of twice, of 4 and 8 bytes", "common replaced is overridden by a definition");
    }

    [Fact]
    public void GcKeepExported_DefaultVisibility_IsRoot()
    {
        string main = _shop.Assemble("main", Exit + ".globl shown, secret\n.hidden secret\n.section .text.s,\"ax\"\nshown: ret\n.section .text.h,\"ax\"\nsecret: ret\n");
        string path = _shop.Link("--gc-sections", "--gc-keep-exported", main);
        _shop.Symbol(path, "shown").Should().NotBeNull();
        _shop.Symbol(path, "secret").Should().BeNull();
        _shop.Symbol(_shop.Link("--gc-sections", main), "shown").Should().BeNull();
    }

    [Fact]
    public void PrintGcSections_WithFile_IsReportOfThatName()
    {
        string main = _shop.Assemble("main", Exit + ".section .text.unused,\"ax\"\nret\n");
        string list = _shop.Path("removed.txt");
        _shop.TryLink("--gc-sections", $"--print-gc-sections={list}", main).ShouldSucceed().Printed.Should().BeEmpty();
        File.ReadAllText(list).Should().EndWith($"removing unused section {main}:(.text.unused)\n");
    }

    [Fact]
    public void RemapInputs_PatternsAndNull_ReplaceAndDrop()
    {
        string main = _shop.Assemble("main", Exit + "call f\n");
        string first = _shop.Assemble("first", ".globl f\nf: ret");
        string second = _shop.Assemble("second", ".globl f, from_second\nf: ret\nfrom_second: ret");
        string path = _shop.Link($"--remap-inputs=*first.o={second}", main, first);
        _shop.Symbol(path, "from_second").Should().NotBeNull();
        _shop.Link("--remap-inputs=*first.o=/dev/null", main, first, second);
        _shop.LinkFails("--remap-inputs=*first.o=/dev/null", main, first);
    }

    [Fact]
    public void DependentLibraries_Section_BringsLibraries()
    {
        string main = _shop.Assemble("main", Exit + "call f\n.section .deplibs,\"MS\",@0x6fff4c04,1\n.asciz \"dep\"\n");
        Archive("libdep.a", ("a", ".globl f\nf: call g\n.section .deplibs,\"MS\",@0x6fff4c04,1\n.asciz \"libmore.a\"\n"));
        Archive("libmore.a", ("b", ".globl g\ng: ret"));
        string path = _shop.Link(main, "-L", _shop.Folder);
        _shop.Symbol(path, "g").Should().NotBeNull();
        _shop.LinkFails("--no-dependent-libraries", main, "-L", _shop.Folder).Should().Contain(d => d.Id == DiagnosticId.UndefinedSymbol);
        File.Delete(_shop.Path("libmore.a"));
        _shop.LinkFails(main, "-L", _shop.Folder).Should().Contain(d => d.Id == DiagnosticId.LibraryNotFound && d.Message.Contains("libmore.a"));
    }

    private string Archive(string name, params (string Name, string Text)[] members)
    {
        string path = _shop.Path(name);
        _shop.Tool("ar", ["rcs", path, .. members.Select(m => _shop.Assemble(m.Name, m.Text))]);
        return path;
    }
}
