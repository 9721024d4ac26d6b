// The output of all mergeable sections that share an output section, flags and entry size: every distinct piece once, in the order
// of first use, each at the strictest alignment that one of its copies had.

using System;
using System.Numerics;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;
using FullRust.Linker.Layout;

namespace FullRust.Linker.Sections;

/// <summary>A distinct piece.</summary>
internal struct UniquePiece
{
    internal ulong Offset;
    internal byte AlignmentLog2;
}

/// <summary>Merged strings or constants: a part of an output section.</summary>
internal sealed class MergedSection(NativeBytes name, uint type, ulong flags, ulong entrySize) : SyntheticSection
{
    private readonly NameTable _pieces = new(256);
    private readonly NativeList<UniquePiece> _unique = new(256);

    internal override NativeBytes Name { get; } = name;

    internal override uint Type { get; } = type;

    internal override ulong Flags { get; } = flags;

    internal override ulong EntrySize { get; } = entrySize;

    /// <summary>Makes room for more pieces: not for all, since most of those of a large section are known already.</summary>
    internal void Expect(int more) => _pieces.Expect(Math.Min(more, Math.Max(1024, _pieces.Count / 4)));

    /// <summary>Fetches ahead what adding a run of pieces will look at.</summary>
    /// <param name="hashes">Their hashes.</param>
    /// <param name="at">The piece that is added now.</param>
    internal void PrefetchAhead(ReadOnlySpan<ulong> hashes, int at)
    {
        const int Distance = 6;
        if (at + (3 * Distance) < hashes.Length)
            _pieces.PrefetchSlot(hashes[at + (3 * Distance)]);
        if (at + (2 * Distance) < hashes.Length)
            _pieces.PrefetchRow(hashes[at + (2 * Distance)]);
        if (at + Distance < hashes.Length)
            _pieces.PrefetchName(hashes[at + Distance]);
    }

    /// <summary>Adds a piece.</summary>
    /// <returns>Its number.</returns>
    internal int Add(NativeBytes content, ulong hash, byte alignmentLog2)
    {
        int id = _pieces.GetOrAdd(content, hash, out bool isNew);
        if (isNew)
            _unique.Add(new UniquePiece { AlignmentLog2 = alignmentLog2 });
        else if (_unique[id].AlignmentLog2 < alignmentLog2)
            _unique[id].AlignmentLog2 = alignmentLog2;
        return id;
    }

    /// <summary>Whether a string may be the end of a longer one.</summary>
    internal bool SharesTails { get; init; }

    /// <summary>Gives every piece its offset.</summary>
    internal void AssignOffsets()
    {
        ulong offset = 0;
        int alignmentLog2 = 0;
        Span<UniquePiece> unique = _unique.Span;
        int[]? hosts = SharesTails ? StringTails.FindHosts(_pieces, unique) : null;
        for (int id = 0; id < unique.Length; id++)
        {
            if (hosts is not null && hosts[id] >= 0)
                continue;
            ulong mask = (1UL << unique[id].AlignmentLog2) - 1;
            offset = (offset + mask) & ~mask;
            unique[id].Offset = offset;
            offset += (ulong)_pieces[id].Length;
            alignmentLog2 = Math.Max(alignmentLog2, unique[id].AlignmentLog2);
        }

        for (int id = 0; id < unique.Length && hosts is not null; id++)
        {
            if (hosts[id] >= 0)
                unique[id].Offset = unique[hosts[id]].Offset + (ulong)(_pieces[hosts[id]].Length - _pieces[id].Length);
        }

        Size = offset;
        AlignmentLog2 = (byte)alignmentLog2;
    }

    /// <summary>The offset of a piece in this section.</summary>
    internal ulong OffsetOf(int id) => _unique[id].Offset;

    internal override bool IsDivisible => !SharesTails;

    internal override void Write(Span<byte> target) => WritePart(0, target);

    internal override void WritePart(ulong start, Span<byte> target)
    {
        ulong end = start + (ulong)target.Length;
        for (int id = FirstAt(start); id < _unique.Count; id++)
        {
            ulong offset = _unique[id].Offset;
            if (offset >= end && !SharesTails)
                break;
            ReadOnlySpan<byte> piece = _pieces[id].Span;
            if (offset < start)
            {
                piece = piece[(int)Math.Min(start - offset, (ulong)piece.Length)..];
                offset = start;
            }

            piece[..(int)Math.Min((ulong)piece.Length, end - offset)].CopyTo(target[(int)(offset - start)..]);
        }
    }

    // The first piece that may reach to an offset: pieces stand in the order of their numbers, tails of others aside.
    private int FirstAt(ulong start)
    {
        if (start == 0 || SharesTails)
            return 0;
        int low = 0, high = _unique.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_unique[middle].Offset <= start)
                low = middle + 1;
            else
                high = middle;
        }

        return Math.Max(low - 1, 0);
    }
}
