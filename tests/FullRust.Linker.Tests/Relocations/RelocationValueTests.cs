// Every relocation type that a static link applies, with its value (psABI, "Relocation Types").

using System;
using System.Collections.Generic;
using System.Linq;
using FluentAssertions;
using FullRust.Elf.Native;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;
using static FullRust.Elf.Native.ElfConstants;
using static FullRust.Elf.Native.X86_64Reloc;

namespace FullRust.Linker.Tests.Relocations;

public sealed class RelocationValueTests
{
    [Theory]
    [InlineData(R_X86_64_64, 8, 5)]
    [InlineData(R_X86_64_64, 8, -5)]
    [InlineData(R_X86_64_32, 4, 5)]
    [InlineData(R_X86_64_32S, 4, 5)]
    public void Absolute_IsSymbolPlusAddend(uint type, int width, long addend)
    {
        using var folder = new LinkFolder();
        ElfReader elf = RelocationLab.InData(folder, type, "target", addend).ShouldSucceed().Elf;
        Field(elf, width).Should().Be((long)elf.Symbol("target").Value + addend);
    }

    [Theory]
    [InlineData(R_X86_64_16, 2)]
    [InlineData(R_X86_64_32, 4)]
    [InlineData(R_X86_64_32S, 4)]
    [InlineData(R_X86_64_64, 8)]
    public void AbsoluteSymbol_KeepsItsValue(uint type, int width)
    {
        using var folder = new LinkFolder();
        Field(RelocationLab.InData(folder, type, "absolute", 1).ShouldSucceed().Elf, width).Should().Be(0x1235);
    }

    [Theory]
    [InlineData(R_X86_64_PC32, 4)]
    [InlineData(R_X86_64_PLT32, 4)]
    [InlineData(R_X86_64_PC64, 8)]
    public void PcRelative_IsSymbolPlusAddendMinusPlace(uint type, int width)
    {
        using var folder = new LinkFolder();
        ElfReader elf = RelocationLab.InData(folder, type, "target", 12).ShouldSucceed().Elf;
        Field(elf, width).Should().Be((long)elf.Symbol("target").Value + 12 - (long)elf.Symbol("field").Value);
    }

    [Theory]
    [InlineData(R_X86_64_PC8, 1)]
    [InlineData(R_X86_64_PC16, 2)]
    public void ShortPcRelative_ReachesItsNeighbourhood(uint type, int width)
    {
        using var folder = new LinkFolder();
        ElfReader elf = RelocationLab.InData(folder, type, "field", 9).ShouldSucceed().Elf;
        Field(elf, width).Should().Be(9);
    }

    [Theory]
    [InlineData(R_X86_64_SIZE32, 4)]
    [InlineData(R_X86_64_SIZE64, 8)]
    public void Size_IsSizePlusAddend(uint type, int width)
    {
        using var folder = new LinkFolder();
        Field(RelocationLab.InData(folder, type, "target", 3).ShouldSucceed().Elf, width).Should().Be((long)RelocationLab.TargetSize + 3);
    }

    [Theory]
    [InlineData(R_X86_64_GOTPCREL, 4)]
    [InlineData(R_X86_64_GOTPCREL64, 8)]
    public void GotPcRelative_LeadsToASlotWithTheAddress(uint type, int width)
    {
        using var folder = new LinkFolder();
        ElfReader elf = RelocationLab.InData(folder, type, "target", 0).ShouldSucceed().Elf;
        ulong slot = elf.Symbol("field").Value + (ulong)Field(elf, width);
        RelocationLab.Slot(elf, slot).Should().Be(elf.Symbol("target").Value);
        elf.Section(".got").Address.Should().Be(slot);
    }

    [Theory]
    [InlineData(R_X86_64_GOT32, 4)]
    [InlineData(R_X86_64_GOT64, 8)]
    [InlineData(R_X86_64_GOTPLT64, 8)]
    public void GotOffset_CountsFromTheTable(uint type, int width)
    {
        using var folder = new LinkFolder();
        ElfReader elf = WithGotBase(folder, type);
        RelocationLab.Slot(elf, elf.Symbol("_GLOBAL_OFFSET_TABLE_").Value + (ulong)Field(elf, width)).Should().Be(elf.Symbol("target").Value);
    }

    [Theory]
    [InlineData(R_X86_64_GOTOFF64)]
    [InlineData(R_X86_64_PLTOFF64)]
    public void OffsetFromTheTable_IsSymbolMinusTable(uint type)
    {
        using var folder = new LinkFolder();
        ElfReader elf = WithGotBase(folder, type);
        (elf.Symbol("_GLOBAL_OFFSET_TABLE_").Value + (ulong)Field(elf, 8)).Should().Be(elf.Symbol("target").Value);
    }

