// The order of input sections where options ask for one: reversed, shuffled by a seed, by a file of symbols or by calls (LLVM's and
// mold's options). Arrays of constructors and code that runs through (.init, .fini) keep theirs: their order is their meaning.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal sealed class RequestedOrder
{
    private readonly SectionTable _sections;
    private readonly bool _reverses;
    private readonly SortSectionPolicy _sortKey;
    private readonly List<(Glob Pattern, uint Seed)> _shuffles;
    private readonly Dictionary<int, int> _placeOf = [];

    private RequestedOrder(SectionTable sections, LinkOptions options)
    {
        _sections = sections;
        _reverses = options.ReverseSections;
        _sortKey = options.SortSection;
        _shuffles = [.. options.ShuffleSections.Select(static r => (new Glob(r.Pattern), r.Seed))];
    }

    /// <summary>What options ask for; null for nothing.</summary>
    internal static RequestedOrder? From(SectionTable sections, SymbolTable symbols, LinkOptions options, DiagnosticSink sink)
    {
        string text = "";
        if (options.SymbolOrderingFile is { } path && !TextFile.TryRead(path, out text, out string error))
            sink.Error(DiagnosticId.CannotOpen, $"cannot open {path}: {error}");

        // A list of symbols says more than a profile.
        CallGraphOrder? calls = options.SymbolOrderingFile is null ? CallGraphInputs.Read(sections, symbols, options, sink) : null;
        if (text.Length == 0 && calls is null && !options.ReverseSections && options.ShuffleSections.Count == 0 && options.SortSection == SortSectionPolicy.None)
            return null;
        var order = new RequestedOrder(sections, options);
        order.ReadSymbols(text, symbols, options, sink);
        foreach (int row in calls?.Sort() ?? [])
            order.Place(row, order._placeOf.Count);
        return order;
    }

    /// <summary>--sort-section, as if the default layout were a script: before sections of one kind are put beside each other.</summary>
    internal void SortBySection(OutputSection output)
    {
        if (_sortKey == SortSectionPolicy.None || output.Members.Count < 2 || IsFixed(output))
            return;
        int[] members = output.Members.Span.ToArray();
        members = _sortKey == SortSectionPolicy.Alignment
            ? [.. members.OrderByDescending(m => m > 0 ? _sections[m].AlignmentLog2 : 0)]
            : [.. members.OrderBy(m => m > 0 ? _sections.Name(m).ToString() : "", StringComparer.Ordinal)];
        members.CopyTo(output.Members.Span);
    }

    /// <summary>Arranges the members of an output section.</summary>
    internal void Apply(OutputSection output)
    {
        if (output.Members.Count < 2 || IsFixed(output))
            return;
        int[] members = output.Members.Span.ToArray();
        if (_reverses)
            Array.Reverse(members);
        foreach ((Glob pattern, uint seed) in _shuffles)
            Shuffle(members, pattern, seed);
        if (_placeOf.Count > 0)
            members = [.. members.OrderBy(m => _placeOf.GetValueOrDefault(m, int.MaxValue))];
        members.CopyTo(output.Members.Span);
    }

    private static bool IsFixed(OutputSection output)
    {
        ReadOnlySpan<byte> name = output.Name.Span;
        return output.Type is SHT_INIT_ARRAY or SHT_FINI_ARRAY or SHT_PREINIT_ARRAY || name.SequenceEqual(".init"u8) || name.SequenceEqual(".fini"u8) ||
            name.SequenceEqual(".ctors"u8) || name.SequenceEqual(".dtors"u8) || name.SequenceEqual(".eh_frame"u8);
    }

    // The sections that match change places among themselves; what does not match stays where it is.
    private void Shuffle(int[] members, Glob pattern, uint seed)
    {
        int[] places = [.. Enumerable.Range(0, members.Length).Where(i => members[i] > 0 && pattern.Matches(_sections.Name(members[i]).Span))];
        int[] chosen = [.. places.Select(i => members[i])];
        if (seed == uint.MaxValue)
        {
            Array.Reverse(chosen);
        }
        else
        {
            ulong state = seed;
            for (int i = chosen.Length - 1; i > 0; i--)
            {
                int other = (int)(Next(ref state) % (ulong)(i + 1));
                (chosen[i], chosen[other]) = (chosen[other], chosen[i]);
            }
        }

        for (int i = 0; i < places.Length; i++)
            members[places[i]] = chosen[i];
    }

    /// <summary>SplitMix64: the same order for a seed on every machine.</summary>
    internal static ulong Next(ref ulong state)
    {
        unchecked
        {
            ulong value = state += 0x9e3779b97f4a7c15;
            value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
            value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
            return value ^ (value >> 31);
        }
    }

    private void ReadSymbols(string text, SymbolTable symbols, LinkOptions options, DiagnosticSink sink)
    {
        var list = new OrderedSymbols(text, options, sink);
        if (list.Places.Count == 0)
            return;
        foreach ((string name, int place) in list.Places)
        {
            if (symbols.Find(Encoding.UTF8.GetBytes(name)) is int id and >= 0 && list.IsPlaced(name, symbols[id], _sections))
                Place(symbols[id].Section, place);
        }

        foreach (ObjectFile file in _sections.Objects)
            PlaceLocals(file, list);
        list.ReportMissing();
    }

    private void PlaceLocals(ObjectFile file, OrderedSymbols list)
    {
        ReadOnlySpan<Elf64_Sym> entries = file.Symbols[..file.FirstGlobal];
        for (int i = 1; i < entries.Length; i++)
        {
            if (entries[i].Type is STT_SECTION or STT_FILE || file.SectionOf(i, entries[i]) is 0 or >= 0xffff0000u)
                continue;
            string name = file.SymbolName(entries[i]).ToString();
            if (list.Places.TryGetValue(name, out int place) && list.IsFound(name))
                Place(file.SectionBase + (int)file.SectionOf(i, entries[i]), place);
        }
    }

    private void Place(int row, int place)
    {
        if ((_sections.Fate(row).State & SectionState.Folded) != 0)
            row = _sections[row].Extra;
        _placeOf[row] = Math.Min(place, _placeOf.GetValueOrDefault(row, int.MaxValue));
    }
}
