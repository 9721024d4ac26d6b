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

/// <summary>A piece of a mergeable input section.</summary>
internal struct Piece
{
    /// <summary>Offset in the input section.</summary>
    internal uint Offset;

    /// <summary>Number in the merged section; -1 not reached, -2 reached and not yet merged.</summary>
    internal int Target;
}

/// <summary>A mergeable section that was taken apart.</summary>
internal struct SplitSection
{
    internal int Row;
    internal int FirstPiece;
    internal int Count;

    /// <summary>For strings: first row of the index by offset, see <see cref="MergeSections"/>.</summary>
    internal int FirstBucket;

    /// <summary>Bytes of an entry; 0 for strings.</summary>
    internal uint EntrySize;

    /// <summary>Index of the merged section.</summary>
    internal int Merged;
}

internal sealed class MergeSections : IDisposable
{
    private const int Unreached = -1, Reached = -2, BucketLog2 = 6;

    // In InputSection.Extra: all pieces are wanted, and the section is taken apart when all such sections are known.
    private const int WantedWhole = -1;
    private const string NoEnd = "the last string of a mergeable section does not end with NUL";
    private readonly List<int> _wholeRows = [];
    private readonly NativeList<ulong> _hashes = new(), _ownHashes = new();
    private int _firstWholePiece;
    private readonly bool _dropsPieces;
    private readonly int _threads;
    private readonly SectionTable _sections;
    private readonly DiagnosticSink _sink;
    private readonly bool _sharesTails;
    private readonly NativeList<Piece> _pieces = new();
    private readonly NativeList<SplitSection> _split = new();
    private readonly NativeList<int> _buckets = new();
    private readonly Dictionary<(string Name, ulong Flags, ulong EntrySize), int> _byKey = [];

    internal MergeSections(SectionTable sections, LinkOptions options, DiagnosticSink sink)
    {
        _sharesTails = options.Optimize >= 2;
        _dropsPieces = options.GcSections;
        _threads = options.ThreadCount;
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
        _pieces[PieceAt(_split[split], offset)].Target = Reached;
        return true;
    }

    /// <summary>Reaches all pieces of a section.</summary>
    internal void ReachAll(int row)
    {
        if (_sections[row].Extra == WantedWhole)
            return;
        if (_sections[row].Extra == 0 && IsSplitLater(row))
        {
            _sections[row].Extra = WantedWhole;
            _wholeRows.Add(row);
            return;
        }

        int split = Split(row);
        if (split < 0)
            return;
        foreach (ref Piece piece in _pieces.Span.Slice(_split[split].FirstPiece, _split[split].Count))
            piece.Target = Reached;
    }

    /// <summary>Merges what was reached, in input order, and fixes the offsets.</summary>
    internal void Merge(OutputSectionNames names)
    {
        SplitWhole();
        var order = new SplitSection[_split.Count];
        _split.Span.CopyTo(order);
        Array.Sort(order, (a, b) => a.Row.CompareTo(b.Row));
        foreach (SplitSection section in order)
        {
            if (_sections[section.Row].IsLive)
                MergeOne(section, names);
        }

        foreach (MergedSection merged in Merged)
            merged.AssignOffsets();
        _hashes.Dispose();
    }

    /// <summary>Adds a line of the linker's own to the merged .comment.</summary>
    /// <param name="name">The section's name.</param>
    /// <param name="line">The line with its NUL.</param>
    internal void AddComment(NativeBytes name, NativeBytes line)
    {
        const ulong Flags = SHF_MERGE | SHF_STRINGS;
        MergedSection? comment = Merged.Find(m => m.Name.SequenceEqual(name) && m.Flags == Flags && m.EntrySize == 1);
        if (comment is null)
            Merged.Add(comment = new MergedSection(name, SHT_PROGBITS, Flags, 1));
        comment.Add(line, HashOf(line, isByteString: true), 0);
        comment.AssignOffsets();
    }

    /// <summary>Where an offset of a live mergeable section ended up.</summary>
    /// <param name="row">The section.</param>
    /// <param name="offset">Offset in the input.</param>
    /// <param name="merged">The merged section.</param>
    /// <returns>Offset in the merged section.</returns>
    internal ulong Locate(int row, ulong offset, out MergedSection merged)
    {
        ref readonly InputSection input = ref _sections[row];
        ref readonly SplitSection section = ref _split[input.Extra - 1];
        merged = Merged[section.Merged];
        if (section.Count == 0)
            return 0;
        Piece piece = _pieces[PieceAt(section, Math.Min(offset, input.Size - 1))];
        return piece.Target < 0 ? 0 : merged.OffsetOf(piece.Target) + (offset - piece.Offset);
    }

