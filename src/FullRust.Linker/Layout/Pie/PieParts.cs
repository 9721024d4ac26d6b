// Everything that a static position-independent executable has and one at fixed addresses has not, from the count of its
// self-relocations (before layout) to their addresses and values (after it).

using System;
using System.Collections.Generic;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using FullRust.Linker.Writing;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Pie;

internal sealed class PieParts
{
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly SlotTable _slots;
    private readonly GotSection _got;
    private readonly RelativePlaces _places;
    private readonly FixedSection _symtab, _strtab, _hash;
    private readonly RelaDynSection _rela;
    private readonly RelrSection _relr;
    private readonly DynamicSection _dynamic;

    private PieParts(SectionTable sections, SymbolTable symbols, SlotTable slots, GotSection got, RelativePlaces places, SectionNameBytes names, bool usesRelr)
    {
        _sections = sections;
        _symbols = symbols;
        _slots = slots;
        _got = got;
        _places = places;
        _symtab = new FixedSection(names.Dynsym, SHT_DYNSYM, Elf64_Sym.Size, 3, new byte[Elf64_Sym.Size]);
        _strtab = new FixedSection(names.Dynstr, SHT_STRTAB, 0, 0, new byte[1]);
        _hash = new FixedSection(names.Hash, SHT_HASH, 4, 3, [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]); // one bucket, one symbol
        UsesRelr = usesRelr && places.Even.Count > 0;
        _rela = new RelaDynSection(names.RelaDyn, places.Others.Count + (UsesRelr ? 0 : places.Even.Count), slots.Iplt.Count);
        _relr = new RelrSection(names.RelrDyn, UsesRelr);
        _dynamic = new DynamicSection(names.Dynamic, Tags());
    }

    /// <summary>Whether some relocations are bitmaps, whose size depends on addresses.</summary>
    internal bool UsesRelr { get; }

    /// <summary>Counts the self-relocations and makes the sections; null for an executable at fixed addresses.</summary>
    internal static PieParts? Make(
        SectionTable sections, SymbolTable symbols, SlotTable slots, EhFrame frames, GotSection got, SectionNameBytes names, bool followsScript, LinkOptions options, DiagnosticSink sink)
    {
        if (options.OutputKind != OutputKind.StaticPie)
            return null;
        RelativePlaces places = RelativePlaces.Collect(sections, symbols, slots, frames, options, sink);
        return new PieParts(sections, symbols, slots, got, places, names, options.PackRelativeRelocations && !followsScript);
    }

    /// <summary>The sections; those without contents are empty.</summary>
    internal IEnumerable<SyntheticSection> Synthetic => [_symtab, _hash, _strtab, _rela, _relr, _dynamic];

    /// <summary>Makes room for the bitmaps of a layout.</summary>
    /// <returns>Whether the section grew, so that addresses must be assigned again.</returns>
    internal bool Grow(List<OutputSection> outputs)
    {
        if (!UsesRelr)
            return false;
        var addresses = new ulong[_places.Even.Count];
        for (int i = 0; i < addresses.Length; i++)
            addresses[i] = AddressOf(_places.Even[i], outputs);
        Array.Sort(addresses);
        _relr.Words = RelrEncoding.Encode(addresses);
        ulong size = 8UL * (ulong)_relr.Words.Count;
        if (size <= _relr.Size)
            return false;
        _relr.Size = outputs[_relr.OutputSection].Size = size;
        return true;
    }

    /// <summary>Computes the relocations when every address is known.</summary>
    internal void Connect(OutputLayout layout, RelocationApplier applier, SymbolAddresses addresses, AssignedSymbols assigned)
    {
        SetLink(layout, _symtab, _strtab, info: 1);
        SetLink(layout, _hash, _symtab);
        SetLink(layout, _rela, _symtab);
        SetLink(layout, _dynamic, _strtab);
        foreach (RelativePlace place in UsesRelr ? _places.Others : [.. _places.Even, .. _places.Others])
        {
            if (Moves(place, assigned))
                _rela.Relatives.Add((AddressOf(place, layout.Sections), ValueOf(place, applier, addresses)));
        }

        _rela.Relatives.Sort((a, b) => a.Place.CompareTo(b.Place));
        for (int i = 0; i < _slots.Iplt.Count; i++)
            _rela.Indirect.Add((_got.IpltSlot(i), addresses.ResolverOf(_slots.Iplt[i])));
    }

    private List<(long Tag, Func<ulong> Value)> Tags()
    {
        List<(long Tag, Func<ulong> Value)> tags =
        [
            (DT_HASH, () => _hash.Address), (DT_STRTAB, () => _strtab.Address), (DT_SYMTAB, () => _symtab.Address), (DT_STRSZ, () => _strtab.Size),
            (DT_SYMENT, static () => Elf64_Sym.Size),
        ];
        if (_rela.Size != 0)
            tags.AddRange([(DT_RELA, () => _rela.Address), (DT_RELASZ, () => _rela.Size), (DT_RELAENT, static () => Elf64_Rela.Size), (DT_RELACOUNT, () => (ulong)_rela.RelativeCount)]);
        if (UsesRelr)
            tags.AddRange([(DT_RELR, () => _relr.Address), (DT_RELRSZ, () => _relr.Size), (DT_RELRENT, static () => 8)]);
        tags.AddRange([(DT_FLAGS, static () => DF_BIND_NOW), (DT_FLAGS_1, static () => DF_1_NOW | DF_1_PIE)]);
        return tags;
    }

    private static void SetLink(OutputLayout layout, SyntheticSection from, SyntheticSection to, uint info = 0)
    {
        if (from.OutputSection < 0 || to.OutputSection < 0)
            return;
        layout.Sections[from.OutputSection].LinkTarget = layout.Sections[to.OutputSection];
        layout.Sections[from.OutputSection].Info = info;
    }

    private ulong AddressOf(RelativePlace place, List<OutputSection> outputs)
    {
        if (place.Row == 0)
            return outputs[_got.OutputSection].Address + _got.Offset + (8UL * (ulong)(_slots.Iplt.Count + place.Index));
        ref readonly InputSection section = ref _sections[place.Row];
        OutputSection output = outputs[section.OutputSection];
        ulong offset = _sections.Relocations(place.Row)[place.Index].r_offset;

        // The entries of .ctors and .dtors are written from the last to the first.
        if (output.Type is SHT_INIT_ARRAY or SHT_FINI_ARRAY && MemberOrder.IsReversed(_sections.Name(place.Row).Span))
            offset = section.Size - 8 - offset;
        return output.Address + section.Offset + offset;
    }

    private ulong ValueOf(RelativePlace place, RelocationApplier applier, SymbolAddresses addresses) => place.Row == 0
        ? addresses.OfSlot(_slots.Got[place.Index])
        : applier.ValueOf(place.Row, _sections.Relocations(place.Row)[place.Index]);

    private bool Moves(RelativePlace place, AssignedSymbols assigned)
    {
        int id;
        if (place.Row == 0)
        {
            id = _slots.Got[place.Index].Id;
        }
        else
        {
            ObjectFile file = _sections.FileOf(place.Row);
            int index = (int)_sections.Relocations(place.Row)[place.Index].Symbol;
            id = index >= file.FirstGlobal ? _symbols.IdOf(file, index) : -1;
        }

        return id < 0 || (_symbols[id].Flags & SymbolFlags.Assigned) == 0 || assigned.SectionOf(id) >= 0;
    }
}
