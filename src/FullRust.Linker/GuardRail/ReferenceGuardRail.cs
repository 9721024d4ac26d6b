// Phase "guard rail: references": no live relocation may refer to a name that nobody defines. References from dead code are no
// error: the precompiled alloc mentions strlen, and a program that never reaches it links without one. Only when something is wrong
// are the live sections read a second time, to say who asks and through whom.

using System;
using System.Collections.Generic;
using FullRust.Elf.Demangling;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.GuardRail;

internal sealed class ReferenceGuardRail
{
    private const int PlacesShown = 3;

    // Telling places apart reads the object's symbols: of a name that is used all over, the first uses are enough to choose from.
    private const int PlacesLookedAt = 64;
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly SectionMarker _marker;
    private readonly LinkOptions _options;
    private readonly Dictionary<int, List<(int Row, ulong Offset)>> _places = [];
    private readonly Dictionary<int, int> _counts = [];
    private readonly Dictionary<int, ObjectFile> _discarded = [];

    private ReferenceGuardRail(SectionTable sections, SymbolTable symbols, SectionMarker marker, LinkOptions options)
    {
        _sections = sections;
        _symbols = symbols;
        _marker = marker;
        _options = options;
    }

    /// <summary>Reports every undefined name that live code asks for.</summary>
    internal static void Check(SectionTable sections, SymbolTable symbols, SectionMarker marker, LinkOptions options, DiagnosticSink sink)
    {
        if (options.Unresolved == UnresolvedPolicy.Ignore)
            return;
        var rail = new ReferenceGuardRail(sections, symbols, marker, options);
        for (int id = 0; id < symbols.Count; id++)
        {
            if ((symbols[id].Flags & SymbolFlags.LiveUndefined) != 0 && !IsIgnored(symbols, id, options))
                rail._places[id] = [];
        }

        if (rail._places.Count == 0)
            return;
        rail.FindPlaces();
        rail.FindDiscardedDefinitions();
        Severity severity = options.Unresolved == UnresolvedPolicy.Warn ? Severity.Warning : Severity.Error;
        foreach ((int id, List<(int Row, ulong Offset)> places) in rail._places)
        {
            sink.Report(severity, DiagnosticId.UndefinedSymbol, rail.MessageOf(id), rail.Notes(id, places), places.Count > 0 ? places[0].Row : 0, symbols.NameOf(id).ToString());
        }
    }

    private string MessageOf(int id)
    {
        string name = SymbolText.Name(_symbols.NameOf(id), _options);
        return _discarded.ContainsKey(id) ? $"relocation refers to a symbol in a discarded section: {name}" : $"undefined {VisibilityText(_symbols[id].Visibility)}symbol: {name}";
    }

    private static string VisibilityText(byte visibility) => visibility switch
    {
        STV_INTERNAL => "internal ",
        STV_HIDDEN => "hidden ",
        STV_PROTECTED => "protected ",
        _ => "",
    };

    private static bool IsIgnored(SymbolTable symbols, int id, LinkOptions options) =>
        options.IgnoredUnresolvedSymbols.Count > 0 && options.IgnoredUnresolvedSymbols.Contains(symbols.NameOf(id).ToString());

    private void FindPlaces()
    {
        for (int row = 1; row < _sections.Count; row++)
        {
            ref readonly InputSection section = ref _sections[row];
            ref readonly SectionFate fate = ref _sections.Fate(row);
            bool isUnwind = fate.Kind == SectionKind.EhFrame;
            if ((!fate.IsLive && !isUnwind) || (section.Flags & (uint)SHF_ALLOC) == 0)
                continue;
            ObjectFile file = _sections.Objects[section.File];
            foreach (ref readonly Elf64_Rela relocation in _sections.Relocations(row))
            {
                if (relocation.Symbol >= (uint)file.FirstGlobal && relocation.Symbol < (uint)file.SymbolCount)
                    AddPlace(_symbols.IdOf(file, (int)relocation.Symbol), row, relocation.r_offset);
            }
        }
    }

    // A name that only a copy of a COMDAT group defines which lost against another object's.
    private void FindDiscardedDefinitions()
    {
        foreach (ObjectFile file in _sections.Objects)
        {
            ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
            for (int i = file.FirstGlobal; i < entries.Length; i++)
            {
                uint header = file.SectionOf(i, entries[i]);
                if (header is not 0 and < 0xffff0000u && (_sections.Fate(file.SectionBase + (int)header).State & SectionState.Discarded) != 0 && _places.ContainsKey(_symbols.IdOf(file, i)))
                    _discarded.TryAdd(_symbols.IdOf(file, i), file);
            }
        }
    }

