// The output's symbol table: file by file the local symbols behind their STT_FILE, then hidden globals (local in an executable, gABI,
// Symbol Visibility), then globals. Two passes over the same enumeration: one counts, so that the file's size is known, one writes.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Layout;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

/// <summary>The symbol table in the making.</summary>
internal sealed class SymtabWriter
{
    private const int GlobalsPerPart = 4096;
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly OutputLayout _layout;
    private readonly SymbolAddresses _addresses;
    private readonly LinkOptions _options;
    private readonly AssignedSymbols _assigned;
    private readonly EmittedRelocations? _relocations;
    private readonly int[][] _localEntries = [];
    private readonly int[] _globalEntries = [];
    private readonly int[] _sectionEntries = [];
    private readonly NativeList<SymtabPart> _parts = new();
    private readonly SymbolFilter _filter;
    private SymtabEntries? _entries;

    internal SymtabWriter(SectionTable sections, SymbolTable symbols, OutputLayout layout, SymbolAddresses addresses, AssignedSymbols assigned, SymbolSelection? selection, EmittedRelocations? relocations, LinkOptions options)
    {
        _relocations = relocations;
        if (relocations is not null)
            (_localEntries, _globalEntries, _sectionEntries) = (new int[sections.Objects.Count][], new int[symbols.Count], new int[layout.Sections.Count]);
        _assigned = assigned;
        _sections = sections;
        _symbols = symbols;
        _layout = layout;
        _addresses = addresses;
        _options = options;
        _filter = new SymbolFilter(sections, symbols, layout, selection, relocations, options);
        if (selection is not null && options.UniqueLocalNames && options.Discard != DiscardPolicy.All)
            _filter.NumberLocals(selection);
        Measure();
    }

    /// <summary>Number of entries, entry 0 included.</summary>
    internal int Count { get; private set; }

    /// <summary>Number of local entries, entry 0 included: sh_info.</summary>
    internal int LocalCount { get; private set; }

    /// <summary>Size of the string table in bytes.</summary>
    internal long StringSize { get; private set; }

    /// <summary>Number of a global symbol's entry; 0 if it has none. Known only for a table with kept relocations, as are the next two.</summary>
    internal uint EntryOf(int id) => (uint)_globalEntries[id];

    /// <summary>Number of a local symbol's entry.</summary>
    internal uint EntryOf(ObjectFile file, int symbol) => (uint)_localEntries[file.Index][symbol];

    /// <summary>Number of the entry that stands for an output section.</summary>
    internal uint EntryOfSection(int outputSection) => (uint)_sectionEntries[outputSection];

    /// <summary>Cuts the table into ranges that threads can write one by one, once sections have their numbers.</summary>
    /// <param name="size">Bytes of entries and strings from which on a range ends.</param>
    internal List<SymtabRange> Cut(long size)
    {
        _entries ??= new SymtabEntries(_sections, _symbols, _layout, _addresses, _assigned, _filter, _relocations, _options);
        var ranges = new List<SymtabRange>();
        for (int first = 0, next; first < _parts.Count; first = next)
        {
            long bytes = 0;
            for (next = first; next < _parts.Count && bytes < size; next++)
                bytes += ((long)_parts[next].Count * Elf64_Sym.Size) + _parts[next].StringSize;
            ref readonly SymtabPart begin = ref _parts[first], last = ref _parts[next - 1];
            ranges.Add(new SymtabRange(
                first, next, begin.FirstEntry, last.FirstEntry + last.Count - begin.FirstEntry, begin.FirstString, last.FirstString + last.StringSize - begin.FirstString));
        }

        return ranges;
    }

    /// <summary>Writes a range of the table. Thread-safe.</summary>
    /// <param name="range">One of <see cref="Cut"/>.</param>
    /// <param name="entries">Takes its entries; need not be zeroed, nor need the next two.</param>
    /// <param name="extended">Takes the section indices that do not fit into entries (SHT_SYMTAB_SHNDX); empty if there is no such table.</param>
    /// <param name="strings">Takes its strings.</param>
    internal void Write(in SymtabRange range, Span<byte> entries, Span<byte> extended, Span<byte> strings)
    {
        for (int i = range.First; i < range.Last; i++)
        {
            ref readonly SymtabPart part = ref _parts[i];
            int entry = part.FirstEntry - range.FirstEntry;
            Span<byte> own = strings.Slice((int)(part.FirstString - range.FirstString), (int)part.StringSize);
            WritePart(part, new SymtabCursor(
                MemoryMarshal.Cast<byte, Elf64_Sym>(entries).Slice(entry, part.Count),
                extended.IsEmpty ? default : MemoryMarshal.Cast<byte, uint>(extended).Slice(entry, part.Count),
                own,
                part.FirstString));
        }
    }

