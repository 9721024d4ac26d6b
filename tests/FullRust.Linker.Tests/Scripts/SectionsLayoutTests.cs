using System;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Scripts;

public sealed class SectionsLayoutTests : IDisposable
{
    private const string Exit = "mov $60, %eax\nsyscall\n";

    // Adds what it finds in .data, .rodata and .bss: 1 + 2 + 0 + 39 = 42.
    private const string Program = ".globl _start\n_start: mov one(%rip), %edi\nadd two(%rip), %edi\nadd zero(%rip), %edi\nadd $39, %edi\n" + Exit
        + ".data\none: .long 1\n.section .rodata\ntwo: .long 2\n.bss\nzero: .zero 4\n";

    private const string Simple = "SECTIONS { . = 0x400000 + SIZEOF_HEADERS; .text : { *(.text .text.*) } . = ALIGN(0x1000); .rodata : { *(.rodata*) } "
        + ". = ALIGN(0x1000); .data : { *(.data*) } .bss : { *(.bss*) *(COMMON) } }";

    private static readonly string[] s_others = [.. new[] { "ld.bfd", "ld.lld" }.Where(static t => ToolRunner.Find(t) is not null)];

    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    private string Script(string text) => _shop.Write("s.ld", text);

    private byte[] DataOf(string script, params string[] objects) => _shop.Bytes(_shop.Link([.. objects, "-T", Script(script), "-e", "0"]), ".x");

    [Fact]
    public void SimpleScript_RunsAndPlacesAsOthersDo()
    {
        string path = _shop.LinkLikeOthers(42, s_others, _shop.Assemble("main", Program), "-T", Script(Simple));
        foreach (string other in s_others)
        {
            foreach (string section in (string[])[".text", ".rodata", ".data", ".bss"])
            {
                // The number of program headers differs, and with it SIZEOF_HEADERS: only what is aligned can be compared.
                if (section is ".rodata" or ".data")
                    _shop.Section(path, section)!.Value.Address.Should().Be(_shop.Section(_shop.Path("out." + other), section)!.Value.Address, other + section);
            }
        }
    }

    [Fact]
    public void GnusDefaultScript_LinksAndRuns()
    {
        string verbose = _shop.Tool("ld.bfd", "--verbose").Output;
        string script = verbose.Split("==================================================\n")[1];
        string main = _shop.Assemble("main", Program + ".section .init_array,\"aw\"\n.quad 0\n.section .tdata,\"awT\",@progbits\n.long 7\n");
        string path = _shop.LinkLikeOthers(42, ["ld.bfd"], main, "-T", Script(script));
        _shop.Tool("readelf", "-lW", path).Output.Should().Contain("GNU_RELRO").And.Contain("TLS");
    }

    [Fact]
    public void FirstMatch_Wins()
    {
        string main = _shop.Assemble("main", ".section .x.a,\"a\"\n.byte 1\n.section .x.b,\"a\"\n.byte 2\n");
        DataOf("SECTIONS { .y : { *(.x.b) } .x : { *(.x.*) } }", main).Should().Equal(1);
    }

    [Fact]
    public void SeveralPatterns_KeepInputOrder_AndSeparateStatementsDoNot()
    {
        string main = _shop.Assemble("main", ".section .x.b,\"a\"\n.byte 2\n.section .x.a,\"a\"\n.byte 1\n");
        DataOf("SECTIONS { .x : { *(.x.a .x.b) } }", main).Should().Equal(2, 1);
        DataOf("SECTIONS { .x : { *(.x.a) *(.x.b) } }", main).Should().Equal(1, 2);
    }

