// --gdb-index: .gdb_index version 7 (gdb manual, "Index Section Format"), with which gdb finds names and addresses without reading
// all debug information first. It is made from the finished image, where every relocation of the debug sections has been applied; that it
// is the last thing in the file lets its size be open until then. Names come from .debug_gnu_pubnames and .debug_gnu_pubtypes where a
// unit has them, else from its entries: a unit that is in the index without its names would be invisible to gdb.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Numerics;
using FullRust.Elf.Dwarf;
using FullRust.Elf.Native;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Writing;

namespace FullRust.Linker.GdbIndex;

internal sealed class GdbIndexBuilder
{
    private const int Version = 7, HeaderSize = 24, MinSlots = 16;
    private const uint MaxUnits = 1 << 24;
    private readonly ImageSections _sections;
    private readonly GdbIndexSymbols _symbols = new();
    private readonly List<(DebugUnit Unit, bool InTypes)> _units = [];
    private readonly List<(ulong Begin, ulong End, int Unit)> _ranges = [];
    private int _compileUnits;

    private GdbIndexBuilder(ImageSections sections) => _sections = sections;

    /// <summary>Makes the index and puts it behind the image.</summary>
    internal static void Append(OutputImage image, OutputLayout layout, DiagnosticSink sink)
    {
        if (layout.GdbIndexHeader == 0)
            return;
        using var sections = new ImageSections(image, layout);
        var builder = new GdbIndexBuilder(sections);
        builder.Read();
        if (builder._units.Count >= MaxUnits)
        {
            sink.Warning(DiagnosticId.Layout, $"--gdb-index: {builder._units.Count} units are more than an index can number; it is left empty");
            return;
        }

        byte[] bytes = builder.Build();
        long at = (image.Length + 7) & ~7L;
        image.Append([.. new byte[at - image.Length], .. bytes]);
        PatchHeader(image, layout.GdbIndexHeader, at, bytes.Length);
    }

    private static void PatchHeader(OutputImage image, long header, long offset, int size)
    {
        Span<byte> fields = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(fields, offset);
        BinaryPrimitives.WriteInt64LittleEndian(fields[8..], size);
        const int OffsetField = 24;
        image.Patch(header + OffsetField, fields);
    }

    private void Read()
    {
        var debug = new DebugSections
        {
            Info = _sections.Contents(".debug_info"u8),
            Types = _sections.Contents(".debug_types"u8),
            Abbrev = _sections.Contents(".debug_abbrev"u8),
            Str = _sections.Contents(".debug_str"u8),
            LineStr = _sections.Contents(".debug_line_str"u8),
            StrOffsets = _sections.Contents(".debug_str_offsets"u8),
            Addr = _sections.Contents(".debug_addr"u8),
            Ranges = _sections.Contents(".debug_ranges"u8),
            RngLists = _sections.Contents(".debug_rnglists"u8),
        };
        FindUnits(debug);
        var reader = new DebugUnits();
        for (int i = 0; i < _compileUnits; i++)
        {
            foreach ((ulong begin, ulong end) in reader.Ranges(debug, _units[i].Unit))
            {
                if (_sections.IsLoaded(begin))
                    _ranges.Add((begin, end, i));
            }
        }

        HashSet<int> listed = [];
        ReadLists(_sections.Contents(".debug_gnu_pubnames"u8), listed);
        ReadLists(_sections.Contents(".debug_gnu_pubtypes"u8), listed);
        for (int i = 0; i < _units.Count; i++)
        {
            if (!listed.Contains(i))
                reader.Names(debug, _units[i].Unit, _units[i].InTypes, i, Add);
        }
    }

    // Compilation units are numbered first, then type units.
    private void FindUnits(in DebugSections debug)
    {
        List<DebugUnit> info = DebugUnits.Find(debug.Info, inTypes: false);
        foreach (DebugUnit unit in info)
        {
            if (!unit.IsType)
                _units.Add((unit, false));
        }

        _compileUnits = _units.Count;
        foreach (DebugUnit unit in info)
        {
            if (unit.IsType)
                _units.Add((unit, false));
        }

        foreach (DebugUnit unit in DebugUnits.Find(debug.Types, inTypes: true))
            _units.Add((unit, true));
    }

    private void Add(int unit, ReadOnlySpan<byte> name, DebugNameKind kind, bool isStatic) => _symbols.Add(name, (uint)unit | ((uint)kind << 28) | (isStatic ? 1u << 31 : 0));

    // DWARF 4, 6.1.1, with a byte of flags before each name (GNU): its upper half is what the index has.
    private void ReadLists(ReadOnlySpan<byte> section, HashSet<int> listed)
    {
        const int SetHeader = 14;
        for (int at = 0; at + SetHeader <= section.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(section[at..]);
            if (length < SetHeader - 4 || length > (uint)(section.Length - at - 4))
                return;
            int unit = UnitAt(BinaryPrimitives.ReadUInt32LittleEndian(section[(at + 6)..]));
            if (unit >= 0)
            {
                listed.Add(unit);
                ReadList(section.Slice(at + SetHeader, (int)length - (SetHeader - 4)), unit);
            }

            at += 4 + (int)length;
        }
    }

