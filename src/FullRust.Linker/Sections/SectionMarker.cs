// Phase "mark sections": vertices are sections, edges are relocations. What a root reaches is live; the rest is never read again.
// Each live section's relocations are visited once, and the same visit decides what they need (RelocationScanner). For every live
// section the section that reached it first is kept: the chain that error messages and --why-live print.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Objects;
using FullRust.Linker.Relocations;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Sections;

/// <summary>Decides which sections are part of the output.</summary>
internal sealed class SectionMarker : IDisposable
{
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly MergeSections _merges;
    // What reads unwind tables while a program runs: ours, that of GCC's and LLVM's libraries, and how others find the tables.
    private static readonly string[] Unwinders =
    [
        "__fullrust_find_fde", "_Unwind_Find_FDE", "_Unwind_RaiseException", "_Unwind_ForcedUnwind", "_Unwind_Backtrace", "unw_init_local", "unw_step",
        "__register_frame", "__register_frame_info", "__deregister_frame_info", "dl_iterate_phdr", "__ehdr_start", "__executable_start", "__GNU_EH_FRAME_HDR",
        "__eh_frame_start", "__eh_frame_hdr_start",
    ];

    private readonly EhFrame _frames;
    private readonly StartStopSections _startStop;
    private readonly LinkOptions _options;
    private readonly NativeList<int> _work = new(256);
    private RelocationScanner? _scanner;
    private bool _keepsFrames = true;

    internal SectionMarker(SectionTable sections, SymbolTable symbols, MergeSections merges, EhFrame frames, StartStopSections startStop, LinkOptions options)
    {
        _sections = sections;
        _symbols = symbols;
        _merges = merges;
        _frames = frames;
        _startStop = startStop;
        _options = options;
        ReachedFrom = new ReachedFrom(sections, options.ThreadCount);
    }

    /// <summary>For each live section the section that reached it first; 0 for roots.</summary>
    internal ReachedFrom ReachedFrom { get; }

    /// <summary>Marks, and visits every live section's relocations once.</summary>
    internal void Mark(RelocationScanner scanner)
    {
        _scanner = scanner;
        MarkRoots();
        _merges.SplitBeside(VisitReached);
    }

    private void VisitReached()
    {
        if (!_options.GcSections)
        {
            // Everything is live already: only needs are left to find, and they do not depend on the order.
            int threads = _options.ThreadCount;
            ParallelRanges.For(_work.Count, 4096, threads, VisitRange);
            _work.Truncate(0);
            return;
        }

        _keepsFrames = !_options.StripUnwindTables || _options.Strip != StripPolicy.All;
        VisitWaiting();
        if (!_keepsFrames && Array.Exists(Unwinders, IsReached))
        {
            _keepsFrames = true;
            VisitFramesOfLive();
            VisitWaiting();
        }
    }

    /// <summary>Reaches what a symbol stands for.</summary>
    internal void ReachSymbol(int id, int from)
    {
        ref Symbol symbol = ref _symbols[id];
        symbol.AddAtomically(SymbolFlags.Reached);
        if (symbol.Section != 0)
            ReachSection(symbol.Section, symbol.Value, from);
        else if ((symbol.Flags & SymbolFlags.StartStop) != 0 && !_options.StartStopGc)
            ReachNamed(id, from);
    }

    /// <summary>Reaches a section; of a mergeable one the piece at an offset.</summary>
    internal void ReachSection(int row, ulong offset, int from)
    {
        ref InputSection section = ref _sections[row];
        if (_sections.Fate(row).Kind == SectionKind.Mergeable && _options.GcSections && (section.Flags & (uint)SHF_ALLOC) != 0)
            _merges.Reach(row, offset);
        Enliven(row, from);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work.Dispose();
        ReachedFrom.Dispose();
    }

    private void VisitWaiting()
    {
        while (_work.Count > 0)
        {
            int row = _work[_work.Count - 1];
            _work.Truncate(_work.Count - 1);
            Visit(row);
        }
    }

    private bool IsReached(string name)
    {
        int id = _symbols.Find(Encoding.UTF8.GetBytes(name));
        return id >= 0 && (_symbols[id].Flags & SymbolFlags.Reached) != 0;
    }

    private void VisitFramesOfLive()
    {
        for (int row = 1; row < _sections.Count; row++)
        {
            if (_sections.Fate(row).IsLive)
                VisitFrames(row);
        }
    }

    private void MarkRoots()
    {
        bool keepsExported = _options.GcKeepExported && _options.GcSections;
        for (int id = 0; id < _symbols.Count; id++)
        {
            if ((_symbols[id].Flags & SymbolFlags.Root) != 0 || (keepsExported && IsExported(_symbols[id])))
                ReachSymbol(id, 0);
        }

        ReachByName(_options.InitSymbol);
        ReachByName(_options.FiniSymbol);

        MarkRootSections();
    }

    private void MarkRootSections()
    {
        const int PerRange = 32768;
        var found = new NativeList<int>[(_sections.Count + PerRange - 1) / PerRange];
        ParallelRanges.For(found.Length, 1, _options.ThreadCount, (first, last) =>
        {
            for (int i = first; i < last; i++)
                found[i] = RootsAmong(i * PerRange, Math.Min((i + 1) * PerRange, _sections.Count));
        });
        foreach (NativeList<int> rows in found)
        {
            foreach (int row in rows.Span)
            {
                if (row > 0)
                    _work.Add(row);
                else
                    ReachWhole(~row, 0);
            }

            rows.Dispose();
        }
    }

