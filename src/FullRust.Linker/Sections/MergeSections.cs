// SHF_MERGE sections are taken apart into pieces: NUL-ended strings or entries of fixed size (gABI, Section Attribute Flags). A
// section is split when it is first reached; pieces of allocated sections that nobody reaches are dropped under --gc-sections.
// Afterwards each input offset maps to one place in a merged section.

using System;
using System.Collections.Generic;
using System.Numerics;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Sections;

internal sealed class MergeSections : IDisposable
{
    /// <summary>In <see cref="Piece.Target"/>: wanted, and not yet merged.</summary>
    internal const int Reached = -2;
    private const int Unreached = -1;

    // In InputSection.Extra: all pieces are wanted, and the section is taken apart when all such sections are known.
    private const int WantedWhole = -1;
    private const string NoEnd = "string is not null terminated";
    private readonly NativeList<uint> _ownTags = new();
    private readonly int _threads;
    private readonly bool _dropsPieces;
    private readonly SectionTable _sections;
    private readonly DiagnosticSink _sink;
    private readonly bool _sharesTails;
    private readonly PieceTable _table = new();
    private readonly WholeStrings _whole;
    private readonly NativeList<SplitSection> _split = new();
    private readonly Dictionary<(string Name, ulong Flags, ulong EntrySize), int> _byKey = [];

    internal MergeSections(SectionTable sections, LinkOptions options, DiagnosticSink sink)
    {
        _sharesTails = options.Optimize >= 2;
        _dropsPieces = options.GcSections;
        _threads = options.ThreadCount;
        _whole = new WholeStrings(sections, _threads);
        _sections = sections;
        _sink = sink;
    }

    /// <summary>The merged sections, in the order in which their first piece was met.</summary>
    internal List<MergedSection> Merged { get; } = [];

    /// <summary>Reaches the piece that holds an offset.</summary>
    /// <returns>False if the offset is not in the section.</returns>
    internal bool Reach(int row, ulong offset)
    {
        int split = Split(row);
        if (split < 0 || offset >= _sections[row].Size)
            return split < 0 || offset == _sections[row].Size;
        _table.PiecesOf(_split[split])[MapOf(_split[split], merged: null).PieceAt(offset)].Target = Reached;
        return true;
    }

    /// <summary>Reaches all pieces of a section.</summary>
    internal void ReachAll(int row)
    {
        if (_sections[row].Extra == WantedWhole)
            return;
        if (_sections[row].Extra == 0 && !_whole.IsClosed && IsSplitLater(row))
        {
            _sections[row].Extra = WantedWhole;
            _whole.Add(row);
            return;
        }

        int split = Split(row);
        if (split < 0)
            return;
        foreach (ref Piece piece in _table.PiecesOf(_split[split]))
            piece.Target = Reached;
    }

    /// <summary>Takes apart what was reached as a whole until now, while the caller does other work.</summary>
    internal void SplitBeside(Action work) => _whole.SplitBeside(work);

