// Options that decide what the output carries besides the program.

using System;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Tests.Scripts;
using Xunit;

namespace FullRust.Linker.Tests.Options;

public sealed class OutputOptionTests : IDisposable
{
    private const string Exit = ".globl _start\n.text\n_start: mov $60, %eax\n xor %edi, %edi\n syscall\n";
    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void RetainSymbolsFile_OnlyListedNames_AreInSymtab()
    {
        string main = _shop.Assemble("main", Exit + ".globl shown, other\nshown: nop\nother: nop\nlocal_shown: nop\nlocal_other: nop\n");
        string list = _shop.Write("names", "shown\nlocal_shown absent\n");
        string path = _shop.Link($"--retain-symbols-file={list}", main);
        Names(path).Should().BeEquivalentTo("shown", "local_shown");
        _shop.LinkFails($"--retain-symbols-file={list}.absent", main).Should().ContainSingle(d => d.Id == DiagnosticId.CannotOpen);
    }

    [Fact]
    public void StripAll_Comment_IsLeftOut()
    {
        string main = _shop.Assemble("main", Exit + ".ident \"an assembler\"\n");
        _shop.Section(_shop.Link(main), ".comment").Should().NotBeNull();
        _shop.Section(_shop.Link("-s", main), ".comment").Should().BeNull();
    }

    [Fact]
    public void StripDiscarded_Off_KeepsNamesOfDroppedSections()
    {
        string main = _shop.Assemble("main", Exit + ".globl gone\n.section .text.gone,\"ax\"\ngone: ret\n");
        Names(_shop.Link("--gc-sections", main)).Should().NotContain("gone");
        Names(_shop.Link("--gc-sections", "--no-strip-discarded", main)).Should().Contain("gone");
    }

    [Fact]
    public void UniqueSymbol_LocalsOfOneName_GetNumbers()
    {
        string main = _shop.Assemble("main", Exit + "twin: nop\ntwin.1: nop\n");
        string other = _shop.Assemble("other", "twin: nop\n");
        string path = _shop.Link("-z", "unique-symbol", main, other);
        Names(path).Where(n => n.StartsWith("twin")).Should().Equal("twin", "twin.1", "twin.2");
        Names(_shop.Link(main, other)).Count(n => n == "twin").Should().Be(2);
    }

    [Fact]
    public void Common_KeptType_IsCommon()
    {
        string main = _shop.Assemble("main", Exit + ".comm block, 8, 8\n");
        _shop.Symbol(_shop.Link("-z", "common", main), "block")!.Value.Type.Should().Be("COMMON");
        _shop.Symbol(_shop.Link(main), "block")!.Value.Type.Should().Be("OBJECT");
    }

    [Fact]
    public void DeadRelocInNonalloc_LastMatch_IsTheTombstone()
    {
        string main = _shop.Assemble("main", Exit + ".section .text.dead,\"ax\"\ndead: ret\n.section .debug_x,\"\"\n.quad dead\n");
        string path = _shop.Link("--gc-sections", "-z", "dead-reloc-in-nonalloc=.debug_*=7", "-z", "dead-reloc-in-nonalloc=*_x=0x11223344", main);
        BitConverter.ToUInt64(_shop.Bytes(path, ".debug_x")).Should().Be(0x11223344);
    }

    [Fact]
    public void NoSectionHeader_Program_RunsWithoutTable()
    {
        string main = _shop.Assemble("main", Exit + ".section .debug_x,\"\"\n.quad 1\n");
        string path = _shop.Link("-z", "nosectionheader", main);
        byte[] bytes = File.ReadAllBytes(path);
        BitConverter.ToUInt64(bytes, 40).Should().Be(0, "e_shoff");
        BitConverter.ToUInt16(bytes, 60).Should().Be(0, "e_shnum");
        _shop.Run(path).Should().Be(0);
        bytes.Length.Should().BeLessThan(0x400, "neither tables nor debug sections are there");
    }

    [Fact]
    public void PackageMetadata_Json_IsNote()
    {
        string main = _shop.Assemble("main", Exit);
        string path = _shop.Link("--package-metadata={\"name\":\"x\"}", "--build-id", main);
        byte[] note = _shop.Bytes(path, ".note.package");
        BitConverter.ToUInt32(note, 8).Should().Be(0xcafe1a7e);
        System.Text.Encoding.ASCII.GetString(note, 12, note.Length - 12).TrimEnd('\0').Should().Be("FDO\0{\"name\":\"x\"}");
        _shop.Tool("readelf", "-n", path).Output.Should().Contain("FDO");
        _shop.Run(path).Should().Be(0);
    }