    private void AddPlace(int id, int row, ulong offset)
    {
        if (!_places.TryGetValue(id, out List<(int Row, ulong Offset)>? places))
            return;
        int count = _counts[id] = _counts.GetValueOrDefault(id) + 1;
        if (count <= PlacesLookedAt && places.Count < (_options.WarnOnce ? 1 : PlacesShown) && (places.Count == 0 || !IsSamePlace(places[^1], row, offset)))
            places.Add((row, offset));
    }

    private bool IsSamePlace((int Row, ulong Offset) place, int row, ulong offset)
    {
        if (place.Row != row)
            return false;
        int holder = ReferenceText.HolderOf(_sections, row, offset);
        return holder != 0 && holder == ReferenceText.HolderOf(_sections, row, place.Offset);
    }

    private List<string> Notes(int id, List<(int Row, ulong Offset)> places)
    {
        var notes = new List<string>();
        if (_discarded.TryGetValue(id, out ObjectFile? definer))
            notes.Add($">>> defined in {definer.DisplayName}");
        foreach ((int row, ulong offset) in places)
            AddPlaceText(notes, row, offset);
        int more = _counts.GetValueOrDefault(id) - places.Count;
        if (more > 0 && !_options.WarnOnce)
            notes.Add($">>> referenced {more} more time{(more == 1 ? "" : "s")}");
        if (places.Count > 0)
            AddChain(notes, places[0].Row);
        if (definer is null)
            AddAdvice(notes, id);
        else
            notes.Add("= another object's copy of the same COMDAT group was kept, and it does not define this name: the two were made from different sources");
        return notes;
    }

    private void AddPlaceText(List<string> notes, int row, ulong offset)
    {
        string place = ReferenceText.Describe(_sections, row, offset, _options);
        string? line = SourceLines.Find(_sections, row, offset);
        if (line is null)
        {
            notes.Add($">>> referenced by {place}");
            return;
        }

        notes.Add($">>> referenced by {line}");
        notes.Add($">>>               {place}");
    }

    private void AddChain(List<string> notes, int row)
    {
        List<string> chain = ReferenceChain.From(row, _sections, _marker.ReachedFrom, _options);
        if (chain.Count > 1)
            notes.Add($">>> reached by {string.Join(" <- ", chain)}");
    }

    private void AddAdvice(List<string> notes, int id)
    {
        ReadOnlySpan<byte> name = _symbols.NameOf(id).Span;
        string readable = SymbolText.Name(_symbols.NameOf(id), _options);
        if (readable != Demangler.ToDisplay(name))
            notes.Add($"= the symbol's raw name is {Demangler.ToDisplay(name)}");
        if (WellKnownNames.TryFind(name, out WellKnownName known))
        {
            notes.Add($"= `{readable}` belongs to {known.Library}; a fullrust program has none: it is fully static and speaks to the kernel alone");
            if (known.Advice.Length > 0)
                notes.Add($"= {known.Advice}");
            return;
        }

        if (!TryAddMismatch(notes, name))
            AddNearest(notes, name);
    }

    private bool TryAddMismatch(List<string> notes, ReadOnlySpan<byte> name)
    {
        var mismatch = new LinkageMismatch(name);
        for (int id = 0; id < _symbols.Count; id++)
        {
            if (!_symbols[id].IsDefined)
                continue;
            LinkageMismatchKind kind = mismatch.Compare(_symbols.NameOf(id).Span);
            if (kind == LinkageMismatchKind.None)
                continue;
            notes.Add($"= {LinkageMismatch.Explain(kind, SymbolText.Name(_symbols.NameOf(id), _options))}");
            return true;
        }

        return false;
    }

    private void AddNearest(List<string> notes, ReadOnlySpan<byte> name)
    {
        var nearest = new NearestName(name);
        for (int id = 0; id < _symbols.Count; id++)
        {
            if (_symbols[id].IsDefined)
                nearest.Offer(_symbols.NameOf(id).Span, id);
        }

        if (nearest.Best >= 0)
            notes.Add($">>> did you mean: {SymbolText.Name(_symbols.NameOf(nearest.Best), _options)}");
    }
}