    /// <summary>The merged section that a live mergeable row belongs to.</summary>
    internal MergedSection MergedOf(int row) => Merged[_split[_sections[row].Extra - 1].Merged];

    /// <inheritdoc/>
    public void Dispose()
    {
        _pieces.Dispose();
        _split.Dispose();
        _buckets.Dispose();
        _hashes.Dispose();
        _ownHashes.Dispose();
    }

    private void MergeOne(SplitSection section, OutputSectionNames names)
    {
        ref readonly Elf64_Shdr header = ref _sections.Header(section.Row);
        ulong flags = header.sh_flags & (SHF_ALLOC | SHF_MERGE | SHF_STRINGS | SHF_X86_64_LARGE);
        NativeBytes name = names.Map(_sections.Name(section.Row), flags, header.sh_type);
        var key = (name.ToString(), flags, header.sh_entsize);
        if (!_byKey.TryGetValue(key, out int merged))
        {
            merged = Merged.Count;
            _byKey[key] = merged;
            Merged.Add(new MergedSection(name, header.sh_type, flags, header.sh_entsize) { SharesTails = _sharesTails && (flags & SHF_STRINGS) != 0 });
        }

        _split[_sections[section.Row].Extra - 1].Merged = merged;
        NativeBytes contents = _sections.Contents(section.Row);
        byte sectionAlignment = _sections[section.Row].AlignmentLog2;
        Span<Piece> pieces = _pieces.Span.Slice(section.FirstPiece, section.Count);
        ReadOnlySpan<ulong> hashes = HashesOf(section, pieces, contents);
        MergedSection target = Merged[merged];
        target.Expect(section.Count);
        for (int i = 0; i < pieces.Length; i++)
        {
            target.PrefetchAhead(hashes, i);
            if (pieces[i].Target != Reached)
                continue;
            byte alignment = sectionAlignment == 0 ? (byte)0 : (byte)Math.Min(sectionAlignment, BitOperations.TrailingZeroCount((ulong)pieces[i].Offset));
            pieces[i].Target = target.Add(ContentOf(pieces, i, contents), hashes[i], alignment);
        }
    }

    private static NativeBytes ContentOf(ReadOnlySpan<Piece> pieces, int index, NativeBytes contents)
    {
        long end = index + 1 < pieces.Length ? pieces[index + 1].Offset : contents.Length;
        return contents.Slice(pieces[index].Offset, end - pieces[index].Offset);
    }

    private ReadOnlySpan<ulong> HashesOf(in SplitSection section, ReadOnlySpan<Piece> pieces, NativeBytes contents)
    {
        // Those of sections that were wanted whole are known.
        if (section.FirstPiece >= _firstWholePiece && section.FirstPiece < _firstWholePiece + _hashes.Count)
            return _hashes.Span.Slice(section.FirstPiece - _firstWholePiece, section.Count);
        bool isByteString = section.EntrySize == 0 && _sections.Header(section.Row).sh_entsize == 1;
        _ownHashes.Truncate(0);
        for (int i = 0; i < pieces.Length; i++)
            _ownHashes.Add(pieces[i].Target == Reached ? HashOf(ContentOf(pieces, i, contents), isByteString) : 0);
        return _ownHashes.Span;
    }

    // Of a string of bytes without its NUL: the search for the NUL finds the hash as well.
    private static ulong HashOf(NativeBytes content, bool isByteString) =>
        StringHash.Compute(isByteString ? content.Span[..^1] : content.Span);

    // Strings of bytes whose pieces nobody asks for one by one: they are taken apart and hashed together, by all threads.
    private bool IsSplitLater(int row)
    {
        ref readonly Elf64_Shdr header = ref _sections.Header(row);
        bool isReachedByPiece = _dropsPieces && (header.sh_flags & SHF_ALLOC) != 0;
        return !isReachedByPiece && (header.sh_flags & SHF_STRINGS) != 0 && header.sh_entsize == 1;
    }

