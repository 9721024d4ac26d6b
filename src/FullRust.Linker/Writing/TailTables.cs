// What stands behind the sections that have contents from inputs: .symtab, .strtab, .shstrtab and the section header table.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Layout;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

/// <summary>Places and sizes of the tables at the end of the file.</summary>
internal sealed class TailTables
{
    private SectionNameBytes _names = null!;
    private EmittedRelocations? _relocations;

    /// <summary>Offset of the section header table, a multiple of 8.</summary>
    internal ulong SectionHeadersAt { get; private set; }

    /// <summary>The number of section headers, header 0 included.</summary>
    internal int HeaderCount { get; private set; }

    /// <summary>Index of .shstrtab.</summary>
    internal int NamesIndex => Math.Max(HeaderCount - 1, 0);

    /// <summary>Size of the whole file.</summary>
    internal long FileSize { get; private set; }

    /// <summary>The range of symbols and strings, which others write.</summary>
    internal FileRange Symbols => SymtabAt != 0 ? new((long)SymtabAt, (long)(NamesAt - SymtabAt)) : new(HeaderCount == 0 ? FileSize : (long)NamesAt, 0);

    private ulong SymtabAt { get; set; }

    private ulong StrtabAt { get; set; }

    /// <summary>File offset of .symtab_shndx; 0 where every index fits into the symbol table.</summary>
    private ulong ExtendedAt { get; set; }

    /// <summary>Header index of .gdb_index; 0 for none.</summary>
    private int GdbIndex { get; set; }

    private ulong NamesAt { get; set; }

    private ulong NamesSize { get; set; }

    private int SymtabIndex { get; set; }

    /// <summary>Numbers the section headers, each relocation table behind its section; must happen before symbols are written.</summary>
    private static int NumberSections(OutputLayout layout, IReadOnlyList<RelocationList> relocations)
    {
        var lists = new Dictionary<OutputSection, RelocationList>(relocations.Count);
        foreach (RelocationList list in relocations)
            lists[list.Target] = list;
        int next = 1;
        foreach (OutputSection section in layout.Sections)
        {
            section.HeaderIndex = section.IsPresent ? next++ : 0;
            if (lists.TryGetValue(section, out RelocationList? list))
                list.HeaderIndex = next++;
        }

        return next;
    }

    /// <summary>Gives every table its place.</summary>
    internal static TailTables Plan(OutputLayout layout, SymtabWriter? symtab, EmittedRelocations? relocations, SectionNameBytes names, LinkOptions options)
    {
        if (!options.SectionHeaders)
            return new TailTables { _names = names, FileSize = (long)layout.EndOfSections };

        var tables = new TailTables { _names = names, _relocations = relocations };
        int count = NumberSections(layout, relocations?.Lists ?? []);
        ulong at = layout.EndOfSections;
        ulong namesSize = 1 + (ulong)names.Shstrtab.Length + 1;
        foreach (OutputSection section in layout.Sections)
            namesSize += section.HeaderIndex == 0 ? 0 : (ulong)section.Name.Length + 1;
        foreach (RelocationList list in relocations?.Lists ?? [])
        {
            list.FileOffset = at = (at + 7) & ~7UL;
            at += (ulong)list.Count * Elf64_Rela.Size;
            namesSize += (ulong)list.Name.Length + 1;
        }

        if (options.GdbIndex && !layout.IsRelocatable && layout.Find(".debug_info"u8) is not null)
        {
            tables.GdbIndex = count++;
            namesSize += (ulong)names.GdbIndex.Length + 1;
        }

        if (symtab is not null)
        {
            tables.SymtabIndex = count;
            bool isExtended = count > SHN_LORESERVE;
            count += isExtended ? 3 : 2;
            namesSize += (ulong)(names.Symtab.Length + names.Strtab.Length + 2) + (isExtended ? (ulong)names.SymtabShndx.Length + 1 : 0);
            tables.SymtabAt = (at + 7) & ~7UL;
            tables.StrtabAt = tables.SymtabAt + ((ulong)symtab.Count * Elf64_Sym.Size);
            at = tables.StrtabAt + (ulong)symtab.StringSize;
            if (isExtended)
            {
                tables.ExtendedAt = (at + 3) & ~3UL;
                at = tables.ExtendedAt + ((ulong)symtab.Count * sizeof(uint));
            }
        }

        if (symtab is not null)
            layout.Tables.Add((".symtab", (ulong)symtab.Count * Elf64_Sym.Size, 8));
        layout.Tables.Add((".shstrtab", namesSize, 1));
        if (symtab is not null)
            layout.Tables.Add((".strtab", (ulong)symtab.StringSize, 1));
        tables.NamesAt = at;
        tables.NamesSize = namesSize;
        tables.HeaderCount = count + 1;
        tables.SectionHeadersAt = (at + namesSize + 7) & ~7UL;
        layout.GdbIndexHeader = tables.GdbIndex == 0 ? 0 : (long)tables.SectionHeadersAt + (tables.GdbIndex * Elf64_Shdr.Size);
        tables.FileSize = (long)tables.SectionHeadersAt + ((long)tables.HeaderCount * Elf64_Shdr.Size);
        return tables;
    }

