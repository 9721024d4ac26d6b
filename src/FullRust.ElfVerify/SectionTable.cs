// The section header table as readers that trust it would take it, with every count held against the length of the file first.
// It informs; nothing is ever proved by a section that is missing here.

using System;
using FullRust.Elf;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify;

internal enum SectionTableState
{
    Absent,
    Usable,
    Broken,
}

internal readonly ref struct SectionTable
{
    private SectionTable(SectionTableState state, string problem, ReadOnlySpan<Elf64_Shdr> rows, ElfSpan names)
    {
        State = state;
        Problem = problem;
        Rows = rows;
        Names = names;
    }

    internal SectionTableState State { get; }

    /// <summary>Why the table is broken, or an empty string.</summary>
    internal string Problem { get; }

    internal ReadOnlySpan<Elf64_Shdr> Rows { get; }

    internal ElfSpan Names { get; }

    internal static SectionTable Read(ElfSpan image, in Elf64_Ehdr header)
    {
        if (header.e_shoff == 0)
            return header.e_shnum == 0 ? default : Broken("e_shnum is not 0 although e_shoff is");
        if (header.e_shentsize != Elf64_Shdr.Size)
            return Broken("e_shentsize is not 64");
        if (!image.TryRead(header.e_shoff, out Elf64_Shdr first))
            return Broken("the table begins outside the file");

        ulong count = header.e_shnum == 0 ? first.sh_size : header.e_shnum;
        if (header.e_shnum >= SHN_LORESERVE)
            return Broken("e_shnum is a reserved number");
        if (count == 0)
            return Broken("the table has no entry");
        if (!image.TryCast(header.e_shoff, count, out ReadOnlySpan<Elf64_Shdr> rows))
            return Broken("the table ends outside the file");

        ulong namesIndex = header.e_shstrndx == SHN_XINDEX ? first.sh_link : header.e_shstrndx;
        if (namesIndex >= count)
            return new SectionTable(SectionTableState.Broken, "e_shstrndx names no section", rows, default);
        ElfSpan names = default;
        if (namesIndex != 0 && !image.TrySlice(rows[(int)namesIndex].sh_offset, rows[(int)namesIndex].sh_size, out names))
            return new SectionTable(SectionTableState.Broken, "the section names lie outside the file", rows, default);
        return new SectionTable(SectionTableState.Usable, "", rows, names);
    }

    internal ReadOnlySpan<byte> NameOf(in Elf64_Shdr row) => Names.TryReadString(row.sh_name, out ReadOnlySpan<byte> name) ? name : default;

    /// <summary>What a finding calls a section: its number and name.</summary>
    internal string PlaceOf(int index) => $"section {index} ({PrintableText.Escape(NameOf(Rows[index]))})";

    private static SectionTable Broken(string problem) => new(SectionTableState.Broken, problem, default, default);
}
