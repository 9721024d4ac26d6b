// Which functions and data a program may tell apart by their addresses, for --icf. An object that carries .llvm_addrsig says so itself
// (LLVM "Extensions": symbol table indices in ULEB128); of the others, any reference that is not a call or jump counts.

using System;
using System.Collections.Generic;
using FullRust.Elf.Native;
using FullRust.Linker.Objects;
using FullRust.Linker.Relocations.X86_64;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Sections;

internal sealed class AddressSignificance
{
    private readonly bool[] _hasTable;

    private AddressSignificance(int objects) => _hasTable = new bool[objects];

    /// <summary>The rows of sections that hold something address-significant.</summary>
    internal HashSet<int> Rows { get; } = [];

    /// <summary>Whether an object, by its index, lists its significant symbols itself.</summary>
    internal bool IsListedBy(int file) => _hasTable[file];

    /// <summary>Finds what is significant.</summary>
    /// <param name="sections">All input sections.</param>
    /// <param name="symbols">All names.</param>
    /// <param name="derive">Whether objects without a table are looked through.</param>
    internal static AddressSignificance Find(SectionTable sections, SymbolTable symbols, bool derive)
    {
        var found = new AddressSignificance(sections.Objects.Count);
        for (int i = 0; i < sections.Objects.Count; i++)
        {
            ObjectFile file = sections.Objects[i];
            int table = FindTable(file);
            found._hasTable[i] = table >= 0;
            if (table >= 0)
                AddListed(file, table, symbols, found.Rows);
            else if (derive)
                AddDerived(file, sections, symbols, found.Rows);
        }

        return found;
    }

    private static int FindTable(ObjectFile file)
    {
        ReadOnlySpan<Elf64_Shdr> headers = file.Sections;
        for (int i = 1; i < headers.Length; i++)
        {
            // A tool that rewrote the symbol table without knowing this section leaves sh_link 0: the indices mean nothing then.
            if (headers[i].sh_type == SHT_LLVM_ADDRSIG && headers[i].sh_link != 0)
                return i;
        }

        return -1;
    }

    private static void AddListed(ObjectFile file, int table, SymbolTable symbols, HashSet<int> significant)
    {
        ReadOnlySpan<byte> bytes = file.SectionBytes(table).Span;
        while (!bytes.IsEmpty && Leb128.TryUnsigned(ref bytes, out ulong index))
        {
            if (index < (ulong)file.SymbolCount)
                Add(file, (int)index, symbols, significant);
        }
    }

    private static void AddDerived(ObjectFile file, SectionTable sections, SymbolTable symbols, HashSet<int> significant)
    {
        for (int i = 1; i < file.SectionCount; i++)
        {
            int row = file.SectionBase + i;
            ref readonly InputSection section = ref sections[row];
            ref readonly SectionFate fate = ref sections.Fate(row);
            if (!fate.IsLive || (section.Flags & (uint)SHF_ALLOC) == 0 || fate.Kind == SectionKind.EhFrame)
                continue;
            ReadOnlySpan<byte> code = sections.Contents(row).Span;
            foreach (ref readonly Elf64_Rela relocation in sections.Relocations(row))
            {
                if (!IsCallOrJump(relocation, code) && relocation.Symbol < (uint)file.SymbolCount)
                    Add(file, (int)relocation.Symbol, symbols, significant);
            }
        }
    }

    /// <summary>Whether a relocation is of an instruction that only goes somewhere.</summary>
    internal static bool IsCallOrJump(in Elf64_Rela relocation, ReadOnlySpan<byte> code)
    {
        switch (RelocationTable.Row(relocation.Type).Kind)
        {
            case RelocationKind.Plt:
                return true;
            case RelocationKind.GotPcRelative:
                return GotPcRelax.FormAt(relocation.Type, code, relocation.r_offset, relocation.r_addend) is GotForm.Call or GotForm.Jmp;
            case RelocationKind.PcRelative when relocation.r_offset >= 1 && relocation.r_offset < (ulong)code.Length:
                byte before = code[(int)relocation.r_offset - 1];
                return before is 0xe8 or 0xe9 || (relocation.r_offset >= 2 && (before & 0xf0) == 0x80 && code[(int)relocation.r_offset - 2] == 0x0f);
            default:
                return false;
        }
    }

    private static void Add(ObjectFile file, int index, SymbolTable symbols, HashSet<int> significant)
    {
        if (index >= file.FirstGlobal)
        {
            significant.Add(symbols[symbols.IdOf(file, index)].Section);
            return;
        }

        uint header = file.SectionOf(index, file.Symbols[index]);
        if (header < 0xffff0000u)
            significant.Add(file.SectionBase + (int)header);
    }
}
