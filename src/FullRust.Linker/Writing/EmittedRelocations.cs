// -q/--emit-relocs: the relocations that were applied stay in the output as sections of their own, one for each section that has any, so
// that tools which move code afterwards know every reference (GNU ld manual, "--emit-relocs"). Types are those of the inputs, also where an
// instruction was relaxed; places are addresses; what named an input section names the output section that it became part of.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

/// <summary>The kept relocations of one output section.</summary>
internal sealed class RelocationList
{
    /// <summary>What they apply to.</summary>
    internal required OutputSection Target { get; init; }

    /// <summary>Name of their section.</summary>
    internal required byte[] Name { get; init; }

    /// <summary>How many.</summary>
    internal required long Count { get; init; }

    /// <summary>Offset in the file.</summary>
    internal ulong FileOffset { get; set; }

    /// <summary>Section header index.</summary>
    internal int HeaderIndex { get; set; }
}

/// <summary>Counts and writes kept relocations. Read-only once made.</summary>
internal sealed class EmittedRelocations
{
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly MergeSections _merges;
    private readonly OutputLayout _layout;
    private readonly SymbolAddresses _addresses;
    private readonly EhFrame _frames;
    private readonly DiagnosticSink _sink;
    private readonly ulong[]?[] _usedLocals;

    /// <summary>Counts; what contradicts itself is reported, and must not be written.</summary>
    internal EmittedRelocations(SectionTable sections, SymbolTable symbols, MergeSections merges, OutputLayout layout, SymbolAddresses addresses, EhFrame frames, DiagnosticSink sink)
    {
        _sink = sink;
        _sections = sections;
        _symbols = symbols;
        _merges = merges;
        _layout = layout;
        _addresses = addresses;
        _frames = frames;
        _usedLocals = new ulong[sections.Objects.Count][];
        foreach (OutputSection output in layout.Sections)
        {
            long count = 0;
            foreach (int member in output.Members.Span)
                count += member > 0 ? Use(member) : IsEhFrame(member) ? UseRecords() : 0;
            if (count != 0 && output.Size != 0)
                Lists.Add(new RelocationList { Target = output, Name = [.. ".rela"u8, .. output.Name.Span], Count = count });
        }
    }

    /// <summary>The sections to write, in the order of what they apply to.</summary>
    internal List<RelocationList> Lists { get; } = [];

    /// <summary>Whether a kept relocation names a local symbol.</summary>
    internal bool Uses(ObjectFile file, int symbol) => _usedLocals[file.Index] is { } used && (used[symbol >> 6] & (1UL << symbol)) != 0;

    /// <summary>Counts a local symbol as named.</summary>
    internal void Keep(ObjectFile file, int symbol) => (_usedLocals[file.Index] ??= new ulong[(file.FirstGlobal + 63) / 64])[symbol >> 6] |= 1UL << symbol;

    /// <summary>Writes a section's relocations.</summary>
    /// <param name="list">Which.</param>
    /// <param name="target">Room for all of them.</param>
    /// <param name="symtab">The output's symbol table, which gives their symbols numbers.</param>
    internal void Write(RelocationList list, Span<Elf64_Rela> target, SymtabWriter symtab)
    {
        int next = 0;
        foreach (int member in list.Target.Members.Span)
        {
            if (member > 0)
                WriteRange(_sections.Relocations(member), member, list.Target.Address + _sections[member].Offset, target, ref next, symtab);
            else if (IsEhFrame(member))
                WriteRecords(target, ref next, symtab);
        }

        // Records are written kind by kind; readers of unwind tables go through both in step.
        if (next != 0 && list.Target.Name.Span.SequenceEqual(".eh_frame"u8))
            target.Sort(static (a, b) => a.r_offset.CompareTo(b.r_offset));
    }

    private bool IsEhFrame(int member) => member < 0 && _layout.Synthetic[~member] is EhFrameSection;

    private long Use(int row)
    {
        ReadOnlySpan<Elf64_Rela> relocations = _sections.Relocations(row);
        Use(row, relocations);
        return relocations.Length;
    }

    private void Use(int row, ReadOnlySpan<Elf64_Rela> relocations)
    {
        ObjectFile file = _sections.FileOf(row);
        foreach (ref readonly Elf64_Rela relocation in relocations)
        {
            if (relocation.Symbol >= (uint)file.SymbolCount || relocation.r_offset > _sections[row].Size)
            {
                _sink.Report(Severity.Error, DiagnosticId.BadRelocation, $"{_sections.Place(row, relocation.r_offset)}: relocation {X86_64Reloc.Name(relocation.Type)}: its place or symbol does not exist", [], row);
                return;
            }

            if (relocation.Symbol < (uint)file.FirstGlobal)
                Keep(file, (int)relocation.Symbol);
        }
    }