    [Theory]
    [InlineData("*(SORT(.x.*))", "1,2,3")]
    [InlineData("*(SORT_BY_ALIGNMENT(.x.*))", "3,1,2")]
    [InlineData("*(SORT_BY_INIT_PRIORITY(.x.*))", "1,2,3")]
    [InlineData("*(SORT_NONE(.x.*))", "2,3,1")]
    [InlineData("*(REVERSE(SORT_BY_NAME(.x.*)))", "3,2,1")]
    [InlineData("*(EXCLUDE_FILE(*main.o) .x.*) *(.x.2) *(.x.*)", "2,3,1")]
    public void Orders_AreThoseOfTheManual(string pattern, string expected)
    {
        string main = _shop.Assemble("main", ".section .x.2,\"a\"\n.byte 2\n.section .x.3,\"a\"\n.p2align 2\n.byte 3\n.section .x.1,\"a\"\n.p2align 1\n.byte 1\n");
        string.Join(',', DataOf("SECTIONS { .x : SUBALIGN(1) { " + pattern + " } }", main)).Should().Be(expected);
    }

    [Fact]
    public void FilePatterns_ChooseFilesAndMembers()
    {
        string a = _shop.Assemble("a", ".section .x,\"a\"\n.byte 1\n");
        _shop.Assemble("m", ".section .x,\"a\"\n.globl m\nm: .byte 2\n");
        _shop.Tool("ar", "rcs", "libm.a", "m.o");
        DataOf("SECTIONS { .x : { *libm.a:m.o(.x) a.o(.none) *a.o(.x) } }", a, "-u", "m", _shop.Path("libm.a")).Should().Equal(2, 1);
    }

    [Fact]
    public void Data_Text_AndFill_AreWritten()
    {
        string main = _shop.Assemble("main", ".section .x,\"a\"\n.byte 9\n");
        DataOf("SECTIONS { .x : { BYTE(1) SHORT(0x302) LONG(7) QUAD(sym) ASCIZ \"hi\" *(.x) . = ALIGN(4); . = . + 2; } =0xAABB } sym = 0x1122;", main)
            .Should().Equal([1, 2, 3, 7, 0, 0, 0, 0x22, 0x11, 0, 0, 0, 0, 0, 0, .. "hi\0"u8.ToArray(), 9, 0xaa, 0xaa, 0xbb]);
    }

    [Fact]
    public void FillStatement_HoldsForTheGapsAfterIt()
    {
        string main = _shop.Assemble("main", ".section .x,\"a\"\n.byte 9\n");
        DataOf("SECTIONS { .x : { . = 1; FILL(0xCC) . = 3; *(.x) } }", main).Should().Equal(0, 0xcc, 0xcc, 9);
    }

    [Fact]
    public void LocationCounter_InsideASection_IsAnOffset()
    {
        string main = _shop.Assemble("main", ".section .x,\"a\"\n.byte 9\n");
        string path = _shop.Link(main, "-e", "0", "-T", Script("SECTIONS { . = 0x10000; .x : { start = .; *(.x) . = 0x10; middle = .; sixteen = 0x10; absolute = ABSOLUTE(.); } end = .; }"));
        _shop.Section(path, ".x")!.Value.Size.Should().Be(0x10);
        _shop.Symbol(path, "start")!.Value.Value.Should().Be(0x10000);
        _shop.Symbol(path, "middle")!.Value.Value.Should().Be(0x10010);
        _shop.Symbol(path, "sixteen")!.Value.Value.Should().Be(0x10010);
        _shop.Symbol(path, "absolute")!.Value.Section.Should().Be("ABS");
        _shop.Symbol(path, "end")!.Value.Value.Should().Be(0x10010);
    }

    [Fact]
    public void LocationCounter_MovedBackwardsInsideASection_IsAnError() =>
        _shop.LinkFails(_shop.Assemble("main", Program), "-T", Script("SECTIONS { .text : { *(.text) . = 1; } }"))
            .Should().ContainSingle(d => d.Severity == Severity.Error).Which.Message.Should().MatchRegex("unable to move location counter .* backward to 0x1 for section '.text'");

    [Fact]
    public void ForwardReferences_AreResolved()
    {
        string main = _shop.Assemble("main", ".section .x,\"a\"\n.byte 9\n.section .y,\"a\"\n.zero 7\n");
        string path = _shop.Link(main, "-e", "0", "-T", Script("SECTIONS { . = 0x10000; size = SIZEOF(.y); place = ADDR(.y) + later; .x : { *(.x) } .y : { *(.y) } later = 3; }"));
        _shop.Symbol(path, "size")!.Value.Value.Should().Be(7);
        _shop.Symbol(path, "place")!.Value.Value.Should().Be(_shop.Section(path, ".y")!.Value.Address + 3);
    }