    private void WritePart(in SymtabPart part, SymtabCursor output)
    {
        if (part.Kind == PartKind.Sections)
            _entries!.WriteSections(ref output);
        else if (part.Kind == PartKind.Locals)
            _entries!.WriteLocals(_sections.Objects[part.First], ref output);
        else
            _entries!.WriteGlobals(part.First, part.Last, ref output, part.Kind == PartKind.HiddenGlobals);
    }

    private void Measure()
    {
        if (_relocations is not null)
            _parts.Add(new SymtabPart { Kind = PartKind.Sections });
        for (int i = 0; i < _sections.Objects.Count; i++)
            _parts.Add(new SymtabPart { Kind = PartKind.Locals, First = i });
        AddGlobalParts(PartKind.HiddenGlobals);
        int globals = _parts.Count;
        AddGlobalParts(PartKind.Globals);
        ForParts((first, last) =>
        {
            for (int i = first; i < last; i++)
                Measure(ref _parts[i]);
        });

        Count = 1;
        StringSize = 1;
        for (int i = 0; i < _parts.Count; i++)
        {
            if (i == globals)
                LocalCount = Count;
            (_parts[i].FirstEntry, _parts[i].FirstString) = (Count, StringSize);
            Count += _parts[i].Count;
            StringSize += _parts[i].StringSize;
            if (_relocations is not null)
                FixEntries(_parts[i]);
        }
    }

    // Entries were counted from 1 within their part.
    private void FixEntries(in SymtabPart part)
    {
        if (part.Kind == PartKind.Locals)
        {
            foreach (ref int entry in _localEntries[part.First].AsSpan())
                entry += entry == 0 ? 0 : part.FirstEntry - 1;
            return;
        }

        for (int id = part.First; id < part.Last; id++)
        {
            if (_filter.Keeps(id, part.Kind == PartKind.HiddenGlobals))
                _globalEntries[id] += part.FirstEntry - 1;
        }
    }

    private void AddGlobalParts(PartKind kind)
    {
        // One part at least, so that the border between locals and globals is always a part's.
        int first = 0;
        do
        {
            int last = Math.Min(first + GlobalsPerPart, _symbols.Count);
            _parts.Add(new SymtabPart { Kind = kind, First = first, Last = last });
            first = last;
        }
        while (first < _symbols.Count);
    }

    private void ForParts(Action<int, int> body)
    {
        const int ManySymbols = 16384;
        bool areMany = _symbols.GlobalIds.Count + _sections.Count > ManySymbols;
        ParallelRanges.For(_parts.Count, Math.Clamp(_parts.Count / 64, 1, 64), areMany ? _options.ThreadCount : 1, body);
    }

    private void Measure(ref SymtabPart part)
    {
        if (part.Kind == PartKind.Sections)
        {
            for (int i = 0; i < _layout.Sections.Count; i++)
                _sectionEntries[i] = _layout.Sections[i].IsPresent ? ++part.Count : 0;
            return;
        }

        if (part.Kind == PartKind.Locals)
        {
            MeasureLocals(_sections.Objects[part.First], ref part);
            return;
        }

        for (int id = part.First; id < part.Last; id++)
        {
            _filter.PrefetchAhead(id);
            if (!_filter.Keeps(id, part.Kind == PartKind.HiddenGlobals))
                continue;
            if (_relocations is not null)
                _globalEntries[id] = part.Count + 1;
            if (_options.GnuUnique && part.Kind == PartKind.Globals && _filter.IsUnique(_symbols[id]))
                _layout.UsesGnuAbi = true;
            part.Add(_symbols.NameOf(id));
        }
    }

    private void MeasureLocals(ObjectFile file, ref SymtabPart part)
    {
        if (_relocations is not null)
            _localEntries[file.Index] = new int[file.FirstGlobal];
        if (_options.Discard == DiscardPolicy.All && _relocations is null)
            return;
        ReadOnlySpan<Elf64_Sym> symbols = file.Symbols;
        int pendingFile = 0;
        for (int i = 1; i < file.FirstGlobal; i++)
        {
            _filter.PrefetchAhead(file, symbols, i);
            if (symbols[i].Type == STT_FILE)
            {
                pendingFile = i;
                continue;
            }

            if (!_filter.Keeps(file, i, symbols[i], out NativeBytes name))
                continue;
            if (pendingFile != 0)
                part.Add(file.SymbolName(symbols[pendingFile]));
            pendingFile = 0;
            if (_relocations is not null)
                _localEntries[file.Index][i] = part.Count + 1;
            part.Add(name);
        }
    }
}