    /// <summary>Merges what was reached, in input order, and fixes the offsets.</summary>
    internal void Merge(OutputSectionNames names)
    {
        const int WorthThreads = 16384;
        TakeWhole();
        int threads = _table.Pieces.Count + _whole.Table.Pieces.Count < WorthThreads ? 1 : _threads;
        SplitSection[] order = LiveInOrder();
        List<List<SplitSection>> parts = Group(order, names, threads);
        HashOwn(order, threads);
        var left = new List<(int Pieces, int Part)>();
        for (int i = 0; i < parts.Count; i++)
        {
            if (!_whole.TryMerge(Merged[i], parts[i]))
                left.Add((PiecesOf(parts[i]), i));
        }

        // One merged section has nothing to do with another; what takes longest comes first.
        left.Sort((a, b) => b.CompareTo(a));
        ParallelRanges.For(left.Count, 1, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
                Merge(parts[left[i].Part], left[i].Pieces, Merged[left[i].Part]);
        });
        _whole.ForgetTags();
        _ownTags.Dispose();
    }

    /// <summary>Adds a line of the linker's own to the merged .comment.</summary>
    /// <param name="name">The section's name.</param>
    /// <param name="line">The line with its NUL.</param>
    internal void AddComment(NativeBytes name, NativeBytes line)
    {
        const ulong Flags = SHF_MERGE | SHF_STRINGS;
        MergedSection? comment = Merged.Find(m => m.Name.SequenceEqual(name) && m.Flags == Flags && m.EntrySize == 1);
        if (comment is null)
            Merged.Add(comment = new MergedSection(name, SHT_PROGBITS, Flags, 1, _sharesTails));
        comment.Add(line, TagOf(line, isByteString: true), 0);
        comment.AssignOffsets();
    }

    /// <summary>Where an offset of a live mergeable section ended up.</summary>
    /// <param name="row">The section.</param>
    /// <param name="offset">Offset in the input.</param>
    /// <param name="merged">The merged section.</param>
    /// <returns>Offset in the merged section.</returns>
    internal ulong Locate(int row, ulong offset, out MergedSection merged)
    {
        PieceMap map = MapOf(row);
        merged = map.Merged;
        return map.Locate(offset);
    }

    /// <summary>The same for all offsets of a section.</summary>
    internal PieceMap MapOf(int row)
    {
        ref readonly SplitSection section = ref _split[_sections[row].Extra - 1];
        return MapOf(section, Merged[section.Merged]);
    }

    /// <summary>The merged section that a live mergeable row belongs to.</summary>
    internal MergedSection MergedOf(int row) => Merged[IndexOf(row)];

    /// <summary>Its place in <see cref="Merged"/>.</summary>
    internal int IndexOf(int row) => _split[_sections[row].Extra - 1].Merged;

    /// <inheritdoc/>
    public void Dispose()
    {
        _table.Dispose();
        _whole.Dispose();
        _split.Dispose();
        _ownTags.Dispose();
    }

    private PieceTable TableOf(in SplitSection section) => section.IsWhole ? _whole.Table : _table;

    private PieceMap MapOf(in SplitSection section, MergedSection? merged) => new(TableOf(section), section, _sections[section.Row].Size, merged);

    // What was taken apart together becomes as all other sections.
    private void TakeWhole()
    {
        for (int i = 0; i < _whole.Sections.Length; i++)
        {
            if (_whole.Sections[i].Row == 0)
                Malformed(_whole.Rows[i], NoEnd);
            else
                _sections[_whole.Rows[i]].Extra = _split.Add(_whole.Sections[i]) + 1;
        }
    }

    private static int PiecesOf(List<SplitSection> parts)
    {
        int pieces = 0;
        foreach (SplitSection part in parts)
            pieces = checked(pieces + part.Count);
        return pieces;
    }

    private SplitSection[] LiveInOrder()
    {
        var rows = new int[_split.Count];
        var order = new SplitSection[_split.Count];
        int count = 0;
        foreach (ref readonly SplitSection section in _split.Span)
        {
            if (_sections[section.Row].IsLive)
                (rows[count], order[count++]) = (section.Row, section);
        }

        Array.Sort(rows, order, 0, count);
        return order[..count];
    }

    // The sections that are merged with each other, in order.
    private List<List<SplitSection>> Group(SplitSection[] order, OutputSectionNames names, int threads)
    {
        var keys = new MergeKey[order.Length];
        ParallelRanges.For(order.Length, 512, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
                keys[i] = MergeKey.Of(_sections, order[i].Row, names);
        });
        var parts = new List<List<SplitSection>>();
        for (int i = 0; i < order.Length; i++)
        {
            int merged = Choose(keys[i]);
            if (merged == parts.Count)
                parts.Add([]);
            parts[merged].Add(order[i]);
            _split[_sections[order[i].Row].Extra - 1].Merged = merged;
        }

        return parts;
    }

    private int Choose(in MergeKey key)
    {
        const int Few = 8;
        for (int i = 0; i < Math.Min(Merged.Count, Few); i++)
        {
            if (Merged[i].Flags == key.Flags && Merged[i].EntrySize == key.EntrySize && Merged[i].Name.SequenceEqual(key.Name))
                return i;
        }

        if (!_byKey.TryGetValue((key.Name.ToString(), key.Flags, key.EntrySize), out int merged))
        {
            merged = Merged.Count;
            _byKey[(key.Name.ToString(), key.Flags, key.EntrySize)] = merged;
            Merged.Add(new MergedSection(key.Name, key.Type, key.Flags, key.EntrySize, _sharesTails && (key.Flags & SHF_STRINGS) != 0));
        }

        return merged;
    }

    // Hashes the pieces that were taken apart one section after the other.
    private void HashOwn(SplitSection[] order, int threads)
    {
        _ownTags.AddUntouched(_table.Pieces.Count);
        ParallelRanges.For(order.Length, 64, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
            {
                if (!order[i].IsWhole)
                    HashOwn(order[i]);
            }
        });
    }

    private void HashOwn(in SplitSection section)
    {
        NativeBytes contents = _sections.Contents(section.Row);
        ReadOnlySpan<Piece> pieces = _table.PiecesOf(section);
        Span<uint> tags = _ownTags.Span.Slice(section.FirstPiece, section.Count);
        bool isByteString = section.EntrySize == 0 && _sections.Header(section.Row).sh_entsize == 1;
        for (int i = 0; i < pieces.Length; i++)
        {
            if (pieces[i].Target == Reached)
                tags[i] = TagOf(ContentOf(pieces, i, contents), isByteString);
        }
    }

    private void Merge(List<SplitSection> parts, int pieces, MergedSection target)
    {
        const int Distance = 8;
        target.Reserve(pieces);
        for (int i = 0; i < parts.Count; i++)
        {
            if (i + (2 * Distance) < parts.Count)
                _sections.PrefetchHeaders(parts[i + (2 * Distance)].Row);
            if (i + Distance < parts.Count)
                _sections.PrefetchBytes(parts[i + Distance].Row);
            Merge(parts[i], target);
        }

        target.AssignOffsets();
    }

    private void Merge(in SplitSection section, MergedSection target)
    {
        NativeBytes contents = _sections.Contents(section.Row);
        byte sectionAlignment = _sections[section.Row].AlignmentLog2;
        Span<Piece> pieces = TableOf(section).PiecesOf(section);
        ReadOnlySpan<uint> tags = section.IsWhole ? _whole.TagsOf(section) : _ownTags.Span.Slice(section.FirstPiece, section.Count);
        for (int i = 0; i < pieces.Length; i++)
        {
            target.PrefetchAhead(tags, i);
            if (pieces[i].Target != Reached)
                continue;
            byte alignment = sectionAlignment == 0 ? (byte)0 : (byte)Math.Min(sectionAlignment, BitOperations.TrailingZeroCount((ulong)pieces[i].Offset));
            pieces[i].Target = target.Add(ContentOf(pieces, i, contents), tags[i], alignment);
        }
    }

    /// <summary>The bytes of a piece.</summary>
    internal static NativeBytes ContentOf(ReadOnlySpan<Piece> pieces, int index, NativeBytes contents)
    {
        long end = index + 1 < pieces.Length ? pieces[index + 1].Offset : contents.Length;
        return contents.Slice(pieces[index].Offset, end - pieces[index].Offset);
    }

    // Of a string of bytes without its NUL: the search for the NUL finds the hash as well.
    private static uint TagOf(NativeBytes content, bool isByteString) =>
        NameTable.TagOf(StringHash.Compute(isByteString ? content.Span[..^1] : content.Span));

    // Strings of bytes whose pieces nobody asks for one by one: they are taken apart and hashed together, by all threads.
    private bool IsSplitLater(int row)
    {
        ref readonly Elf64_Shdr header = ref _sections.Header(row);
        bool isReachedByPiece = _dropsPieces && (header.sh_flags & SHF_ALLOC) != 0;
        return !isReachedByPiece && (header.sh_flags & SHF_STRINGS) != 0 && header.sh_entsize == 1;
    }

    private int AddBuckets(int firstPiece, int count, long length)
    {
        int first = _table.Buckets.Count;
        ReadOnlySpan<Piece> pieces = _table.Pieces.Span.Slice(firstPiece, count);
        int piece = 0;
        for (long at = 0; at < Math.Max(length, 1); at += 1 << PieceTable.BucketLog2)
        {
            while (piece + 1 < pieces.Length && pieces[piece + 1].Offset <= at)
                piece++;
            _table.Buckets.Add(piece);
        }

        return first;
    }

    private int Split(int row)
    {
        ref InputSection section = ref _sections[row];
        if (section.Extra != 0)
            return section.Extra - 1;
        ref readonly Elf64_Shdr header = ref _sections.Header(row);
        int first = _table.Pieces.Count;
        string? problem = (header.sh_flags & SHF_STRINGS) != 0
            ? SplitStrings(_sections.Contents(row).Span, header.sh_entsize)
            : SplitConstants(_sections.Contents(row).Length, header.sh_entsize);
        if (problem is not null)
        {
            Malformed(row, problem);
            _table.Pieces.Truncate(first);
            return -1;
        }

        int count = _table.Pieces.Count - first;
        int bucket = (header.sh_flags & SHF_STRINGS) != 0 ? AddBuckets(first, count, _sections.Contents(row).Length) : 0;
        uint entrySize = (header.sh_flags & SHF_STRINGS) != 0 ? 0 : (uint)header.sh_entsize;
        int split = _split.Add(new SplitSection { Row = row, FirstPiece = first, Count = count, FirstBucket = bucket, EntrySize = entrySize });
        section.Extra = split + 1;
        return split;
    }

    private void Malformed(int row, string problem)
    {
        _sink.Report(Severity.Error, DiagnosticId.MalformedInput, $"{_sections.Place(row)}: {problem}", [], row);
        _sections[row].Kind = SectionKind.None;
        _sections[row].Extra = 0;
    }

    private string? SplitConstants(long length, ulong entrySize)
    {
        if ((ulong)length % entrySize != 0)
            return $"the size of a mergeable section ({length}) is not a multiple of its entry size ({entrySize})";
        for (ulong at = 0; at < (ulong)length; at += entrySize)
            _table.Pieces.Add(new Piece { Offset = (uint)at, Target = Unreached });
        return null;
    }

    private string? SplitStrings(ReadOnlySpan<byte> bytes, ulong entrySize)
    {
        if (entrySize is not (1 or 2 or 4))
            return $"strings of {entrySize}-byte characters are not defined";
        for (int at = 0; at < bytes.Length;)
        {
            int length = StringLength(bytes[at..], (int)entrySize);
            if (length < 0)
                return NoEnd;
            _table.Pieces.Add(new Piece { Offset = (uint)at, Target = Unreached });
            at += length;
        }

        return null;
    }

    // Including the terminator; -1 if there is none.
    private static int StringLength(ReadOnlySpan<byte> bytes, int width)
    {
        if (width == 1)
            return bytes.IndexOf((byte)0) + 1 is int length and > 0 ? length : -1;
        for (int at = 0; at + width <= bytes.Length; at += width)
        {
            if (bytes.Slice(at, width).IndexOfAnyExcept((byte)0) < 0)
                return at + width;
        }

        return -1;
    }
}
