// SHF_MERGE sections are taken apart into pieces: NUL-ended strings or entries of fixed size (gABI, Section Attribute Flags). A
// section is split when it is first reached; pieces of allocated sections that nobody reaches are dropped under --gc-sections.
// Afterwards each input offset maps to one place in a merged section.

using System;
using System.Collections.Generic;
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

    /// <summary>Index of the merged section.</summary>
    internal int Merged;
}

internal sealed class MergeSections : IDisposable
{
    private const int Unreached = -1, Reached = -2, BucketLog2 = 6;
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
        int split = Split(row);
        if (split < 0)
            return;
        foreach (ref Piece piece in _pieces.Span.Slice(_split[split].FirstPiece, _split[split].Count))
            piece.Target = Reached;
    }

    /// <summary>Merges what was reached, in input order, and fixes the offsets.</summary>
    internal void Merge(OutputSectionNames names)
    {
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
        comment.Add(line, ByteHash.Compute(line.Span), 0);
        comment.AssignOffsets();
    }

    /// <summary>Where an offset of a live mergeable section ended up.</summary>
    /// <param name="row">The section.</param>
    /// <param name="offset">Offset in the input.</param>
    /// <param name="merged">The merged section.</param>
    /// <returns>Offset in the merged section.</returns>
    internal ulong Locate(int row, ulong offset, out MergedSection merged)
    {
        ref SplitSection section = ref _split[_sections[row].Extra - 1];
        merged = Merged[section.Merged];
        int index = PieceAt(section, Math.Min(offset, _sections[row].Size - 1));
        ref Piece piece = ref _pieces[index];
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
            Merged.Add(new MergedSection(name, header.sh_type, flags, header.sh_entsize) { SharesTails = _sharesTails && (flags & SHF_STRINGS) != 0 && header.sh_entsize == 1 });
        }

        _split[_sections[section.Row].Extra - 1].Merged = merged;
        NativeBytes contents = _sections.Contents(section.Row);
        byte sectionAlignment = _sections[section.Row].AlignmentLog2;
        Span<Piece> pieces = _pieces.Span.Slice(section.FirstPiece, section.Count);
        for (int i = 0; i < pieces.Length; i++)
        {
            if (pieces[i].Target != Reached)
                continue;
            long end = i + 1 < pieces.Length ? pieces[i + 1].Offset : contents.Length;
            NativeBytes content = contents.Slice(pieces[i].Offset, end - pieces[i].Offset);
            byte alignment = (byte)Math.Min(sectionAlignment, System.Numerics.BitOperations.TrailingZeroCount((ulong)pieces[i].Offset));
            pieces[i].Target = Merged[merged].Add(content, ByteHash.Compute(content.Span), alignment);
        }
    }

    private int PieceAt(in SplitSection section, ulong offset)
    {
        ref readonly Elf64_Shdr header = ref _sections.Header(section.Row);
        if ((header.sh_flags & SHF_STRINGS) == 0)
            return section.FirstPiece + (int)(offset / header.sh_entsize);
        int index = _buckets[section.FirstBucket + (int)(offset >> BucketLog2)];
        int last = section.FirstPiece + section.Count - 1;
        ReadOnlySpan<Piece> pieces = _pieces.Span;
        while (index < last && pieces[index + 1].Offset <= offset)
            index++;
        return index;
    }

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
            _sink.Report(Severity.Error, DiagnosticId.MalformedInput, $"{_sections.Place(row)}: {problem}", [], row);
            _pieces.Truncate(first);
            section.Kind = SectionKind.None;
            return -1;
        }

        int count = _pieces.Count - first;
        int bucket = (header.sh_flags & SHF_STRINGS) != 0 ? AddBuckets(first, count, _sections.Contents(row).Length) : 0;
        int split = _split.Add(new SplitSection { Row = row, FirstPiece = first, Count = count, FirstBucket = bucket });
        section.Extra = split + 1;
        return split;
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
                return "the last string of a mergeable section does not end with NUL";
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