    /// <summary>The places of a range of the symbol table in the file: entries, section indices that do not fit into them (or nothing), strings.</summary>
    internal (FileRange Entries, FileRange Extended, FileRange Strings) PlacesOf(in SymtabRange symbols) => (
        new((long)SymtabAt + ((long)symbols.FirstEntry * Elf64_Sym.Size), (long)symbols.Count * Elf64_Sym.Size),
        ExtendedAt == 0 ? default : new((long)ExtendedAt + ((long)symbols.FirstEntry * sizeof(uint)), (long)symbols.Count * sizeof(uint)),
        new((long)StrtabAt + symbols.FirstString, symbols.StringSize));

    /// <summary>Writes all tables but the symbols and their strings.</summary>
    internal void Write(NativeBuffer buffer, OutputLayout layout, SymtabWriter? symtab)
    {
        if (HeaderCount == 0)
            return;
        Span<Elf64_Shdr> headers = MemoryMarshal.Cast<byte, Elf64_Shdr>(buffer.Slice((long)SectionHeadersAt, (long)HeaderCount * Elf64_Shdr.Size));
        Span<byte> strings = buffer.Slice((long)NamesAt, (long)NamesSize);
        int nameAt = 1;
        WriteZeroth(ref headers[0]);
        foreach (OutputSection section in layout.Sections)
        {
            if (section.HeaderIndex != 0)
                headers[section.HeaderIndex] = HeaderOf(section, AddName(strings, ref nameAt, section.Name));
        }

        foreach (RelocationList list in _relocations?.Lists ?? [])
        {
            _relocations!.Write(list, MemoryMarshal.Cast<byte, Elf64_Rela>(buffer.Slice((long)list.FileOffset, list.Count * Elf64_Rela.Size)), symtab!);
            headers[list.HeaderIndex] = HeaderOf(list, AddName(strings, ref nameAt, list.Name));
        }

        if (GdbIndex != 0)
            headers[GdbIndex] = Plain(AddName(strings, ref nameAt, _names.GdbIndex), SHT_PROGBITS, (ulong)FileSize, 0, 8);
        if (symtab is not null)
            WriteSymtabHeaders(headers, strings, ref nameAt, symtab);
        headers[NamesIndex] = Plain(AddName(strings, ref nameAt, _names.Shstrtab), SHT_STRTAB, NamesAt, NamesSize, 1);
    }

    // gABI, ELF Header: counts that do not fit into the header are in section header 0.
    private void WriteZeroth(ref Elf64_Shdr header)
    {
        if (HeaderCount >= SHN_LORESERVE)
        {
            header.sh_size = (ulong)HeaderCount;
            header.sh_link = (uint)NamesIndex;
        }
    }

    private void WriteSymtabHeaders(Span<Elf64_Shdr> headers, Span<byte> strings, ref int nameAt, SymtabWriter symtab)
    {
        headers[SymtabIndex] = Plain(AddName(strings, ref nameAt, _names.Symtab), SHT_SYMTAB, SymtabAt, StrtabAt - SymtabAt, 8) with
        {
            sh_link = (uint)SymtabIndex + 1,
            sh_info = (uint)symtab.LocalCount,
            sh_entsize = Elf64_Sym.Size,
        };
        headers[SymtabIndex + 1] = Plain(AddName(strings, ref nameAt, _names.Strtab), SHT_STRTAB, StrtabAt, (ulong)symtab.StringSize, 1);
        if (ExtendedAt != 0)
        {
            headers[SymtabIndex + 2] = Plain(AddName(strings, ref nameAt, _names.SymtabShndx), SHT_SYMTAB_SHNDX, ExtendedAt, (ulong)symtab.Count * sizeof(uint), sizeof(uint)) with
            {
                sh_link = (uint)SymtabIndex,
                sh_entsize = sizeof(uint),
            };
        }
    }

    private Elf64_Shdr HeaderOf(OutputSection section, uint name) => new()
    {
        sh_name = name,
        sh_type = section.Type,
        sh_flags = section.Flags,
        sh_addr = section.IsAllocated ? section.Address : 0,
        sh_offset = section.FileOffset,
        sh_size = section.Size,
        sh_link = section.Type == SHT_GROUP ? (uint)SymtabIndex : section.LinkTarget is { } target ? (uint)target.HeaderIndex : section.Link,
        sh_info = section.Info,
        sh_addralign = 1UL << section.AlignmentLog2,
        sh_entsize = section.EntrySize,
    };

    private Elf64_Shdr HeaderOf(RelocationList list, uint name) => Plain(name, SHT_RELA, list.FileOffset, (ulong)list.Count * Elf64_Rela.Size, 8) with
    {
        sh_flags = SHF_INFO_LINK | (list.Target.Flags & SHF_GROUP),
        sh_link = (uint)SymtabIndex,
        sh_info = (uint)list.Target.HeaderIndex,
        sh_entsize = Elf64_Rela.Size,
    };

    private static Elf64_Shdr Plain(uint name, uint type, ulong offset, ulong size, ulong alignment) =>
        new() { sh_name = name, sh_type = type, sh_offset = offset, sh_size = size, sh_addralign = alignment };

    private static uint AddName(Span<byte> strings, ref int at, NativeBytes name) => AddName(strings, ref at, name.Span);

    private static uint AddName(Span<byte> strings, ref int at, ReadOnlySpan<byte> name)
    {
        uint result = (uint)at;
        name.CopyTo(strings[at..]);
        at += name.Length + 1;
        return result;
    }
}
