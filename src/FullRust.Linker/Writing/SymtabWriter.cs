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
    private const int GlobalsPerPart = 16384;
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly OutputLayout _layout;
    private readonly SymbolAddresses _addresses;
    private readonly LinkOptions _options;
    private readonly AssignedSymbols _assigned;
    private readonly SymbolSelection? _selection;
    private readonly EmittedRelocations? _relocations;
    private readonly int[][] _localEntries = [];
    private readonly int[] _globalEntries = [];
    private readonly int[] _sectionEntries = [];
    private readonly byte[] _undefinedTypes = [];
    private readonly NativeList<Part> _parts = new();
    private SectionsByAddress? _byAddress;

    internal SymtabWriter(SectionTable sections, SymbolTable symbols, OutputLayout layout, SymbolAddresses addresses, AssignedSymbols assigned, SymbolSelection? selection, EmittedRelocations? relocations, LinkOptions options)
    {
        _relocations = relocations;
        if (relocations is not null)
            _undefinedTypes = TypesOfReferences(sections, symbols);
        if (relocations is not null)
            (_localEntries, _globalEntries, _sectionEntries) = (new int[sections.Objects.Count][], new int[symbols.Count], new int[layout.Sections.Count]);
        _assigned = assigned;
        _selection = selection;
        _sections = sections;
        _symbols = symbols;
        _layout = layout;
        _addresses = addresses;
        _options = options;
        if (_selection is not null && options.UniqueLocalNames && options.Discard != DiscardPolicy.All)
            NumberLocals(_selection);
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

    /// <summary>Writes entries and strings.</summary>
    /// <param name="buffer">The part of the file that holds all, zeroed.</param>
    /// <param name="entriesAt">File offset of the entries.</param>
    /// <param name="stringsAt">File offset of the strings.</param>
    /// <param name="extendedAt">File offset of the section indices that do not fit into entries (SHT_SYMTAB_SHNDX); 0 for none.</param>
    internal void Write(NativeBuffer buffer, long entriesAt, long stringsAt, long extendedAt)
    {
        _byAddress = new SectionsByAddress(_layout);
        ForParts((first, last) =>
        {
            for (int i = first; i < last; i++)
                WritePart(_parts[i], buffer, entriesAt, stringsAt, extendedAt);
        });
    }

    private void WritePart(in Part part, NativeBuffer buffer, long entriesAt, long stringsAt, long extendedAt)
    {
        Span<byte> entries = buffer.Slice(entriesAt + ((long)part.FirstEntry * Elf64_Sym.Size), (long)part.Count * Elf64_Sym.Size);
        Span<byte> strings = buffer.Slice(stringsAt + part.FirstString, part.StringSize);
        Span<byte> extended = extendedAt == 0 ? default : buffer.Slice(extendedAt + ((long)part.FirstEntry * sizeof(uint)), (long)part.Count * sizeof(uint));
        var output = new Cursor(MemoryMarshal.Cast<byte, Elf64_Sym>(entries), MemoryMarshal.Cast<byte, uint>(extended), strings, part.FirstString);
        if (part.Kind == PartKind.Sections)
            WriteSections(ref output);
        else if (part.Kind == PartKind.Locals)
            WriteLocals(_sections.Objects[part.First], ref output);
        else
            WriteGlobals(part.First, part.Last, ref output, part.Kind == PartKind.HiddenGlobals);
    }

    /// <summary>Section header index for an address of an input section, as the symbol table names it.</summary>
    private uint HeaderOf(int outputSection)
    {
        int index = outputSection < 0 ? 0 : _layout.Sections[outputSection].HeaderIndex;
        return index == 0 ? ObjectFile.Absolute : (uint)index;
    }

    // A reference says of a name that nobody defines whether it is thread-local.
    private static byte[] TypesOfReferences(SectionTable sections, SymbolTable symbols)
    {
        var types = new byte[symbols.Count];
        foreach (ObjectFile file in sections.Objects)
        {
            ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
            for (int i = file.FirstGlobal; i < entries.Length; i++)
            {
                int id = symbols.IdOf(file, i);
                if (!symbols[id].IsDefined && types[id] == STT_NOTYPE)
                    types[id] = entries[i].Type;
            }
        }

        return types;
    }

    private void NumberLocals(SymbolSelection selection)
    {
        foreach (ObjectFile file in _sections.Objects)
        {
            ReadOnlySpan<Elf64_Sym> symbols = file.Symbols;
            for (int i = 1; i < file.FirstGlobal; i++)
            {
                if (symbols[i].Type != STT_FILE && IsKept(file, i, symbols[i], out NativeBytes name))
                    selection.Use(file.Index, i, name);
            }
        }
    }

    private void Measure()
    {
        if (_relocations is not null)
            _parts.Add(new Part { Kind = PartKind.Sections });
        for (int i = 0; i < _sections.Objects.Count; i++)
            _parts.Add(new Part { Kind = PartKind.Locals, First = i });
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
    private void FixEntries(in Part part)
    {
        if (part.Kind == PartKind.Locals)
        {
            foreach (ref int entry in _localEntries[part.First].AsSpan())
                entry += entry == 0 ? 0 : part.FirstEntry - 1;
            return;
        }

        for (int id = part.First; id < part.Last; id++)
        {
            if (IsKept(id, part.Kind == PartKind.HiddenGlobals))
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
            _parts.Add(new Part { Kind = kind, First = first, Last = last });
            first = last;
        }
        while (first < _symbols.Count);
    }

    private void ForParts(Action<int, int> body)
    {
        const int ManySymbols = 16384;
        bool areMany = _symbols.GlobalIds.Count + _sections.Rows.Count > ManySymbols;
        ParallelRanges.For(_parts.Count, Math.Clamp(_parts.Count / 64, 1, 64), areMany ? _options.ThreadCount : 1, body);
    }

    private void Measure(ref Part part)
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
            if (!IsKept(id, part.Kind == PartKind.HiddenGlobals))
                continue;
            if (_relocations is not null)
                _globalEntries[id] = part.Count + 1;
            if (_options.GnuUnique && part.Kind == PartKind.Globals && IsUnique(_symbols[id]))
                _layout.UsesGnuAbi = true;
            part.Add(_symbols.NameOf(id));
        }
    }

    private void MeasureLocals(ObjectFile file, ref Part part)
    {
        if (_relocations is not null)
            _localEntries[file.Index] = new int[file.FirstGlobal];
        if (_options.Discard == DiscardPolicy.All && _relocations is null)
            return;
        ReadOnlySpan<Elf64_Sym> symbols = file.Symbols;
        int pendingFile = 0;
        for (int i = 1; i < file.FirstGlobal; i++)
        {
            if (symbols[i].Type == STT_FILE)
            {
                pendingFile = i;
                continue;
            }

            if (!IsKept(file, i, symbols[i], out NativeBytes name))
                continue;
            if (pendingFile != 0)
                part.Add(file.SymbolName(symbols[pendingFile]));
            pendingFile = 0;
            if (_relocations is not null)
                _localEntries[file.Index][i] = part.Count + 1;
            part.Add(name);
        }
    }

    private bool IsKept(ObjectFile file, int index, in Elf64_Sym symbol, out NativeBytes name)
    {
        name = default;
        if (symbol.Type == STT_SECTION)
            return false;
        uint header = file.SectionOf(index, symbol);
        if (header == 0 || (header >= 0xffff0000u && header != ObjectFile.Absolute))
            return false;
        if (header < 0xffff0000u)
        {
            ref readonly InputSection section = ref _sections[file.SectionBase + (int)header];

            // GNU as defines the signature of a group in the group's own section.
            bool isSignature = _layout.IsRelocatable && section.Kind == SectionKind.None && section.OutputSection >= 0;
            if (!isSignature && (!section.IsLive || ((section.Flags & (uint)SHF_ALLOC) == 0 && _relocations is null)))
                return false;
        }

        name = file.SymbolName(symbol);
        if (_relocations is not null && _relocations.Uses(file, index))
            return true;
        if (name.IsEmpty || _options.Discard == DiscardPolicy.All)
            return false;
        if (_options.Discard != DiscardPolicy.None && name.Length >= 2 && name.Span[0] == '.' && name.Span[1] == 'L')
            return false;
        if (_selection is null)
            return true;
        bool isRetained = _selection.Retains(name);
        name = _selection.NameOf(file.Index, index, name);
        return isRetained;
    }

    private bool IsKept(int id, bool isHidden)
    {
        ref readonly Symbol symbol = ref _symbols[id];
        if (!symbol.IsDefined)
            return _relocations is not null && !isHidden && IsUsed(symbol.Flags);
        if ((!_layout.IsRelocatable && symbol.Visibility is STV_HIDDEN or STV_INTERNAL) != isHidden)
            return false;
        if (_selection is not null && !_selection.Retains(_symbols.NameOf(id)))
            return false;
        if ((symbol.Flags & SymbolFlags.Common) != 0)
            return !_options.GcSections || (symbol.Flags & SymbolFlags.Reached) != 0;
        if ((symbol.Flags & SymbolFlags.LinkerDefined) != 0)
            return true;
        if (symbol.Section == 0)
            return true;
        ref readonly InputSection section = ref _sections[symbol.Section];
        return section.IsLive || (section.State & SectionState.Folded) != 0 || !_options.StripDiscarded;
    }

    private bool IsUnique(in Symbol symbol) =>
        (symbol.Flags & SymbolFlags.Defined) != 0 && _sections.Objects[symbol.File].Symbols[symbol.SymbolIndex].Binding == STB_GNU_UNIQUE;

    private bool IsUsed(SymbolFlags flags) => _layout.IsRelocatable && !_options.GcSections
        ? (flags & (SymbolFlags.Referenced | SymbolFlags.WeakReferenced)) != 0
        : (flags & SymbolFlags.Reached) != 0;

    private void WriteSections(ref Cursor output)
    {
        foreach (OutputSection section in _layout.Sections)
        {
            if (section.HeaderIndex != 0)
                output.Add(default, STT_SECTION, 0, (uint)section.HeaderIndex, section.Address, 0);
        }
    }

    private void WriteLocals(ObjectFile file, ref Cursor output)
    {
        if (_options.Discard == DiscardPolicy.All && _relocations is null)
            return;
        ReadOnlySpan<Elf64_Sym> symbols = file.Symbols;
        int pendingFile = 0;
        for (int i = 1; i < file.FirstGlobal; i++)
        {
            ref readonly Elf64_Sym symbol = ref symbols[i];
            if (symbol.Type == STT_FILE)
            {
                pendingFile = i;
                continue;
            }

            if (!IsKept(file, i, symbol, out NativeBytes name))
                continue;
            if (pendingFile != 0)
                output.Add(file.SymbolName(symbols[pendingFile]), STT_FILE, 0, ObjectFile.Absolute, 0, 0);
            pendingFile = 0;
            uint header = file.SectionOf(i, symbol);
            int row = header < 0xffff0000u ? file.SectionBase + (int)header : 0;
            ulong value = row == 0 ? symbol.st_value : _addresses.InSection(row, symbol.st_value);
            output.Add(name, symbol.st_info, symbol.st_other, SectionIndexOf(row), Relative(value, symbol.Type), symbol.st_size);
        }
    }

    private void WriteGlobals(int first, int last, ref Cursor output, bool isHidden)
    {
        for (int id = first; id < last; id++)
        {
            if (!IsKept(id, isHidden))
                continue;
            ref readonly Symbol symbol = ref _symbols[id];
            if (!symbol.IsDefined)
            {
                byte undefined = (byte)(((symbol.IsUndefinedWeak ? STB_WEAK : STB_GLOBAL) << 4) | _undefinedTypes[id]);
                output.Add(_symbols.NameOf(id), undefined, symbol.Visibility, SHN_UNDEF, 0, 0);
                continue;
            }

            bool isDefinedByInput = (symbol.Flags & SymbolFlags.Defined) != 0;
            Elf64_Sym entry = isDefinedByInput ? _sections.Objects[symbol.File].Symbols[symbol.SymbolIndex] : default;
            byte type = entry.Type;
            ulong value = _symbols.Addresses[id];
            uint section = isDefinedByInput ? SectionIndexOf(symbol.Section) : ObjectFile.Absolute;
            if ((symbol.Flags & SymbolFlags.Common) != 0 && _layout.IsRelocatable)
                (value, section) = CommonIn(id, entry.st_shndx);
            else if ((symbol.Flags & SymbolFlags.Common) != 0)
                (type, section) = (symbol.Flags & SymbolFlags.Tls) != 0 ? (STT_TLS, SectionNamed(".tbss"u8)) : (_options.KeepCommonType ? STT_COMMON : STT_OBJECT, SectionAt(value));
            if ((symbol.Flags & SymbolFlags.CanonicalIplt) != 0)
                (type, section) = (STT_FUNC, SectionAt(value));
            else if ((symbol.Flags & SymbolFlags.NeedsIplt) != 0)
                value = _addresses.OfDefinition(symbol);
            if ((symbol.Flags & SymbolFlags.LinkerDefined) != 0)
                section = SectionAt(value);
            if ((symbol.Flags & SymbolFlags.Assigned) != 0)
                section = HeaderOf(_assigned.SectionOf(id));
            byte binding = isHidden ? STB_LOCAL : isDefinedByInput ? entry.Binding : STB_GLOBAL;
            if (binding == STB_GNU_UNIQUE && !_options.GnuUnique)
                binding = STB_GLOBAL;
            byte other = (byte)((entry.st_other & ~3) | symbol.Visibility);
            output.Add(_symbols.NameOf(id), (byte)((binding << 4) | type), other, section, Relative(value, type), symbol.Size);
        }
    }

    // Not allocated unless it was asked for: then its value is its alignment.
    private (ulong Value, uint Section) CommonIn(int id, ushort section)
    {
        if (!_options.DefineCommon)
            return (_symbols[id].Value, 0xffff0000u | section);
        ReadOnlySpan<byte> name = (_symbols[id].Flags & SymbolFlags.Tls) != 0 ? ".tbss"u8 : section == SHN_X86_64_LCOMMON ? ".lbss"u8 : ".bss"u8;
        foreach (SyntheticSection block in _layout.Synthetic)
        {
            if (block is CommonBlock && block.Name.Span.SequenceEqual(name))
                return (_symbols.Addresses[id] + block.Offset, HeaderOf(block.OutputSection));
        }

        throw new InvalidOperationException("a common symbol is in no block");
    }

    // In an executable the value of a thread-local symbol is its offset in the TLS image.
    private ulong Relative(ulong value, byte type) => type == STT_TLS ? value - _layout.TlsStart : value;

    private uint SectionIndexOf(int row)
    {
        if (row == 0)
            return ObjectFile.Absolute;
        ref readonly InputSection section = ref _sections[row];
        if ((section.State & SectionState.Folded) != 0)
            return SectionIndexOf(section.Extra);
        if (section.Kind == SectionKind.EhFrame)
            return HeaderOf(_layout.EhFrame.OutputSection);
        if (section.Kind == SectionKind.Mergeable)
            return SectionAt(_addresses.InSection(row, 0));
        return HeaderOf(section.OutputSection);
    }

    private uint SectionNamed(ReadOnlySpan<byte> name) => _layout.Find(name) is { HeaderIndex: > 0 } section ? (uint)section.HeaderIndex : ObjectFile.Absolute;

    private uint SectionAt(ulong address) => _byAddress!.Find(address) is { } section ? (uint)section.HeaderIndex : ObjectFile.Absolute;

    private enum PartKind
    {
        Sections,
        Locals,
        HiddenGlobals,
        Globals,
    }

    /// <summary>Consecutive entries that one thread measures and writes: an object's locals, or a range of global ids.</summary>
    private struct Part
    {
        internal PartKind Kind;
        internal int First;
        internal int Last;
        internal int Count;
        internal long StringSize;
        internal int FirstEntry;
        internal long FirstString;

        internal void Add(NativeBytes name)
        {
            Count++;
            if (name.Length > 0)
                StringSize += name.Length + 1;
        }
    }

    private ref struct Cursor(Span<Elf64_Sym> entries, Span<uint> extended, Span<byte> strings, long firstString)
    {
        private readonly Span<Elf64_Sym> _entries = entries;
        private readonly Span<uint> _extended = extended;
        private readonly Span<byte> _strings = strings;
        private readonly long _firstString = firstString;
        private int _next;
        private int _nextString;

        internal void Add(NativeBytes name, byte info, byte other, uint section, ulong value, ulong size)
        {
            bool isExtended = section is >= SHN_LORESERVE and < 0xffff0000u;
            if (isExtended)
                _extended[_next] = section;
            ref Elf64_Sym entry = ref _entries[_next++];
            entry.st_info = info;
            entry.st_other = other;
            entry.st_shndx = isExtended ? SHN_XINDEX : (ushort)section;
            entry.st_value = value;
            entry.st_size = size;
            if (name.IsEmpty)
                return;
            entry.st_name = (uint)(_firstString + _nextString);
            name.Span.CopyTo(_strings[_nextString..]);
            _nextString += (int)name.Length + 1;
        }
    }
}
