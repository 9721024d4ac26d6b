// The static-pie profile: a dynamic table for the program's own start-up code, and nothing that asks for a loader.

using System;
using System.Linq;
using System.Runtime.InteropServices;
using FluentAssertions;
using FullRust.Elf.Native;
using FullRust.HostileElf;
using Xunit;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Tests.Rules;

public sealed class StaticPieTests
{
    private const int TableAt = SampleElf.DataAt + 0x40, NamesAt = SampleElf.RodataAt;

    private static readonly VerifyOptions s_options = new() { Profile = VerifyProfile.StaticPie };

    // The sample as ET_DYN with a dynamic table of pairs of tag and value, ended by DT_NULL.
    private static ElfEdit Pie(params ReadOnlySpan<ulong> entries)
    {
        ElfEdit edit = SampleElf.Build().WithHeader(static (ref Elf64_Ehdr h) => h.e_type = ET_DYN);
        MemoryMarshal.AsBytes(entries).CopyTo(edit.Bytes.AsSpan(TableAt));

        return edit.WithSegment(SampleElf.Spare, static (ref Elf64_Phdr p) =>
            (p.p_type, p.p_flags, p.p_offset, p.p_vaddr, p.p_filesz, p.p_memsz) = (PT_DYNAMIC, PF_R | PF_W, TableAt, SampleElf.Base + TableAt, 0x40, 0x40));
    }

    private static VerifyReport Judge(ElfEdit edit, VerifyOptions? options = null) => Verifier.Verify(edit.Bytes, options ?? s_options);

    private static string DynamicMessage(ElfEdit edit, VerifyOptions? options = null) => Judge(edit, options).Findings.Single(static finding => finding.Rule == RuleId.S02).Message;

    [Fact]
    public void TableWithoutNeeded_Passes() => Judge(Pie(DT_FLAGS, 1)).Findings.Should().BeEmpty();

    [Fact]
    public void SameTableInADefaultProfile_IsAnError() => DynamicMessage(Pie(DT_FLAGS, 1), VerifyOptions.Default).Should().Contain("no DT_NEEDED readable in either view").And.NotContain("differ");

    [Fact]
    public void SameTableInAPositionDependentProgram_IsAnError() =>
        DynamicMessage(Pie(DT_FLAGS, 1).WithHeader(static (ref Elf64_Ehdr h) => h.e_type = ET_EXEC)).Should().StartWith("PT_DYNAMIC of 64 bytes");

    [Fact]
    public void NeededLibrary_IsAnErrorWithItsName() =>
        DynamicMessage(Pie(DT_STRTAB, SampleElf.Base + NamesAt, DT_NEEDED, 0)).Should().Contain("DT_NEEDED hello").And.NotContain("differ");

    [Fact]
    public void NeededLibraryBehindTheEnd_IsNotRead() =>
        Judge(Pie(DT_STRTAB, SampleElf.Base + NamesAt, DT_NULL, 0, DT_NEEDED, 0)).Findings.Should().BeEmpty();

    [Fact]
    public void NeededLibraryOutsideTheFile_IsNamedUnreadable() => DynamicMessage(Pie(DT_STRTAB, 0x900000, DT_NEEDED, 0)).Should().Contain("DT_NEEDED (unreadable)");

    [Fact]
    public void TwoViews_AreAnError() =>
        DynamicMessage(Pie(DT_FLAGS, 1).WithSegment(SampleElf.Spare, static (ref Elf64_Phdr p) => p.p_offset = SampleElf.RodataAt)).Should().Contain("its file view (p_offset) and its memory view (p_vaddr) differ");

    [Fact]
    public void TableThatIsNotInTheFile_IsAnError() =>
        Judge(Pie().WithSegment(SampleElf.Spare, static (ref Elf64_Phdr p) => (p.p_offset, p.p_vaddr) = (0, SampleElf.Base + 0x2100))).IsVerified.Should().BeFalse();

    // 33 libraries fit between .data's beginning and its end only in a larger file: the list stops at 32.
    [Fact]
    public void ManyNeededLibraries_AreListedUpToALimit()
    {
        ElfEdit edit = Pie();
        int at = (edit.Bytes.Length + 0xfff) & ~0xfff;
        edit.Append(new byte[at - edit.Bytes.Length + 0x1000]);
        for (int i = 0; i < 40; i++)
        {
            MemoryMarshal.Write(edit.Bytes.AsSpan(at + (i * 16)), (ulong)DT_NEEDED);
            MemoryMarshal.Write(edit.Bytes.AsSpan(at + (i * 16) + 8), (ulong)(i * 2));
            edit.Put(at + 0x800 + (i * 2), (byte)('A' + (i % 26)), (byte)('a' + (i / 26)));
        }

        MemoryMarshal.Write(edit.Bytes.AsSpan(at + (40 * 16)), (ulong)DT_STRTAB);
        MemoryMarshal.Write(edit.Bytes.AsSpan(at + (40 * 16) + 8), 0x500800UL);
        edit.WithSegment(SampleElf.Note, (ref Elf64_Phdr p) => (p.p_type, p.p_flags, p.p_offset, p.p_vaddr, p.p_filesz, p.p_memsz, p.p_align) = (PT_LOAD, PF_R | PF_W, (ulong)at, 0x500000, 0x1000, 0x1000, 0x1000))
            .WithSegment(SampleElf.Spare, (ref Elf64_Phdr p) => (p.p_offset, p.p_vaddr, p.p_filesz) = ((ulong)at, 0x500000, 41 * 16));

        Judge(edit).Facts.Needed.Should().HaveCount(32);
    }

    [Fact]
    public void SectionsOfALoader_AreAllowedInAPieOnly()
    {
        ElfEdit pie = Pie(DT_FLAGS, 1).WithSection(SampleElf.SecComment, static (ref Elf64_Shdr s) => (s.sh_type, s.sh_entsize) = (SHT_DYNAMIC, 16));
        Judge(pie).Findings.Should().BeEmpty();

        Judge(pie.WithHeader(static (ref Elf64_Ehdr h) => h.e_type = ET_EXEC)).ResultOf(RuleId.S03).Should().Be(RuleResult.Fail);
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(6, false)]
    public void RelativeRelocations_AreTheProgramsOwnBusiness(ulong type, bool passes) =>
        Judge(SingleFaults.Relocations(SHT_RELA, type, SampleElf.Base + SampleElf.DataAt + 0x40)).IsVerified.Should().Be(passes);
}
