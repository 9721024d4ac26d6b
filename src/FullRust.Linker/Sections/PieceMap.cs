// The pieces of mergeable sections, and where an offset of one such section ended up. For strings a bitmap has a bit for every byte of the
// section at which one begins, and a count for every 64 bits: a look-up counts bits, and neither searches nor guesses.

using System;
using System.Numerics;
using System.Runtime.InteropServices;
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
    /// <summary>Its bytes in the input.</summary>
    internal NativeBytes Contents;
    internal int Row;
    internal int FirstPiece;
    internal int Count;

    /// <summary>For strings: first row of <see cref="PieceTable.Starts"/>.</summary>
    internal int FirstStarts;

    /// <summary>Bytes of an entry; 0 for strings.</summary>
    internal uint EntrySize;

    /// <summary>Index of the merged section.</summary>
    internal int Merged;

    /// <summary>Which of the tables of <see cref="WholeStrings"/> has its pieces, counted from 1; 0 for none of them.</summary>
    internal int Share;

    /// <summary>Whether it was taken apart together with others.</summary>
    internal readonly bool IsWhole => Share != 0;
}

/// <summary>Where strings begin in 64 bytes of a section.</summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
internal struct StringStarts
{
    /// <summary>Base-2 logarithm of the bytes that it stands for.</summary>
    internal const int Log2 = 6;

    /// <summary>Bit n: a string begins at byte n.</summary>
    internal ulong Bits;

    /// <summary>Strings of the section that begin before.</summary>
    internal int Before;

    /// <summary>The number of the string that a byte is in.</summary>
    /// <param name="at">Which byte; only its lowest bits are looked at.</param>
    internal readonly int StringAt(ulong at) => Before + BitOperations.PopCount(Bits << (int)~at) - 1;
}

/// <summary>The pieces of many sections.</summary>
internal sealed class PieceTable : IDisposable
{
    /// <summary>Pieces, section by section.</summary>
    internal NativeList<Piece> Pieces { get; } = new();

    /// <summary>Where the strings of sections of strings begin, section by section.</summary>
    internal NativeList<StringStarts> Starts { get; } = new();

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

    /// <summary>Fetches ahead all that is known of a section of strings.</summary>
    internal void Prefetch(in SplitSection section)
    {
        Starts.Prefetch(section.FirstStarts, RowsOf(section.Contents.Length));
        Pieces.Prefetch(section.FirstPiece, section.Count);
    }

    /// <summary>Notes where the strings of the section that was added last begin.</summary>
    /// <param name="firstPiece">Its first piece.</param>
    /// <param name="length">Its bytes.</param>
    /// <returns>Its first row of <see cref="Starts"/>.</returns>
    internal int AddStarts(int firstPiece, long length)
    {
        int first = Starts.Count;
        Span<StringStarts> rows = Starts.AddZeroed(RowsOf(length));
        foreach (ref readonly Piece piece in Pieces.Span[firstPiece..])
            rows[(int)(piece.Offset >> StringStarts.Log2)].Bits |= 1UL << (int)piece.Offset;
        int before = 0;
        foreach (ref StringStarts row in rows)
        {
            row.Before = before;
            before += BitOperations.PopCount(row.Bits);
        }

        return first;
    }

    private static int RowsOf(long length) => (int)((Math.Max(length, 1) + (1 << StringStarts.Log2) - 1) >> StringStarts.Log2);

    /// <inheritdoc/>
    public void Dispose()
    {
        Pieces.Dispose();
        Starts.Dispose();
    }
}

/// <summary>Where the offsets of one section ended up.</summary>
/// <param name="table">What holds its pieces.</param>
/// <param name="section">The section.</param>
/// <param name="merged">The merged section that has its pieces; null while there is none, and only <see cref="PieceAt"/> is asked.</param>
internal readonly ref struct PieceMap(PieceTable table, ref readonly SplitSection section, MergedSection? merged)
{
    private readonly ref readonly SplitSection _section = ref section;

    /// <summary>The merged section.</summary>
    internal MergedSection Merged { get; } = merged!;

    /// <summary>Fetches ahead what many look-ups will need. They are all over the section, where the processor foresees nothing; this is in order.</summary>
    /// <param name="lookUps">How many there may be; for few it would not pay.</param>
    internal void PrefetchFor(int lookUps)
    {
        if (_section.EntrySize == 0 && lookUps > _section.Count / 4)
            table.Prefetch(_section);
    }

    /// <summary>The number of the piece that an offset is in.</summary>
    internal int PieceAt(ulong offset) => _section.EntrySize != 0
        ? (int)(offset / _section.EntrySize)
        : table.Starts[_section.FirstStarts + (int)(offset >> StringStarts.Log2)].StringAt(offset);

    /// <summary>The offset in the merged section for one in the input.</summary>
    internal ulong Locate(ulong offset)
    {
        if (_section.Count == 0)
            return 0;
        Piece piece = table.Pieces[_section.FirstPiece + PieceAt(Math.Min(offset, (ulong)_section.Contents.Length - 1))];
        return piece.Target < 0 ? 0 : Merged.OffsetOf(piece.Target) + (offset - piece.Offset);
    }
}