    [Theory]
    [InlineData("zlib", 1)]
    [InlineData("zstd", 2)]
    public void CompressDebugSections_LargeOnes_AreCompressedAndReadable(string kind, uint type)
    {
        string main = _shop.Assemble("main", Exit + ".section .debug_info,\"\"\n.rept 999\n.quad _start\n.endr\n.section .debug_tiny,\"\"\n.byte 1\n");
        string plain = _shop.Link(main);
        byte[] expected = _shop.Bytes(plain, ".debug_info");
        string path = _shop.Link($"--compress-debug-sections={kind}", main);
        byte[] stored = _shop.Bytes(path, ".debug_info");
        stored.Length.Should().BeLessThan(expected.Length / 10);
        BitConverter.ToUInt32(stored).Should().Be(type);
        _shop.Bytes(path, ".debug_tiny").Should().Equal(1);
        Elf.Compression.SectionCompression.TryReadHeader(stored, out Elf.Compression.CompressedSectionHeader header).Should().BeTrue();
        byte[] contents = new byte[header.Size];
        Elf.Compression.SectionCompression.TryDecompress(stored, header, contents).Should().BeTrue();
        contents.Should().Equal(expected);
        _shop.Tool("readelf", "-SW", path).Output.Should().Contain(" C ");
        _shop.Run(path).Should().Be(0);
    }

    [Fact]
    public void CompressSections_Patterns_LastDecides()
    {
        string main = _shop.Assemble("main", Exit + ".section .debug_info,\"\"\n.zero 9999\n.section extra,\"\"\n.zero 9999\n");
        string path = _shop.Link("--compress-debug-sections=zlib", "--compress-sections=.debug_*=none", "--compress-sections=ext*=zstd:7", main);
        _shop.Section(path, ".debug_info")!.Value.Size.Should().Be(9999);
        _shop.Section(path, "extra")!.Value.Size.Should().BeLessThan(200);
        _shop.LinkFails("--compress-sections=.text=zlib", main).Should().ContainSingle(d => d.Id == DiagnosticId.Layout);
    }

    [Fact]
    public void Optimize2_StringsThatEndOthers_TakeNoRoom()
    {
        string main = _shop.Assemble("main", Exit + ".section .rodata.str1.1,\"aMS\",@progbits,1\n.asciz \"tail\"\n.asciz \"long tail\"\n.asciz \"other\"\n.asciz \"il\"\n");
        Text(_shop.Link("-O2", main)).Should().Be("long tail\0other\0");
        Text(_shop.Link("-O1", main)).Should().Be("tail\0long tail\0other\0il\0");
        string Text(string path) => System.Text.Encoding.ASCII.GetString(_shop.Bytes(path, ".rodata"));
    }

    [Theory]
    [InlineData("--gnu-unique", "UNIQUE")]
    [InlineData("--no-gnu-unique", "GLOBAL")]
    public void GnuUnique_Binding_StaysOrBecomesGlobal(string option, string binding)
    {
        string main = _shop.Assemble("main", Exit + ".data\n.type only,@gnu_unique_object\n.globl only\nonly: .quad 1\n.size only, 8\n");
        _shop.Tool("readelf", "-sW", _shop.Link(option, main)).Output.Split('\n').Single(l => l.EndsWith(" only")).Should().Contain(binding);
    }

    [Theory]
    [InlineData(2, ".short")]
    [InlineData(4, ".long")]
    public void Optimize2_WideStrings_ShareTheirEndsToo(int width, string directive)
    {
        // "tail" and "long tail" in characters of 2 or 4 bytes; 0x0061 and 0x6100 must not be mistaken for each other.
        string Text(string letters) => $"{directive} {string.Join(", ", letters.Select(c => "'" + c))}, 0\n";
        string main = _shop.Assemble("main", ".globl _start\n_start: movzwl short(%rip), %edi\n sub $'t, %edi\n mov $60, %eax\n syscall\n"
            + $".section .rodata.str{width}.{width},\"aMS\",@progbits,{width}\n.balign {width}\nshort: {Text("tail")}{Text("longtail")}{directive} 0x6100, 0\n{directive} 'a, 0\n");
        string shared = _shop.Link("-O2", main);
        _shop.Section(shared, ".rodata")!.Value.Size.Should().Be((ulong)(width * (9 + 2 + 2)));
        _shop.Run(shared).Should().Be(0);
        _shop.Section(_shop.Link("-O1", main), ".rodata")!.Value.Size.Should().Be((ulong)(width * (9 + 5 + 2 + 2)));
    }

    [Fact]
    public void Optimize2_Program_PointsIntoSharedStrings()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: movzbl a(%rip), %edi\n movzbl b+1(%rip), %eax\n sub %eax, %edi\n mov $60, %eax\n syscall\n"
            + ".section .rodata.str1.1,\"aMS\",@progbits,1\na: .asciz \"bc\"\nb: .asciz \"abc\"\n");
        _shop.Run(_shop.Link("-O2", main)).Should().Be(0);
    }

    [Fact]
    public void OformatBinary_Loads_AreBareBytes()
    {
        string main = _shop.Assemble("main", ".globl _start\n.text\n_start: .byte 1, 2, 3, 4\n.data\n.byte 5\n.bss\n.zero 100\n");
        string elf = _shop.Link(main, "-Ttext=0x10000", "-Tdata=0x10010");
        elf.Should().NotBeNull();
        string path = _shop.Link(main, "-Ttext=0x10000", "-Tdata=0x10010", "--oformat=binary");
        File.ReadAllBytes(path).Should().Equal(1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5);
    }

    private string[] Names(string path) =>
        [.. _shop.Tool("nm", "-p", path).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')[^1])];
}
