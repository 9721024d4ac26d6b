// The output of all mergeable sections that have a MergeKey in common: every distinct piece once, each at the strictest
// alignment that one of its copies had. Pieces stand in the order of first use; very many strings are divided among shards by their hashes, so
// that threads need not wait for each other, and stand in that order shard by shard. How many there are decides that, never the threads.

using System;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;
using FullRust.Linker.Layout;

namespace FullRust.Linker.Sections;

/// <summary>Merged strings or constants: a part of an output section.</summary>
internal sealed class MergedSection(in MergeKey key, bool sharesTails) : SyntheticSection
{
    private const int ShardsLog2 = 4;

    /// <summary>Shards of a divided section.</summary>
    internal const int Shards = 1 << ShardsLog2;
    private PieceShard[] _shards = [new PieceShard(sharesTails)];

    internal override NativeBytes Name { get; } = key.Name;

    internal override uint Type { get; } = key.Type;

    internal override ulong Flags { get; } = key.Flags;

    internal override ulong EntrySize { get; } = key.EntrySize;

    /// <summary>As in <see cref="MergeKey"/>.</summary>
    internal int Statement { get; } = key.Statement;

    /// <summary>Whether a string may be the end of a longer one.</summary>
    internal bool SharesTails { get; } = sharesTails;

    /// <summary>Whether pieces are in shards by their hashes: <see cref="Piece.Target"/> is then an offset and not a number.</summary>
    internal bool IsDivided => _shards.Length > 1;

    /// <summary>The offset of what <see cref="Piece.Target"/> names.</summary>
    internal ulong OffsetOf(int target) => IsDivided ? (ulong)target : _shards[0].Unique[target].Offset;

    /// <summary>Divides a section that is still empty; its shards are then to be made by <see cref="MakeShard"/>.</summary>
    internal void Divide() => _shards = new PieceShard[Shards];

    /// <summary>Makes a shard of a divided section. Whoever fills it makes it, since what one thread allocates lies together: threads that
    /// write to neighbouring objects wait for each other.</summary>
    /// <param name="shard">Its number.</param>
    /// <param name="pieces">How many pieces the section has at most.</param>
    internal void MakeShard(int shard, int pieces)
    {
        _shards[shard] = new PieceShard(sharesTails: false);
        _shards[shard].Reserve(ShareOf(pieces));
    }

    /// <summary>The pieces that a shard is expected to have at most.</summary>
    internal static int ShareOf(int pieces) => (pieces / Shards) + (pieces / 64);

    /// <summary>The shard of a divided section for the half of a hash that <see cref="NameTable.TagOf"/> gives.</summary>
    internal static int ShardOf(uint tag) => (int)(tag >> (32 - ShardsLog2));

    /// <summary>Offset of a shard, when offsets are assigned.</summary>
    internal ulong BaseOf(int shard) => _shards[shard].Base;

    /// <summary>Makes room for the pieces of an undivided section.</summary>
    /// <param name="pieces">How many there are at most.</param>
    internal void Reserve(int pieces) => _shards[0].Reserve(pieces);

    /// <summary>Fetches ahead what adding a run of pieces will look at.</summary>
    /// <param name="tags">The halves of their hashes that <see cref="NameTable.TagOf"/> gives.</param>
    /// <param name="at">The piece that is added now.</param>
    internal void PrefetchAhead(ReadOnlySpan<uint> tags, int at)
    {
        const int Distance = 6;
        if (at + (3 * Distance) < tags.Length)
            ShardFor(tags[at + (3 * Distance)]).PrefetchSlot(tags[at + (3 * Distance)]);
        if (at + (2 * Distance) < tags.Length)
            ShardFor(tags[at + (2 * Distance)]).PrefetchRow(tags[at + (2 * Distance)]);
        if (at + Distance < tags.Length)
            ShardFor(tags[at + Distance]).PrefetchName(tags[at + Distance]);
    }

    /// <summary>Adds a piece. Thread-safe for pieces of different shards.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="tag">The half of their hash that <see cref="NameTable.TagOf"/> gives.</param>
    /// <param name="alignmentLog2">Base-2 logarithm of its alignment.</param>
    /// <returns>Its number; in a divided section its offset in the shard.</returns>
    internal int Add(NativeBytes content, uint tag, byte alignmentLog2)
    {
        PieceShard shard = ShardFor(tag);
        int id = shard.Add(content, tag, alignmentLog2);
        return IsDivided ? (int)shard.Unique[id].Offset : id;
    }

    private PieceShard ShardFor(uint tag) => _shards[IsDivided ? ShardOf(tag) : 0];

    /// <summary>Gives every piece its offset.</summary>
    internal void AssignOffsets()
    {
        Size = 0;
        foreach (PieceShard shard in _shards)
        {
            shard.AssignOffsets();
            shard.Base = AddressSpace.AlignUp(Size, 1UL << shard.AlignmentLog2);
            Size = shard.Base + shard.Size;
            AlignmentLog2 = Math.Max(AlignmentLog2, shard.AlignmentLog2);
        }
    }

    internal override bool IsDivisible => !SharesTails;

    internal override void Write(Span<byte> target) => WritePart(0, target);

    internal override void WritePart(ulong start, Span<byte> target)
    {
        ulong end = start + (ulong)target.Length;
        foreach (PieceShard shard in _shards)
        {
            ulong from = Math.Max(start, shard.Base), to = Math.Min(end, shard.Base + shard.Size);
            if (from < to)
                shard.WritePart(from - shard.Base, target[(int)(from - start)..(int)(to - start)]);
        }
    }
}
