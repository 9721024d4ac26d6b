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
    private const string NoEnd = "the last string of a mergeable section does not end with NUL";
    private readonly NativeList<ulong> _ownHashes = new();
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
        _whole = new WholeStrings(sections, options.ThreadCount);
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
        TakeWhole();
        var order = new SplitSection[_split.Count];
        _split.Span.CopyTo(order);
        Array.Sort(order, (a, b) => a.Row.CompareTo(b.Row));
        var parts = new List<List<SplitSection>>();
        foreach (SplitSection section in order)
        {
            if (!_sections[section.Row].IsLive)
                continue;
            int merged = Choose(section, names);
            if (merged == parts.Count)
                parts.Add([]);
            parts[merged].Add(section);
        }

        for (int i = 0; i < parts.Count; i++)
        {
            if (_whole.TryMerge(Merged[i], parts[i]))
                continue;
            Merged[i].Reserve(PiecesOf(parts[i]));
            foreach (SplitSection section in parts[i])
                Merge(section, Merged[i]);
            Merged[i].AssignOffsets();
        }

        _whole.ForgetHashes();
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
        _ownHashes.Dispose();
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

    private int Choose(in SplitSection section, OutputSectionNames names)
    {
        ref readonly Elf64_Shdr header = ref _sections.Header(section.Row);
        ulong flags = header.sh_flags & (SHF_ALLOC | SHF_MERGE | SHF_STRINGS | SHF_X86_64_LARGE);
        NativeBytes name = names.Map(_sections.Name(section.Row), flags, header.sh_type);
        var key = (name.ToString(), flags, header.sh_entsize);
        if (!_byKey.TryGetValue(key, out int merged))
        {
            merged = Merged.Count;
            _byKey[key] = merged;
            Merged.Add(new MergedSection(name, header.sh_type, flags, header.sh_entsize, _sharesTails && (flags & SHF_STRINGS) != 0));
        }

        _split[_sections[section.Row].Extra - 1].Merged = merged;
        return merged;
    }

    private void Merge(in SplitSection section, MergedSection target)
    {
        NativeBytes contents = _sections.Contents(section.Row);
        byte sectionAlignment = _sections[section.Row].AlignmentLog2;
        Span<Piece> pieces = TableOf(section).PiecesOf(section);
        ReadOnlySpan<ulong> hashes = HashesOf(section, pieces, contents);
        for (int i = 0; i < pieces.Length; i++)
        {
            target.PrefetchAhead(hashes, i);
            if (pieces[i].Target != Reached)
                continue;
            byte alignment = sectionAlignment == 0 ? (byte)0 : (byte)Math.Min(sectionAlignment, BitOperations.TrailingZeroCount((ulong)pieces[i].Offset));
            pieces[i].Target = target.Add(ContentOf(pieces, i, contents), hashes[i], alignment);
        }
    }

    /// <summary>The bytes of a piece.</summary>
    internal static NativeBytes ContentOf(ReadOnlySpan<Piece> pieces, int index, NativeBytes contents)
    {
        long end = index + 1 < pieces.Length ? pieces[index + 1].Offset : contents.Length;
        return contents.Slice(pieces[index].Offset, end - pieces[index].Offset);
    }

    private ReadOnlySpan<ulong> HashesOf(in SplitSection section, ReadOnlySpan<Piece> pieces, NativeBytes contents)
    {
        if (section.IsWhole)
            return _whole.HashesOf(section);
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