    private void ReadList(ReadOnlySpan<byte> entries, int unit)
    {
        while (entries.Length >= 6 && BinaryPrimitives.ReadUInt32LittleEndian(entries) != 0)
        {
            byte flags = entries[4];
            int length = entries[5..].IndexOf((byte)0);
            if (length < 0)
                return;
            _symbols.Add(entries.Slice(5, length), (uint)unit | ((uint)flags << 24));
            entries = entries[(6 + length)..];
        }
    }

    private int UnitAt(ulong offset)
    {
        int low = 0, high = _compileUnits - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_units[middle].Unit.Offset == offset)
                return middle;
            if (_units[middle].Unit.Offset < offset)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }

    private byte[] Build()
    {
        int types = _units.Count - _compileUnits;
        int slots = (int)Math.Max(MinSlots, BitOperations.RoundUpToPowerOf2(((uint)_symbols.Count * 4 / 3) + 1));
        int typesAt = HeaderSize + (16 * _compileUnits), rangesAt = typesAt + (24 * types), symbolsAt = rangesAt + (20 * _ranges.Count), poolAt = symbolsAt + (8 * slots);
        (int[] vectors, int[] texts, byte[] pool) = BuildPool();
        byte[] bytes = new byte[checked(poolAt + pool.Length)];
        int at = 0;
        foreach (int word in (int[])[Version, HeaderSize, typesAt, rangesAt, symbolsAt, poolAt])
            Put(bytes, ref at, (uint)word);
        foreach ((DebugUnit unit, bool _) in _units)
        {
            Put(bytes, ref at, unit.Offset);
            Put(bytes, ref at, unit.IsType ? unit.TypeOffset : unit.Length);
            if (unit.IsType)
                Put(bytes, ref at, unit.Signature);
        }

        foreach ((ulong begin, ulong end, int unit) in _ranges)
        {
            Put(bytes, ref at, begin);
            Put(bytes, ref at, end);
            Put(bytes, ref at, (uint)unit);
        }

        WriteSlots(bytes.AsSpan(symbolsAt, 8 * slots), slots, vectors, texts);
        pool.CopyTo(bytes, poolAt);
        return bytes;
    }

    // The vectors of units stand before the names; equal vectors are one.
    private (int[] Vectors, int[] Texts, byte[] Pool) BuildPool()
    {
        var pool = new List<byte>();
        var single = new Dictionary<uint, int>();
        int[] vectors = new int[_symbols.Count], texts = new int[_symbols.Count];
        Span<byte> word = stackalloc byte[4];
        for (int id = 0; id < vectors.Length; id++)
        {
            uint[] uses = _symbols.UsesOf(id);
            if (uses.Length == 1 && single.TryGetValue(uses[0], out vectors[id]))
                continue;
            vectors[id] = pool.Count;
            if (uses.Length == 1)
                single[uses[0]] = pool.Count;
            BinaryPrimitives.WriteInt32LittleEndian(word, uses.Length);
            pool.AddRange(word);
            foreach (uint use in uses)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(word, use);
                pool.AddRange(word);
            }
        }

        for (int id = 0; id < texts.Length; id++)
        {
            texts[id] = pool.Count;
            pool.AddRange(_symbols.TextOf(id));
            pool.Add(0);
        }

        return (vectors, texts, [.. pool]);
    }

    private void WriteSlots(Span<byte> table, int slots, int[] vectors, int[] texts)
    {
        for (int id = 0; id < vectors.Length; id++)
        {
            uint hash = HashOf(_symbols.TextOf(id)), mask = (uint)slots - 1, step = ((hash * 17) & mask) | 1;
            uint slot = hash & mask;
            while (BinaryPrimitives.ReadUInt64LittleEndian(table[((int)slot * 8)..]) != 0)
                slot = (slot + step) & mask;
            BinaryPrimitives.WriteInt32LittleEndian(table[((int)slot * 8)..], texts[id]);
            BinaryPrimitives.WriteInt32LittleEndian(table[(((int)slot * 8) + 4)..], vectors[id]);
        }
    }

    // gdb's "mapped_index_string_hash": case does not count.
    private static uint HashOf(ReadOnlySpan<byte> name)
    {
        uint hash = 0;
        foreach (byte c in name)
            hash = (hash * 67) + (c is >= (byte)'A' and <= (byte)'Z' ? c + 32u : c) - 113;
        return hash;
    }

    private static void Put(byte[] bytes, ref int at, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        at += 4;
    }

    private static void Put(byte[] bytes, ref int at, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), value);
        at += 8;
    }
}