    private void SplitWhole()
    {
        _wholeRows.Sort();
        _firstWholePiece = _pieces.Count;
        int firstSplit = _split.Count, pieces = 0, buckets = _buckets.Count;
        Span<SplitSection> added = _split.AddZeroed(_wholeRows.Count);
        ParallelRanges.For(_wholeRows.Count, RowsPerRange(), _threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
                _split[firstSplit + i].Count = _sections.Contents(_wholeRows[i]).Span.Count((byte)0);
        });
        for (int i = 0; i < added.Length; i++)
        {
            int row = _wholeRows[i];
            NativeBytes contents = _sections.Contents(row);
            if (!contents.IsEmpty && contents.Span[^1] != 0)
            {
                Malformed(row, NoEnd);
                continue;
            }

            (added[i].Row, added[i].FirstPiece, added[i].FirstBucket) = (row, _firstWholePiece + pieces, buckets);
            pieces += added[i].Count;
            buckets += BucketCount(contents.Length);
            _sections[row].Extra = firstSplit + i + 1;
        }

        _pieces.AddZeroed(pieces);
        _hashes.AddZeroed(pieces);
        _buckets.AddZeroed(buckets - _buckets.Count);
        ParallelRanges.For(_wholeRows.Count, RowsPerRange(), _threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
                SplitWhole(_split[firstSplit + i]);
        });
    }

    // Sections of strings differ much in size: a large link has a few threads take them one by one, a small one stays on its thread.
    private int RowsPerRange()
    {
        const long WorthThreads = 512 << 10;
        long bytes = 0;
        foreach (int row in _wholeRows)
            bytes += (long)_sections[row].Size;
        return bytes < WorthThreads ? int.MaxValue / 4 : Math.Max(1, _wholeRows.Count / 256);
    }

    private void SplitWhole(in SplitSection section)
    {
        if (section.Row == 0)
            return;
        NativeBytes contents = _sections.Contents(section.Row);
        Span<Piece> pieces = _pieces.Span.Slice(section.FirstPiece, section.Count);
        Span<ulong> hashes = _hashes.Span.Slice(section.FirstPiece - _firstWholePiece, section.Count);
        Span<int> buckets = _buckets.Span.Slice(section.FirstBucket, BucketCount(contents.Length));
        long at = 0, bucketStart = 0;
        int bucket = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            contents.TryString((ulong)at, out NativeBytes text, out hashes[i]);
            pieces[i] = new Piece { Offset = (uint)at, Target = Reached };
            at += text.Length + 1;
            for (; bucketStart < at; bucketStart += 1 << BucketLog2)
                buckets[bucket++] = section.FirstPiece + i;
        }
    }

    private int PieceAt(in SplitSection section, ulong offset)
    {
        if (section.EntrySize != 0)
            return section.FirstPiece + (int)(offset / section.EntrySize);
        int index = _buckets[section.FirstBucket + (int)(offset >> BucketLog2)];
        int last = section.FirstPiece + section.Count - 1;
        ReadOnlySpan<Piece> pieces = _pieces.Span;
        while (index < last && pieces[index + 1].Offset <= offset)
            index++;
        return index;
    }

    private static int BucketCount(long length) => (int)((Math.Max(length, 1) + (1 << BucketLog2) - 1) >> BucketLog2);

    // For every 64 bytes of a section of strings the piece that its first byte is in: a look-up then passes a few strings at most.
    private int AddBuckets(int firstPiece, int count, long length)
    {
        int first = _buckets.Count;
        ReadOnlySpan<Piece> pieces = _pieces.Span;
        int piece = firstPiece, last = firstPiece + count - 1;
        for (long at = 0; at < Math.Max(length, 1); at += 1 << BucketLog2)
        {
            while (piece < last && pieces[piece + 1].Offset <= at)
                piece++;
            _buckets.Add(piece);
        }

        return first;
    }

    private int Split(int row)
    {
        ref InputSection section = ref _sections[row];
        if (section.Extra != 0)
            return section.Extra - 1;
        ref readonly Elf64_Shdr header = ref _sections.Header(row);
        int first = _pieces.Count;
        string? problem = (header.sh_flags & SHF_STRINGS) != 0
            ? SplitStrings(_sections.Contents(row).Span, header.sh_entsize)
            : SplitConstants(_sections.Contents(row).Length, header.sh_entsize);
        if (problem is not null)
        {
            Malformed(row, problem);
            _pieces.Truncate(first);
            return -1;
        }

        int count = _pieces.Count - first;
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
            _pieces.Add(new Piece { Offset = (uint)at, Target = Unreached });
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
            _pieces.Add(new Piece { Offset = (uint)at, Target = Unreached });
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