    [Fact]
    public void Discard_DropsSectionsAndTheirSymbols()
    {
        string main = _shop.Assemble("main", Program + ".section .gone,\"a\"\n.globl gone\ngone: .long 5\n");
        string path = _shop.LinkLikeOthers(42, s_others, main, "-T", Script(Simple.Replace("SECTIONS { ", "SECTIONS { /DISCARD/ : { *(.gone) *(.comment) } ")));
        _shop.Section(path, ".gone").Should().BeNull();
        _shop.Section(path, ".comment").Should().BeNull();
        _shop.Symbol(path, "gone").Should().BeNull();
    }

    [Fact]
    public void Discarded_ButReferenced_IsAnError()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: mov gone(%rip), %edi\n" + Exit + ".section .gone,\"a\"\n.globl gone\ngone: .long 5\n");
        _shop.LinkFails(main, "-T", Script("SECTIONS { /DISCARD/ : { *(.gone) } }")).Should().NotBeEmpty();
    }

    [Fact]
    public void Keep_IsARootOfGarbageCollection()
    {
        string main = _shop.Assemble("main", Program + ".section .kept,\"aw\"\n.long 5\n.section .lost,\"aw\"\n.long 6\n");
        string path = _shop.LinkLikeOthers(42, s_others, main, "--gc-sections", "-T", Script("ENTRY(_start) " + Simple.Replace(".bss :", ".kept : { KEEP(*(.kept)) } .lost : { *(.lost) } .bss :")));
        _shop.Section(path, ".kept").Should().NotBeNull();
        _shop.Section(path, ".lost").Should().BeNull();
    }

    [Fact]
    public void Orphans_StandBehindTheirKind()
    {
        string main = _shop.Assemble("main", Program + ".section .moredata,\"aw\"\n.long 5\n.section .morecode,\"ax\"\nnop\n.section .note.x,\"\",@progbits\n.long 1\n");
        string path = _shop.LinkLikeOthers(42, s_others, main, "-T", Script(Simple));
        _shop.Section(path, ".morecode")!.Value.Address.Should().BeInRange(_shop.Section(path, ".text")!.Value.Address, _shop.Section(path, ".rodata")!.Value.Address);
        _shop.Section(path, ".moredata")!.Value.Address.Should().BeGreaterThan(_shop.Section(path, ".data")!.Value.Address);
    }

    [Theory]
    [InlineData("error", true)]
    [InlineData("warn", false)]
    public void OrphanHandling_SpeaksOfOrphans(string mode, bool fails)
    {
        string main = _shop.Assemble("main", Program + ".section .odd,\"aw\"\n.long 5\n");
        LinkOutcome outcome = _shop.TryLink(main, "-T", Script(Simple), "--orphan-handling=" + mode);
        outcome.ExitCode.Should().Be(fails ? 1 : 0);
        outcome.Diagnostics.Should().Contain(d => d.Message.Contains("is being placed in '.odd'"));
    }

    [Fact]
    public void AddressAlignAndSubalign_AreObeyed()
    {
        string main = _shop.Assemble("main", ".section .x.1,\"a\"\n.byte 1\n.section .x.2,\"a\"\n.byte 2\n.section .y,\"a\"\n.byte 3\n");
        string path = _shop.Link(main, "-e", "0", "-T", Script("SECTIONS { .x 0x12340 : SUBALIGN(8) { *(.x.*) } .y : ALIGN(0x100) { *(.y) } }"));
        _shop.Section(path, ".x")!.Value.Should().Match<(ulong Address, ulong Offset, ulong Size)>(s => s.Address == 0x12340 && s.Size == 9);
        _shop.Section(path, ".y")!.Value.Address.Should().Be(0x12400);
    }

    [Fact]
    public void Memory_GivesAddressesAndLoadAddresses()
    {
        const string Text = "MEMORY { rom (rx) : ORIGIN = 0x100000, LENGTH = 64K ram (rwx) : ORIGIN = 0x200000, LENGTH = 16K } "
            + "SECTIONS { .text : { *(.text) } >rom .rodata : { *(.rodata) } >rom .data : { *(.data) } >ram AT>rom .bss : { *(.bss) } >ram load = LOADADDR(.data); size = LENGTH(ram); }";
        string main = _shop.Assemble("main", Program);
        string path = _shop.Link(main, "-T", Script(Text));
        _shop.Section(path, ".data")!.Value.Address.Should().Be(0x200000);
        _shop.Tool("ld.bfd", main, "-T", Script(Text), "-o", _shop.Path("out.bfd"));
        foreach (string symbol in (string[])["load", "size"])
            _shop.Symbol(path, symbol)!.Value.Value.Should().Be(_shop.Symbol(_shop.Path("out.bfd"), symbol)!.Value.Value);
        _shop.Section(path, ".bss")!.Value.Address.Should().Be(_shop.Section(_shop.Path("out.bfd"), ".bss")!.Value.Address);
        string load = _shop.Tool("readelf", "-lW", path).Output.Split('\n').Single(l => l.Contains("LOAD") && l.Contains("0x0000000000200000"));
        load.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3].Should().Be($"0x{_shop.Symbol(path, "load")!.Value.Value:x16}");
    }

    [Fact]
    public void Memory_Overflow_IsAnErrorWithItsSize() =>
        _shop.LinkFails(_shop.Assemble("main", ".section .x,\"a\"\n.zero 20\n"), "-e", "0", "-T", Script("MEMORY { r : ORIGIN = 0x1000, LENGTH = 16 } SECTIONS { .x : { *(.x) } >r }"))
            .Should().ContainSingle().Which.Message.Should().Be("section '.x' will not fit in region 'r': overflowed by 4 bytes");

    [Fact]
    public void ProgramHeaders_AreThoseThatPhdrsNames()
    {
        const string Text = "PHDRS { h PT_PHDR PHDRS; t PT_LOAD FILEHDR PHDRS FLAGS(5); d PT_LOAD FLAGS(6); s PT_GNU_STACK FLAGS(6); } "
            + "SECTIONS { . = 0x400000 + SIZEOF_HEADERS; .text : { *(.text) } :t .rodata : { *(.rodata) } . = ALIGN(0x1000) + (. & 0xfff); .data : { *(.data) } :d .bss : { *(.bss) } }";
        string path = _shop.LinkLikeOthers(42, s_others, _shop.Assemble("main", Program), "-T", Script(Text));
        string[] types = [.. _shop.Tool("readelf", "-lW", path).Output.Split('\n').SkipWhile(l => !l.Contains("Type")).Skip(1).TakeWhile(l => l.Trim().Length > 0).Select(l => l.Trim().Split(' ')[0])];
        types.Should().Equal("PHDR", "LOAD", "LOAD", "GNU_STACK");
    }

    [Fact]
    public void UnknownProgramHeader_IsAnError() => _shop.LinkFails(_shop.Assemble("main", Program), "-T", Script("PHDRS { t PT_LOAD; } SECTIONS { .text : { *(.text) } :u }"))
        .Should().Contain(d => d.Message.Contains("program header 'u' is not listed in PHDRS"));

    [Fact]
    public void Insert_AugmentsTheDefaultLayout()
    {
        string main = _shop.Assemble("main", Program + ".section .mine,\"aw\"\n.long 5\n");
        string path = _shop.LinkLikeOthers(42, s_others, main, "-T", Script("SECTIONS { .mine : { first = .; *(.mine) } } INSERT AFTER .data;"));
        _shop.Section(path, ".mine")!.Value.Address.Should().BeGreaterThan(_shop.Section(path, ".data")!.Value.Address);
        _shop.Symbol(path, "first")!.Value.Value.Should().Be(_shop.Section(path, ".mine")!.Value.Address);
    }

    [Fact]
    public void Conditional_OnDefined_TakesEffect()
    {
        string main = _shop.Assemble("main", ".section .x,\"a\"\n.byte 1\n.globl given\n.set given, 7\n");
        string path = _shop.Link(main, "-e", "0", "-T", Script("SECTIONS { given = DEFINED(given) ? given : 1; other = DEFINED(other) ? other : 2; .x : { *(.x) } }"));
        _shop.Symbol(path, "given")!.Value.Value.Should().Be(7);
        _shop.Symbol(path, "other")!.Value.Value.Should().Be(2);
    }

    [Fact]
    public void Assert_IsCheckedOnceAddressesAreKnown() => _shop.LinkFails(_shop.Assemble("main", Program), "-T", Script(Simple + " ASSERT(SIZEOF(.data) == 8, \"data\")"))
        .Should().ContainSingle().Which.Message.Should().Be("data");

    [Fact]
    public void SelfReference_ThatNeverSettles_IsAnError() => _shop.LinkFails(_shop.Assemble("main", Program), "-T", Script("SECTIONS { x = SIZEOF(.text) + 1; .text : { *(.text) . = x + 1; } }"))
        .Should().NotBeEmpty();

    [Fact]
    public void NoLoad_HasNoBytes()
    {
        string main = _shop.Assemble("main", Program + ".section .quiet,\"aw\"\n.long 5\n");
        string path = _shop.Link(main, "-T", Script(Simple.Replace(".bss :", ".quiet (NOLOAD) : { *(.quiet) } .bss :")));
        _shop.Tool("readelf", "-SW", path).Output.Should().MatchRegex("\\.quiet +NOBITS");
        _shop.Run(path).Should().Be(42);
    }

    [Fact]
    public void SamePage_ForCodeAndData_IsOneSegmentWithAWarning()
    {
        string main = _shop.Assemble("main", Program);
        LinkOutcome outcome = _shop.TryLink(main, "-T", Script("SECTIONS { . = 0x400000 + SIZEOF_HEADERS; .all : { *(.text) *(.rodata) } .data : { *(.data) } .bss : { *(.bss) } }"));
        outcome.Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.WritableExecutable);
        outcome.ShouldExitWith(42);
    }

    [Fact]
    public void DefaultScript_IsUsedWithoutT_AndNotWithT()
    {
        string main = _shop.Assemble("main", Program);
        string fallback = _shop.Write("d.ld", Simple.Replace("0x400000", "0x500000"));
        _shop.Section(_shop.Link(main, "-dT", fallback), ".text")!.Value.Address.Should().BeGreaterThan(0x500000);
        _shop.Section(_shop.Link(main, "-dT", fallback, "-T", Script(Simple)), ".text")!.Value.Address.Should().BeLessThan(0x500000);
    }

    [Fact]
    public void StaticCProgram_WithGnusScript_Runs()
    {
        if (ToolRunner.Find("gcc") is null)
            return;
        string script = _shop.Tool("ld.bfd", "--verbose").Output.Split("==================================================\n")[1];
        string source = _shop.Write("c.c", "#include <stdio.h>\n#include <string.h>\n#include <stdlib.h>\nstatic __thread int t = 40;\nint main(int c, char **v) { char *p = malloc(10); strcpy(p, \"ok\"); printf(\"%s %d\\n\", p, t + c); return t + c; }\n");
        _shop.Tool("gcc", "-O1", "-fno-pie", "-c", source, "-o", _shop.Path("c.o"));
        string[] lines = _shop.Tool("gcc", "-static", "-no-pie", "-print-file-name=libc.a").Output.Split('\n');
        string libFolder = System.IO.Path.GetDirectoryName(lines[0])!;
        string gccFolder = System.IO.Path.GetDirectoryName(_shop.Tool("gcc", "-print-libgcc-file-name").Output.Trim())!;
        string path = _shop.Link(libFolder + "/crt1.o", libFolder + "/crti.o", gccFolder + "/crtbeginT.o", _shop.Path("c.o"), "-L", libFolder, "-L", gccFolder,
            "--start-group", "-lgcc", "-lgcc_eh", "-lc", "--end-group", gccFolder + "/crtend.o", libFolder + "/crtn.o", "-T", Script(script), "--eh-frame-hdr");
        ToolResult result = ToolRunner.Run(path, [], _shop.Folder);
        result.Output.Should().Be("ok 41\n", Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(result.ToString())));
        result.ExitCode.Should().Be(41);
    }
}