    // Marks what is live from the beginning, and gives what was not before; of mergeable sections the complement, and nothing is marked yet.
    private NativeList<int> RootsAmong(int first, int end)
    {
        var rows = new NativeList<int>();
        for (int row = Math.Max(first, 1); row < end; row++)
        {
            ref SectionFate fate = ref _sections.Fate(row);
            if (!IsRoot(row))
                continue;
            if (fate.Kind == SectionKind.Mergeable)
            {
                rows.Add(~row);
                _sections.PrefetchHeaders(row);
            }
            else if ((fate.State & SectionState.Live) == 0)
            {
                fate.State |= SectionState.Live;
                rows.Add(row);
            }
        }

        return rows;
    }

    private bool IsRoot(int row)
    {
        SectionFate fate = _sections.Fate(row);
        if (fate.Kind is SectionKind.None or SectionKind.EhFrame or SectionKind.Property || (fate.State & SectionState.Discarded) != 0)
            return false;
        ref readonly InputSection section = ref _sections[row];

        // Without a section table nobody would find what is not loaded.
        bool isAllocated = (section.Flags & (uint)SHF_ALLOC) != 0;
        bool isKept = isAllocated ? !_options.GcSections || (fate.State & SectionState.Root) != 0 : _options.SectionHeaders;
        bool followsAnother = _options.GcSections && (section.Flags & (uint)(SHF_LINK_ORDER | SHF_ALLOC)) == (uint)SHF_LINK_ORDER;
        return isKept && !followsAnother;
    }

    private void ReachWhole(int row, int from)
    {
        _merges.ReachAll(row);
        Enliven(row, from);
    }

    private void ReachByName(string name)
    {
        int id = _symbols.Find(Encoding.UTF8.GetBytes(name));
        if (id >= 0)
            ReachSymbol(id, 0);
    }

    private static bool IsExported(in Symbol symbol) =>
        (symbol.Flags & SymbolFlags.Defined) != 0 && symbol.Visibility is STV_DEFAULT or STV_PROTECTED;

    private void Enliven(int row, int from)
    {
        ref SectionFate fate = ref _sections.Fate(row);
        if ((fate.State & (SectionState.Live | SectionState.Discarded)) != 0 || fate.Kind == SectionKind.None)
            return;
        fate.State |= SectionState.Live;
        ReachedFrom[row] = from;
        _work.Add(row);
        if (_options.GcSections)
            _sections.PrefetchHeaders(row);
    }

    private void VisitRange(int first, int last)
    {
        const int Distance = 6;
        for (int i = first; i < last; i++)
        {
            if (i + (2 * Distance) < last)
                _sections.PrefetchHeaders(_work[i + (2 * Distance)]);
            if (i + Distance < last)
                _sections.PrefetchBytes(_work[i + Distance]);
            Visit(_work[i]);
        }
    }

    private void Visit(int row)
    {
        ref readonly InputSection section = ref _sections[row];
        if ((section.Flags & (uint)SHF_ALLOC) != 0)
            _scanner!.Scan(row, this);
        if (_keepsFrames)
            VisitFrames(row);
        if (section.Group != 0)
            VisitGroup(_sections.Objects[section.File], section.Group, row);
        if (_sections.LinkOrder.Count > 0 && _sections.LinkOrder.TryGetValue(row, out List<int>? followers))
        {
            foreach (int follower in followers)
                Enliven(follower, row);
        }
    }

    private void VisitFrames(int row)
    {
        for (int fde = _sections[row].FirstFde; fde != 0; fde = _frames.Fdes[fde - 1].Next)
            VisitFde(fde - 1, row);
    }

    private void VisitFde(int index, int row)
    {
        ref Fde fde = ref _frames.Fdes[index];
        fde.IsLive = true;
        ObjectFile file = _sections.FileOf(fde.Row);
        ReachRelocations(file, _sections.Relocations(fde.Row)[Math.Min(fde.RelocationsBegin + 1, fde.RelocationsEnd)..fde.RelocationsEnd], row);
        ref Cie cie = ref _frames.Cies[fde.Cie];
        if (cie.IsLive)
            return;
        cie.IsLive = true;
        ReachRelocations(file, _sections.Relocations(cie.Row)[cie.RelocationsBegin..cie.RelocationsEnd], row);
    }

    private void ReachRelocations(ObjectFile file, ReadOnlySpan<Elf64_Rela> relocations, int from)
    {
        foreach (ref readonly Elf64_Rela relocation in relocations)
            _scanner!.Reach(file, relocation, from, this);
    }

    private void VisitGroup(ObjectFile file, int group, int from)
    {
        foreach (uint member in file.SectionBytes(group).Cast<uint>()[1..])
            Enliven(file.SectionBase + (int)member, from);
    }

    private void ReachNamed(int id, int from)
    {
        foreach (int row in _startStop.SectionsOf(_symbols.NameOf(id).Span))
        {
            if (_sections.Fate(row).Kind == SectionKind.Mergeable)
                ReachWhole(row, from);
            else
                Enliven(row, from);
        }
    }
}