    private long UseRecords()
    {
        long count = 0;
        for (int i = 0; i < _frames.Cies.Count; i++)
        {
            ref readonly Cie cie = ref _frames.Cies[i];
            if (!cie.IsLive || cie.Canonical != i)
                continue;
            Use(cie.Row, _sections.Relocations(cie.Row)[cie.RelocationsBegin..cie.RelocationsEnd]);
            count += cie.RelocationsEnd - cie.RelocationsBegin;
        }

        foreach (ref readonly Fde fde in _frames.Fdes.Span)
        {
            if (!fde.IsLive)
                continue;
            Use(fde.Row, _sections.Relocations(fde.Row)[fde.RelocationsBegin..fde.RelocationsEnd]);
            count += fde.RelocationsEnd - fde.RelocationsBegin;
        }

        return count;
    }

    private void WriteRecords(Span<Elf64_Rela> target, ref int next, SymtabWriter symtab)
    {
        ulong start = _layout.EhFrame.Address;
        for (int i = 0; i < _frames.Cies.Count; i++)
        {
            ref readonly Cie cie = ref _frames.Cies[i];
            if (cie.IsLive && cie.Canonical == i)
                WriteRange(_sections.Relocations(cie.Row)[cie.RelocationsBegin..cie.RelocationsEnd], cie.Row, start + cie.OutputOffset - cie.Offset, target, ref next, symtab);
        }

        foreach (ref readonly Fde fde in _frames.Fdes.Span)
        {
            if (fde.IsLive)
                WriteRange(_sections.Relocations(fde.Row)[fde.RelocationsBegin..fde.RelocationsEnd], fde.Row, start + fde.OutputOffset - fde.Offset, target, ref next, symtab);
        }
    }

    private void WriteRange(ReadOnlySpan<Elf64_Rela> relocations, int row, ulong start, Span<Elf64_Rela> target, ref int next, SymtabWriter symtab)
    {
        ObjectFile file = _sections.FileOf(row);
        bool isReversed = MemberOrder.IsReversed(_sections.Name(row).Span) && _layout.Sections[_sections[row].OutputSection].Type is SHT_INIT_ARRAY or SHT_FINI_ARRAY;
        foreach (ref readonly Elf64_Rela relocation in relocations)
        {
            ulong offset = isReversed ? _sections[row].Size - 8 - relocation.r_offset : relocation.r_offset;
            target[next++] = Translate(file, relocation, start + offset, symtab);
        }
    }

    private Elf64_Rela Translate(ObjectFile file, in Elf64_Rela relocation, ulong place, SymtabWriter symtab)
    {
        int index = (int)relocation.Symbol;
        long addend = relocation.r_addend;
        uint symbol = 0;
        if (index >= file.FirstGlobal)
        {
            symbol = symtab.EntryOf(_symbols.IdOf(file, index));
        }
        else if (index != 0 && file.Symbols[index].Type != STT_SECTION)
        {
            symbol = symtab.EntryOf(file, index);
        }
        else if (index != 0 && SectionOf(file, index) is >= 0 and int section)
        {
            symbol = symtab.EntryOfSection(section);
            addend += (long)(_addresses.OfLocal(file, index, addend) - _layout.Sections[section].Address);
        }

        // What speaks of a section that is not part of the output is left without meaning.
        return symbol == 0 && index != 0
            ? new Elf64_Rela { r_offset = place }
            : new Elf64_Rela { r_offset = place, r_info = ((ulong)symbol << 32) | relocation.Type, r_addend = addend };
    }

    private int SectionOf(ObjectFile file, int symbol)
    {
        uint header = file.SectionOf(symbol, file.Symbols[symbol]);
        return header is 0 or >= 0xffff0000u ? -1 : OutputOf(file.SectionBase + (int)header);
    }

    private int OutputOf(int row)
    {
        ref readonly InputSection section = ref _sections[row];
        ref readonly SectionFate fate = ref _sections.Fate(row);
        if ((fate.State & SectionState.Folded) != 0)
            return OutputOf(section.Extra);
        if (fate.Kind == SectionKind.EhFrame)
            return _layout.EhFrame.OutputSection;
        if (!fate.IsLive)
            return -1;
        return fate.Kind == SectionKind.Mergeable && section.Extra != 0 ? _merges.MergedOf(row).OutputSection : section.OutputSection;
    }
}