    [Theory]
    [InlineData(R_X86_64_GOTPC32, 4)]
    [InlineData(R_X86_64_GOTPC64, 8)]
    public void TableBase_IsTableMinusPlace(uint type, int width)
    {
        using var folder = new LinkFolder();
        ElfReader elf = RelocationLab.InData(folder, type, "_GLOBAL_OFFSET_TABLE_", 0).ShouldSucceed().Elf;
        (elf.Symbol("field").Value + (ulong)Field(elf, width)).Should().Be(elf.Symbol("_GLOBAL_OFFSET_TABLE_").Value);
    }

    [Theory]
    [InlineData(R_X86_64_TPOFF32, 4)]
    [InlineData(R_X86_64_TPOFF64, 8)]
    public void TpOffset_CountsFromTheThreadPointer(uint type, int width)
    {
        using var folder = new LinkFolder();
        ElfReader elf = RelocationLab.InData(folder, type, "tls_target", 2).ShouldSucceed().Elf;
        Field(elf, width).Should().Be(RelocationLab.TpOffset(elf, "tls_target") + 2);
    }

    [Fact]
    public void None_WritesNothingAndKeepsItsTarget()
    {
        using var folder = new LinkFolder();
        ElfReader elf = RelocationLab.InData(folder, R_X86_64_NONE, "target", 0, "--gc-sections", "-u", "field").ShouldSucceed().Elf;
        Field(elf, 8).Should().Be(0);
        elf.Defines("target").Should().BeTrue();
    }

    public static TheoryData<uint> NotInAStaticLink => [5, 6, 7, 8, 16, 36, 37, 38, 39, 40, 55, 200, 0x7fffffff];

    [Theory]
    [MemberData(nameof(NotInAStaticLink))]
    public void TypesOfTheDynamicLoaderAndUnknownOnes_AreErrors(uint type)
    {
        using var folder = new LinkFolder();
        RelocationLab.InData(folder, type, "target", 0).ShouldFailWith(DiagnosticId.UnknownRelocation).Text.Should().Contain("field.o:(.data");
    }

    [Theory]
    [InlineData(R_X86_64_32, "top", 0, true)]
    [InlineData(R_X86_64_32, "over", 0, false)]
    [InlineData(R_X86_64_32, "zero", -1, false)]
    [InlineData(R_X86_64_32S, "just_below", 0, true)]
    [InlineData(R_X86_64_32S, "just_above", 0, false)]
    [InlineData(R_X86_64_32S, "negative", 0, true)]
    [InlineData(R_X86_64_32S, "too_negative", 0, false)]
    [InlineData(R_X86_64_16, "zero", 65535, true)]
    [InlineData(R_X86_64_16, "zero", 65536, false)]
    [InlineData(R_X86_64_16, "zero", -32768, true)]
    [InlineData(R_X86_64_16, "zero", -32769, false)]
    [InlineData(R_X86_64_8, "zero", 255, true)]
    [InlineData(R_X86_64_8, "zero", 256, false)]
    [InlineData(R_X86_64_8, "zero", -128, true)]
    [InlineData(R_X86_64_8, "zero", -129, false)]
    [InlineData(R_X86_64_PC8, "field", 127, true)]
    [InlineData(R_X86_64_PC8, "field", 128, false)]
    [InlineData(R_X86_64_PC8, "field", -128, true)]
    [InlineData(R_X86_64_PC8, "field", -129, false)]
    [InlineData(R_X86_64_PC16, "field", 32767, true)]
    [InlineData(R_X86_64_PC16, "field", 32768, false)]
    [InlineData(R_X86_64_PC32, "far", 0, false)]
    [InlineData(R_X86_64_PC32, "field", 0x7fffffff, true)]
    [InlineData(R_X86_64_PC32, "field", 0x80000000, false)]
    [InlineData(R_X86_64_PLT32, "far", 0, false)]
    [InlineData(R_X86_64_SIZE32, "target", 0xfffffff0L, false)]
    [InlineData(R_X86_64_SIZE32, "target", 0x7fffffffL, true)]
    [InlineData(R_X86_64_TPOFF32, "tls_target", 0x7fffffffL, true)]
    [InlineData(R_X86_64_TPOFF32, "tls_target", 0x80000010L, false)]
    [InlineData(R_X86_64_64, "far", long.MaxValue, true)]
    public void Ranges_AreThoseOfThePsabi(uint type, string symbol, long addend, bool fits)
    {
        using var folder = new LinkFolder();
        LinkOutcome outcome = RelocationLab.InData(folder, type, symbol, addend);
        if (fits)
            outcome.ShouldSucceed();
        else
            outcome.ShouldFailWith(DiagnosticId.RelocationOutOfRange).Text.Should().Contain("is not in [").And.Contain(X86_64Reloc.Name(type)).And.Contain(symbol);
    }

