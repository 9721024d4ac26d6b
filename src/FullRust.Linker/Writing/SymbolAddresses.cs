// Where symbols are, once sections have addresses. The same rules serve relocations, the symbol table and the entry.

using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Common;
using FullRust.Linker.Layout;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

/// <summary>Computes addresses. Read-only after <see cref="ResolveGlobals"/>; thread-safe then.</summary>
internal sealed class SymbolAddresses(SectionTable sections, SymbolTable symbols, MergeSections merges, OutputLayout layout, SlotTable slots) : IDisposable
{
    // Stands for a section whose offsets do not all move by the same distance.
    private const ulong TakenApart = ulong.MaxValue;

    // Stands for a section that is not part of the output.
    private const ulong Dead = ulong.MaxValue - 1;
    private readonly NativeList<ulong> _starts = new();
    private readonly List<CommonBlock> _commons = [];

    /// <summary>Takes note of the blocks that hold common symbols.</summary>
    internal void UseCommons(List<SyntheticSection> synthetic)
    {
        foreach (SyntheticSection section in synthetic)
        {
            if (section is CommonBlock block)
                _commons.Add(block);
        }
    }

    /// <summary>Fills <see cref="SymbolTable.Addresses"/> for all names but those that <see cref="Symbols.LinkerDefinedSymbols"/> sets.</summary>
    internal void ResolveGlobals(int threads)
    {
        _starts.AddZeroed(sections.Count, threads);
        ParallelRanges.For(sections.Count, 32768, threads, ResolveStarts);
        symbols.Addresses.AddZeroed(symbols.Count, threads);
        foreach (CommonBlock block in _commons)
        {
            foreach (int id in block.Ids.Span)
                symbols.Addresses[id] = block.Address + symbols[id].Value;
        }

        ParallelRanges.For(symbols.Count, 16384, threads, ResolveRange);
    }

    // A relocation then needs one look-up for a symbol's address, and one for a section's.
    private void ResolveStarts(int first, int last)
    {
        for (int row = first; row < last; row++)
        {
            ref readonly InputSection section = ref sections[row];
            ref readonly SectionFate fate = ref sections.Fate(row);
            bool isTakenApart = fate.Kind == SectionKind.EhFrame || (fate.Kind == SectionKind.Mergeable && fate.IsLive && section.Extra != 0);
            if (isTakenApart || (fate.State & SectionState.Folded) != 0)
                _starts[row] = TakenApart;
            else if (!fate.IsLive && row != 0)
                _starts[row] = Dead;
            else if (section.OutputSection >= 0 && row != 0)
                _starts[row] = layout.Sections[section.OutputSection].Address + section.Offset;
        }
    }

    private void ResolveRange(int first, int last)
    {
        for (int id = first; id < last; id++)
        {
            ref readonly Symbol symbol = ref symbols[id];
            if ((symbol.Flags & (SymbolFlags.Defined | SymbolFlags.Common)) == SymbolFlags.Defined)
                symbols.Addresses[id] = (symbol.Flags & SymbolFlags.NeedsIplt) != 0 ? layout.Iplt.Stub(slots.Rows[symbol.Slots].Iplt) : OfDefinition(symbol);
        }
    }

    /// <summary>The address of an offset in an input section; for dead sections, 0 plus the offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong InSection(int row, ulong offset)
    {
        ulong start = _starts[row];
        return start < Dead ? start + offset : start == Dead ? offset : InPart(row, offset);
    }

    private ulong InPart(int row, ulong offset)
    {
        ref readonly InputSection section = ref sections[row];
        ref readonly SectionFate fate = ref sections.Fate(row);
        switch (fate.Kind)
        {
            case SectionKind.Mergeable when fate.IsLive && section.Extra != 0:
                ulong at = merges.Locate(row, offset, out MergedSection merged);
                return merged.Address + at;
            case SectionKind.EhFrame:
                return layout.EhFrame.Address + layout.EhFrame.OffsetOf(row, offset);
            default:
                return InSection(section.Extra, offset);
        }
    }

    /// <summary>The address that a relocation's symbol stands for: an IFUNC's is its stub.</summary>
    internal ulong OfGlobal(int id) => symbols.Addresses[id];

    /// <summary>The address of the chosen definition: an IFUNC's is its resolver.</summary>
    internal ulong OfDefinition(in Symbol symbol) => symbol.Section == 0 ? symbol.Value : InSection(symbol.Section, symbol.Value);

    /// <summary>The address of a local symbol as a relocation with an addend uses it: S, so that S + A is right also in merged sections.</summary>
    internal ulong OfLocal(ObjectFile file, int index, long addend)
    {
        ref readonly Elf64_Sym symbol = ref file.Symbols[index];
        uint header = file.SectionOf(index, symbol);
        if (header is 0 or >= 0xffff0000u)
            return header == ObjectFile.Absolute ? symbol.st_value : 0;
        ulong start = _starts[file.SectionBase + (int)header];
        return start < Dead && symbol.Type != STT_GNU_IFUNC ? start + symbol.st_value : OfSpecialLocal(file, index, symbol, header, addend);
    }

