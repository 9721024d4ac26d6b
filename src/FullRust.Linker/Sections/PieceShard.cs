// The distinct pieces of a merged section, or of the part of it that has the pieces of some hashes.

using System;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;

namespace FullRust.Linker.Sections;

/// <summary>A distinct piece.</summary>
internal struct UniquePiece
{
    private const int AlignmentBits = 6;
    private ulong _offsetAndAlignment;

    internal UniquePiece(ulong offset, byte alignmentLog2) => _offsetAndAlignment = (offset << AlignmentBits) | alignmentLog2;

    /// <summary>Offset in the shard; final from the beginning where nothing is aligned and no tails are shared.</summary>
    internal ulong Offset
    {
        readonly get => _offsetAndAlignment >> AlignmentBits;
        set => this = new UniquePiece(value, AlignmentLog2);
    }

    /// <summary>Base-2 logarithm of its alignment.</summary>
    internal byte AlignmentLog2
    {
        readonly get => (byte)(_offsetAndAlignment & ((1 << AlignmentBits) - 1));
        set => this = new UniquePiece(Offset, value);
    }
}

/// <summary>Distinct pieces in the order of first use. Not thread-safe.</summary>
/// <param name="sharesTails">Whether a string may be the end of a longer one.</param>
internal sealed class PieceShard(bool sharesTails)
{
    private readonly NameTable _pieces = new(256);
    private readonly NativeList<UniquePiece> _unique = new(256);

    /// <summary>The pieces by number.</summary>
    internal ReadOnlySpan<UniquePiece> Unique => _unique.Span;

    /// <summary>Offset in the merged section.</summary>
    internal ulong Base { get; set; }

    /// <summary>Bytes of all pieces, gaps included.</summary>
    internal ulong Size { get; private set; }

    /// <summary>Base-2 logarithm of the strictest alignment.</summary>
    internal byte AlignmentLog2 { get; private set; }

    /// <summary>Keeps address space for so many pieces, since a table that moves stops all threads for a moment. The part of the tables
    /// that is touched at once has room for half of them: the other half is usually the same again.</summary>
    internal void Reserve(int pieces)
    {
        _pieces.Reserve(pieces);
        _unique.Reserve(pieces);
        _pieces.Expect(pieces / 2);
    }

    /// <summary>The steps of <see cref="NameTable"/> for fetching ahead.</summary>
    internal void PrefetchSlot(uint tag) => _pieces.PrefetchSlot(NameTable.HashOf(tag));

    /// <inheritdoc cref="PrefetchSlot"/>
    internal void PrefetchRow(uint tag) => _pieces.PrefetchRow(NameTable.HashOf(tag));

    /// <inheritdoc cref="PrefetchSlot"/>
    internal void PrefetchName(uint tag)
    {
        if (_pieces.PrefetchName(NameTable.HashOf(tag)) is int id and >= 0)
            _unique.Prefetch(id);
    }

    /// <summary>Adds a piece.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="tag">The half of their hash that <see cref="NameTable.TagOf"/> gives.</param>
    /// <param name="alignmentLog2">Base-2 logarithm of its alignment.</param>
    /// <returns>Its number.</returns>
    internal int Add(NativeBytes content, uint tag, byte alignmentLog2)
    {
        int id = _pieces.GetOrAdd(content, NameTable.HashOf(tag), out bool isNew);
        if (isNew)
        {
            _unique.Add(new UniquePiece(Size, alignmentLog2));
            Size += (ulong)content.Length;
        }
        else if (_unique[id].AlignmentLog2 < alignmentLog2)
        {
            _unique[id].AlignmentLog2 = alignmentLog2;
        }

        AlignmentLog2 = Math.Max(AlignmentLog2, alignmentLog2);
        return id;
    }

    /// <summary>Gives every piece its offset, where adding could not do so.</summary>
    internal void AssignOffsets()
    {
        if (AlignmentLog2 == 0 && !sharesTails)
            return;
        ulong offset = 0;
        Span<UniquePiece> unique = _unique.Span;
        int[]? hosts = sharesTails ? StringTails.FindHosts(_pieces, unique) : null;
        for (int id = 0; id < unique.Length; id++)
        {
            if (hosts is not null && hosts[id] >= 0)
                continue;
            ulong mask = (1UL << unique[id].AlignmentLog2) - 1;
            offset = (offset + mask) & ~mask;
            unique[id].Offset = offset;
            offset += (ulong)_pieces[id].Length;
        }

        for (int id = 0; id < unique.Length && hosts is not null; id++)
        {
            if (hosts[id] >= 0)
                unique[id].Offset = unique[hosts[id]].Offset + (ulong)(_pieces[hosts[id]].Length - _pieces[id].Length);
        }

        Size = offset;
    }

    /// <summary>Writes a range of the contents. Thread-safe.</summary>
    internal void WritePart(ulong start, Span<byte> target)
    {
        ulong end = start + (ulong)target.Length;
        const int Distance = 8;
        for (int id = FirstAt(start); id < _unique.Count; id++)
        {
            if (id + Distance < _unique.Count)
                _pieces[id + Distance].Prefetch();
            ulong offset = _unique[id].Offset;
            if (offset >= end && !sharesTails)
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
        if (start == 0 || sharesTails)
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