    [Fact]
    public void PlaceOutsideOfTheSection_IsAnError()
    {
        foreach (ulong offset in (ulong[])[13, 16, 17, ulong.MaxValue - 3, 1UL << 63])
        {
            using var folder = new LinkFolder();
            var builder = new ObjectBuilder();
            BuiltSection data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[16]);
            builder.Symbol("field", (uint)data.Index);
            data.Reloc(offset, R_X86_64_32, builder.Undefined("target"));
            RelocationLab.Link(folder, builder).ShouldFailWith(DiagnosticId.BadRelocation);
        }
    }

    [Fact]
    public void SymbolOutsideOfTheTable_IsAnError()
    {
        foreach (int symbol in (int[])[3, 1000, -1, int.MaxValue])
        {
            using var folder = new LinkFolder();
            var builder = new ObjectBuilder();
            BuiltSection data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[16]);
            builder.Symbol("field", (uint)data.Index);
            data.Reloc(0, R_X86_64_32, symbol);
            RelocationLab.Link(folder, builder).ShouldFailWith(DiagnosticId.BadRelocation);
        }
    }

    [Fact]
    public void Unsorted_AreAllApplied()
    {
        using var folder = new LinkFolder();
        var builder = new ObjectBuilder();
        BuiltSection data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[32]);
        builder.Symbol("field", (uint)data.Index);
        int target = builder.Undefined("target");
        data.Reloc(24, R_X86_64_64, target, 3).Reloc(0, R_X86_64_64, target, 0).Reloc(16, R_X86_64_64, target, 2).Reloc(8, R_X86_64_64, target, 1);
        ElfReader elf = RelocationLab.Link(folder, builder).ShouldSucceed().Elf;
        ulong address = elf.Symbol("target").Value;
        byte[] bytes = elf.At("field", 32);
        Enumerable.Range(0, 4).Select(i => BitConverter.ToUInt64(bytes, 8 * i)).Should().Equal(address, address + 1, address + 2, address + 3);
    }

    [Fact]
    public void SymbolZero_HasValueZero()
    {
        using var folder = new LinkFolder();
        var builder = new ObjectBuilder();
        BuiltSection data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[16]);
        builder.Symbol("field", (uint)data.Index);
        data.Reloc(0, R_X86_64_64, 0, 0x55);
        Field(RelocationLab.Link(folder, builder).ShouldSucceed().Elf, 8).Should().Be(0x55);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CompactRelocations_AreApplied(bool addends)
    {
        using var folder = new LinkFolder();
        var builder = new ObjectBuilder();
        BuiltSection data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[4096]);
        data.UsesCrel = true;
        data.CrelAddends = addends;
        builder.Symbol("field", (uint)data.Index);
        int target = builder.Undefined("target"), absolute = builder.Undefined("absolute");
        var expected = new List<(int At, string Symbol, long Addend)>();
        foreach (int at in (int[])[0, 8, 24, 1024, 1032, 4088, 16])
        {
            bool isTarget = at != 24;
            long addend = addends ? (at * 37) - 20000 : 0;
            data.Reloc((ulong)at, R_X86_64_64, isTarget ? target : absolute, addend);
            expected.Add((at, isTarget ? "target" : "absolute", addend));
        }

        data.Reloc(64, R_X86_64_32, absolute);
        ElfReader elf = RelocationLab.Link(folder, builder).ShouldSucceed().Elf;
        byte[] bytes = elf.At("field", 4096);
        foreach ((int at, string symbol, long addend) in expected)
            BitConverter.ToUInt64(bytes, at).Should().Be(elf.Symbol(symbol).Value + (ulong)addend);
        BitConverter.ToUInt32(bytes, 64).Should().Be(0x1234);
    }

    [Fact]
    public void RelocationsWithoutAddends_AreRefused()
    {
        using var folder = new LinkFolder();
        var builder = new ObjectBuilder();
        BuiltSection data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[16]);
        BuiltSection rel = builder.Section(".rel.data", 0, new byte[16]);
        (rel.Type, rel.Info, rel.EntrySize) = (SHT_REL, (uint)data.Index, 16);
        RelocationLab.Link(folder, builder).ShouldFailWith(DiagnosticId.MalformedInput).Text.Should().Contain("SHT_REL");
    }

    private static ElfReader WithGotBase(LinkFolder folder, uint type)
    {
        var builder = new ObjectBuilder();
        BuiltSection data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[16]);
        data.Alignment = 8;
        builder.Symbol("field", (uint)data.Index);
        data.Reloc(0, type, builder.Undefined("target")).Reloc(8, R_X86_64_GOTPC64, builder.Undefined("_GLOBAL_OFFSET_TABLE_"));
        return RelocationLab.Link(folder, builder).ShouldSucceed().Elf;
    }

    private static long Field(ElfReader elf, int width)
    {
        byte[] bytes = elf.At("field", 8);
        return width switch
        {
            8 => BitConverter.ToInt64(bytes),
            4 => BitConverter.ToInt32(bytes),
            2 => BitConverter.ToInt16(bytes),
            _ => (sbyte)bytes[0],
        };
    }
}
