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

    internal override void Write(Span<byte> target)
    {
        for (int id = 0; id < _unique.Count; id++)
            _pieces[id].Span.CopyTo(target[(int)_unique[id].Offset..]);
    }
}