    /// <summary>The address of a relocation's symbol: S.</summary>
    internal ulong OfSymbol(ObjectFile file, in Elf64_Rela relocation) => relocation.Symbol >= (uint)file.FirstGlobal
        ? OfGlobal(symbols.IdOf(file, (int)relocation.Symbol))
        : OfLocal(file, (int)relocation.Symbol, relocation.r_addend);

    /// <summary>As <see cref="TryLocal"/>, for a symbol of a section that is in the output as it was or not at all, which are the usual cases.</summary>
    /// <param name="file">The object.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="address">Its address.</param>
    /// <param name="isAlive">What <see cref="TryLocal"/> returns.</param>
    /// <returns>False if it is not such a symbol.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryPlain(ObjectFile file, in Elf64_Sym symbol, out ulong address, out bool isAlive)
    {
        ulong start = symbol.st_shndx is 0 or >= SHN_LORESERVE ? TakenApart : _starts[file.SectionBase + symbol.st_shndx];
        isAlive = start != Dead;
        address = isAlive ? start + symbol.st_value : 0;
        return start != TakenApart && symbol.Type != STT_GNU_IFUNC;
    }

    /// <summary>As <see cref="OfLocal"/> for what is part of the output.</summary>
    /// <returns>False if the section of the symbol is not.</returns>
    internal bool TryLocal(ObjectFile file, int index, in Elf64_Sym symbol, long addend, out ulong address)
    {
        uint header = file.SectionOf(index, symbol);
        bool isDead = header is not 0 and < 0xffff0000u && _starts[file.SectionBase + (int)header] == Dead;
        address = isDead ? 0 : OfLocal(file, index, addend);
        return !isDead;
    }

    /// <summary>As <see cref="OfGlobal"/> for what is part of the output.</summary>
    /// <returns>False if the section of the definition is not.</returns>
    internal bool TryGlobal(int id, out ulong address)
    {
        address = symbols.Addresses[id];
        return _starts[symbols[id].Section] != Dead;
    }

    /// <summary>The map of the pieces that a section symbol stands for.</summary>
    /// <returns>False for any other symbol.</returns>
    internal bool TryPieces(ObjectFile file, in Elf64_Sym symbol, out PieceMap map)
    {
        map = default;
        if (symbol.Type != STT_SECTION || symbol.st_shndx is 0 or >= SHN_LORESERVE)
            return false;
        int row = file.SectionBase + symbol.st_shndx;
        if (_starts[row] != TakenApart || sections.Fate(row).Kind != SectionKind.Mergeable || (sections.Fate(row).State & SectionState.Folded) != 0)
            return false;
        map = merges.MapOf(row);
        return true;
    }

    private ulong OfSpecialLocal(ObjectFile file, int index, in Elf64_Sym symbol, uint header, long addend)
    {
        if (symbol.Type == STT_GNU_IFUNC && slots.LocalSlots(file.Index, index) is int slot and > 0)
            return layout.Iplt.Stub(slots.Rows[slot].Iplt);
        int row = file.SectionBase + (int)header;
        if (symbol.Type == STT_SECTION && sections.Fate(row).Kind == SectionKind.Mergeable)
            return InSection(row, symbol.st_value + (ulong)addend) - (ulong)addend;
        return InSection(row, symbol.st_value);
    }

    /// <summary>The value of a GOT slot.</summary>
    internal ulong OfSlot(GotEntry entry)
    {
        ulong address = entry.Id >= 0 ? OfGlobal(entry.Id) : OfLocal(sections.Objects[entry.File], entry.LocalIndex, 0);
        if (!entry.IsTpOffset)
            return address;
        bool isUndefined = entry.Id >= 0 && !symbols[entry.Id].IsDefined;
        return isUndefined ? 0 : address - layout.ThreadPointer;
    }

    /// <summary>The address of an IFUNC's resolver.</summary>
    internal ulong ResolverOf(GotEntry entry)
    {
        if (entry.Id >= 0)
            return OfDefinition(symbols[entry.Id]);
        ObjectFile file = sections.Objects[entry.File];
        ref readonly Elf64_Sym symbol = ref file.Symbols[entry.LocalIndex];
        uint header = file.SectionOf(entry.LocalIndex, symbol);
        return header is 0 or >= 0xffff0000u ? symbol.st_value : InSection(file.SectionBase + (int)header, symbol.st_value);
    }

    /// <inheritdoc/>
    public void Dispose() => _starts.Dispose();
}
