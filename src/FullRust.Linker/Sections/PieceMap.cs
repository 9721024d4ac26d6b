// The pieces of mergeable sections, and where an offset of one such section ended up. For strings an index tells for every 64 bytes of the
// section which piece the first of them is in: a look-up then passes a few strings at most.

using System;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Sections;

/// <summary>A piece of a mergeable input section.</summary>
internal struct Piece
{
    /// <summary>In <see cref="Target"/>: not wanted so far.</summary>
    internal const int Unreached = -1;

    /// <summary>In <see cref="Target"/>: wanted, and not yet merged.</summary>
    internal const int Reached = -2;

    /// <summary>Offset in the input section.</summary>
    internal uint Offset;

    /// <summary>Number in the merged section, or offset in a divided one; negative before it is merged.</summary>
    internal int Target;
}

/// <summary>A mergeable section that was taken apart.</summary>
internal struct SplitSection
{
    internal int Row;
    internal int FirstPiece;
    internal int Count;

    /// <summary>For strings: first row of the index by offset.</summary>
    internal int FirstBucket;

    /// <summary>Bytes of an entry; 0 for strings.</summary>
    internal uint EntrySize;

    /// <summary>Index of the merged section.</summary>
    internal int Merged;

    /// <summary>Whether its pieces are in the table of those that were taken apart together.</summary>
    internal bool IsWhole;
}

/// <summary>The pieces of many sections.</summary>
internal sealed class PieceTable : IDisposable
{
    /// <summary>Base-2 logarithm of the bytes that a row of <see cref="Buckets"/> stands for.</summary>
    internal const int BucketLog2 = 6;

    /// <summary>Pieces, section by section.</summary>
    internal NativeList<Piece> Pieces { get; } = new();

    /// <summary>The index by offset, section by section: pieces counted from the section's first.</summary>
    internal NativeList<int> Buckets { get; } = new();

    /// <summary>Rows of the index for a section of strings of so many bytes.</summary>
    internal static int BucketCount(long length) => (int)((Math.Max(length, 1) + (1 << BucketLog2) - 1) >> BucketLog2);

    /// <summary>The pieces of a section.</summary>
    internal Span<Piece> PiecesOf(in SplitSection section) => Pieces.Span.Slice(section.FirstPiece, section.Count);

    /// <summary>The bytes of a piece.</summary>
    /// <param name="pieces">The pieces of its section.</param>
    /// <param name="index">Which one.</param>
    /// <param name="contents">The section.</param>
    internal static NativeBytes ContentOf(ReadOnlySpan<Piece> pieces, int index, NativeBytes contents)
    {
        long end = index + 1 < pieces.Length ? pieces[index + 1].Offset : contents.Length;
        return contents.Slice(pieces[index].Offset, end - pieces[index].Offset);
    }

    /// <summary>The index of a section of strings, up to the end of the table.</summary>
    internal Span<int> BucketsOf(in SplitSection section) => section.EntrySize == 0 ? Buckets.Span[section.FirstBucket..] : default;

    /// <inheritdoc/>
    public void Dispose()
    {
        Pieces.Dispose();
        Buckets.Dispose();
    }
}

/// <summary>Where the offsets of one section ended up.</summary>
/// <param name="table">What holds its pieces.</param>
/// <param name="section">The section.</param>
/// <param name="size">Its size in the input.</param>
/// <param name="merged">The merged section that has its pieces; null while there is none, and only <see cref="PieceAt"/> is asked.</param>
internal readonly ref struct PieceMap(PieceTable table, in SplitSection section, ulong size, MergedSection? merged)
{
    private readonly ReadOnlySpan<Piece> _pieces = table.PiecesOf(section);
    private readonly ReadOnlySpan<int> _buckets = table.BucketsOf(section);
    private readonly ReadOnlySpan<UniquePiece> _unique = merged is null ? default : merged.Numbered;
    private readonly uint _entrySize = section.EntrySize;
    private readonly ulong _size = size;

    /// <summary>The merged section.</summary>
    internal MergedSection Merged { get; } = merged!;

    /// <summary>The number of the piece that an offset is in.</summary>
    internal int PieceAt(ulong offset)
    {
        if (_entrySize != 0)
            return (int)(offset / _entrySize);
        int index = _buckets[(int)(offset >> PieceTable.BucketLog2)];
        while (index + 1 < _pieces.Length && _pieces[index + 1].Offset <= offset)
            index++;
        return index;
    }

    /// <summary>The offset in the merged section for one in the input.</summary>
    internal ulong Locate(ulong offset)
    {
        if (_pieces.IsEmpty)
            return 0;
        Piece piece = _pieces[PieceAt(Math.Min(offset, _size - 1))];
        if (piece.Target < 0)
            return 0;
        return (_unique.IsEmpty ? (ulong)piece.Target : _unique[piece.Target].Offset) + (offset - piece.Offset);
    }
}
