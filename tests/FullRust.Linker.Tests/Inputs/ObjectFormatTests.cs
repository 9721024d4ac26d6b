// Objects that no assembler at hand writes: very many sections, odd groups, wrong tables, foreign files.

using System;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;
using static FullRust.Elf.Native.ElfConstants;
using static FullRust.Elf.Native.X86_64Reloc;

namespace FullRust.Linker.Tests.Inputs;

public sealed class ObjectFormatTests
{
    // mov $231, %eax; mov $code, %edi; syscall
    private static byte[] Exit(byte code) => [0xb8, 231, 0, 0, 0, 0xbf, code, 0, 0, 0, 0x0f, 0x05];

    [Fact]
    public void MoreSectionsThanSixteenBitsCount_UseExtendedIndices()
    {
        var builder = new ObjectBuilder();
        for (int i = 0; i < 66000; i++)
            builder.Section(".rodata.x", SHF_ALLOC, (byte)i);
        BuiltSection text = builder.Text(".text.start", Exit(17));
        builder.Symbol("_start", (uint)text.Index | 0x80000000);
        BuiltSection data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[8]);
        data.Reloc(0, R_X86_64_64, 1);
        builder.Symbol("word", (uint)data.Index | 0x80000000);
        using var folder = new LinkFolder();
        LinkOutcome outcome = folder.Write("many.o", builder.Build()).Link("many.o", "--gc-sections", "-u", "word").ShouldExitWith(17);
        outcome.Elf.Word("word").Should().Be(outcome.Elf.Entry);
    }

    [Fact]
    public void SectionsNumberedLikeSpecialIndices_AreOrdinary()
    {
        // Section 0xfff1 has the number of SHN_ABS, 0xfff2 that of SHN_COMMON: reached by SHN_XINDEX they are sections.
        var builder = new ObjectBuilder();
        for (int i = 1; i < 0xfff1; i++)
            builder.Section(".rodata.x", SHF_ALLOC, 1);
        BuiltSection text = builder.Text(".text.start", Exit(18));
        text.Index.Should().Be(0xfff1);
        builder.Symbol("_start", 0xfff1 | 0x80000000);
        using var folder = new LinkFolder();
        folder.Write("many.o", builder.Build()).Link("many.o", "--gc-sections").ShouldExitWith(18);
    }

    [Fact]
    public void ManyOutputSections_UseExtendedNumbering()
    {
        var builder = new ObjectBuilder();
        for (int i = 0; i < 66000; i++)
            builder.Section("n" + i, SHF_ALLOC, 1);
        BuiltSection text = builder.Text(".text", Exit(19));
        builder.Symbol("_start", (uint)text.Index | 0x80000000);
        using var folder = new LinkFolder();
        LinkOutcome outcome = folder.Write("many.o", builder.Build()).Link("many.o").ShouldExitWith(19);
        outcome.Elf.Sections.Count.Should().BeGreaterThan(66000);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void MergeableConstants_WhoseSizeIsNoMultiple_AreAnError(int size, bool fails)
    {
        var builder = new ObjectBuilder();
        BuiltSection constants = builder.Section(".rodata.cst4", SHF_ALLOC | SHF_MERGE, new byte[size]);
        constants.EntrySize = 4;
        BuiltSection text = builder.Text(".text", Exit(0));
        builder.Symbol("_start", (uint)text.Index);
        using var folder = new LinkFolder();
        LinkOutcome outcome = folder.Write("a.o", builder.Build()).Link("a.o");
        if (fails)
            outcome.ShouldFailWith(DiagnosticId.MalformedInput).Text.Should().Contain("a.o").And.Contain(".rodata.cst4");
        else
            outcome.ShouldExitWith(0);
    }

    [Theory]
    [InlineData(new uint[0])]
    [InlineData(new uint[] { 1, 0 })]
    [InlineData(new uint[] { 1, 9999 })]
    [InlineData(new uint[] { 1, 1, 1 })]
    public void CorruptGroup_IsAnError(uint[] words)
    {
        var builder = new ObjectBuilder();
        BuiltSection text = builder.Text(".text", Exit(0));
        BuiltSection group = builder.Section(".group", 0, [.. words.SelectMany(BitConverter.GetBytes)]);
        (group.Type, group.EntrySize, group.Alignment, group.Info) = (SHT_GROUP, 4, 4, 1);
        builder.Symbol("_start", (uint)text.Index);
        using var folder = new LinkFolder();
        folder.Write("a.o", builder.Build()).Link("a.o").ShouldFailWith(DiagnosticId.MalformedInput).Text.Should().Contain("a.o");
    }

    [Theory]
    [InlineData(1UL << 33, SHF_ALLOC | SHF_WRITE)]
    [InlineData(1UL << 62, SHF_ALLOC | SHF_WRITE)]
    [InlineData(1UL << 63, SHF_ALLOC | SHF_WRITE)]
    [InlineData(1UL << 33, 0UL)]
    [InlineData(1UL << 63, 0UL)]
    [InlineData(3UL, SHF_ALLOC | SHF_WRITE)]
    public void AbsurdAlignment_IsAnError(ulong alignment, ulong flags)
    {
        var builder = new ObjectBuilder();
        BuiltSection text = builder.Text(".text", Exit(0));
        builder.Section(".data", flags, 1).Alignment = alignment;
        builder.Symbol("_start", (uint)text.Index);
        using var folder = new LinkFolder();
        folder.Write("a.o", builder.Build()).Link("a.o").ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData(SHT_HASH, ".odd")]
    [InlineData(SHT_DYNSYM, ".odd")]
    [InlineData(SHT_DYNAMIC, ".odd")]
    [InlineData(SHT_PROGBITS, ".dynamic")]
    public void SectionForADynamicLoader_IsRefused_LoadedOrNot(uint type, string name)
    {
        foreach (ulong flags in (ulong[])[0, SHF_ALLOC])
        {
            var builder = new ObjectBuilder();
            builder.Symbol("_start", (uint)builder.Text(".text", Exit(0)).Index);
            builder.Section(name, flags, new byte[24]).Type = type;
            using var folder = new LinkFolder();
            folder.Write("a.o", builder.Build()).Link("a.o").ShouldFailWith(DiagnosticId.UnknownSection).Text.Should().Contain(name);
        }
    }

    [Fact]
    public void ThreadLocalSection_ThatIsNotLoaded_MakesNoSegment()
    {
        var builder = new ObjectBuilder();
        builder.Symbol("_start", (uint)builder.Text(".text", Exit(7)).Index);
        builder.Section("odd", SHF_TLS, new byte[8]);
        using var folder = new LinkFolder();
        folder.Write("a.o", builder.Build()).Link("a.o").ShouldExitWith(7).Elf.Segments.Should().NotContain(s => s.Type == PT_TLS);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(1UL << 47)]
    [InlineData(0x7f0000000000)]
    public void AbsurdSizeOfZeroBytes_IsAnError(ulong size)
    {
        var builder = new ObjectBuilder();
        BuiltSection text = builder.Text(".text", Exit(0));
        BuiltSection bss = builder.Section(".bss", SHF_ALLOC | SHF_WRITE);
        (bss.Type, bss.Size) = (SHT_NOBITS, size);
        builder.Symbol("_start", (uint)text.Index);
        using var folder = new LinkFolder();
        folder.Write("a.o", builder.Build()).Link("a.o").ExitCode.Should().Be(1);
    }

    [Fact]
    public void AbsurdCommonSymbols_AreErrors()
    {
        foreach ((ulong alignment, ulong size) in ((ulong, ulong)[])[(1, ulong.MaxValue), (1UL << 62, 8), (3, 8)])
        {
            var builder = new ObjectBuilder();
            BuiltSection text = builder.Text(".text", Exit(0));
            builder.Symbol("_start", (uint)text.Index);
            builder.Symbol("c", SHN_COMMON, alignment, size, type: STT_OBJECT);
            using var folder = new LinkFolder();
            folder.Write("a.o", builder.Build()).Link("a.o").ExitCode.Should().Be(1, "alignment {0}, size {1}", alignment, size);
        }
    }

    [Fact]
    public void ForeignFiles_AreRefusedByName()
    {
        byte[] good = LinkFolder.AssembleBytes(".globl _start\n_start: ret");
        (string What, Action<byte[]> Change)[] changes =
        [
            ("32-bit", static b => b[4] = 1), ("big-endian", static b => b[5] = 2), ("AArch64", static b => b[18] = 183), ("executable", static b => b[16] = 2),
        ];
        foreach ((string what, Action<byte[]> change) in changes)
        {
            byte[] bytes = [.. good];
            change(bytes);
            using var folder = new LinkFolder();
            folder.Write("a.o", bytes).Link("a.o").ShouldFailWith(DiagnosticId.IncompatibleInput).Text.Should().Contain("a.o").And.Contain(what);
        }
    }

    [Fact]
    public void SharedObject_IsRefused()
    {
        byte[] bytes = LinkFolder.AssembleBytes(".globl _start\n_start: ret");
        bytes[16] = 3;
        using var folder = new LinkFolder();
        folder.Write("a.so", bytes).Link("a.so").ShouldFailWith(DiagnosticId.SharedObject);
    }

    [Fact]
    public void Bitcode_IsRefused()
    {
        using var folder = new LinkFolder();
        folder.Write("a.o", [(byte)'B', (byte)'C', 0xc0, 0xde, 0, 0]).Link("a.o").ShouldFailWith(DiagnosticId.Bitcode).Text.Should().Contain("a.o");
    }

    [Fact]
    public void EmptyFileAndFolder_AreErrors()
    {
        using var folder = new LinkFolder();
        folder.Write("empty.o", []).Link("empty.o").ExitCode.Should().Be(1);
        System.IO.Directory.CreateDirectory(folder["d"]);
        folder.Link("d").ExitCode.Should().Be(1);
    }

    [Fact]
    public void ObjectWithoutSections_IsNothing()
    {
        byte[] bytes = new ObjectBuilder().Build();
        bytes.AsSpan(40, 8).Clear();
        using var folder = new LinkFolder();
        folder.Start().Assemble("main.o", ".globl main\nmain: xor %eax, %eax\n ret").Write("none.o", bytes);
        folder.Link("start.o", "main.o", "none.o").ShouldExitWith(0);
    }
}
