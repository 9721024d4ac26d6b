// Sections of strings whose pieces nobody asks for one by one (those of debug information): they are taken apart and hashed together, beside
// the marking of sections, and where they are very many merged together, by all threads.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;
using FullRust.Linker.Objects;

namespace FullRust.Linker.Sections;

internal sealed class WholeStrings(SectionTable sections, int threads) : IDisposable
{
    // From so many strings on, several threads merge them; a section that has shards ends where offsets no longer fit into a piece.
    private const int WorthShards = 1 << 16;
    private const long WorthThreads = 512 << 10;
    private readonly List<int> _rows = [];
    private readonly List<Share> _shares = [];
    private readonly NativeList<SplitSection> _split = new();

    /// <summary>The number of pieces of all these sections.</summary>
    internal long PieceCount { get; private set; }

    /// <summary>The sections; those without an end, which <see cref="SplitSection.Row"/> is 0 of, are not among the pieces.</summary>
    internal ReadOnlySpan<SplitSection> Sections => _split.Span;

    /// <summary>The row of each of <see cref="Sections"/>.</summary>
    internal IReadOnlyList<int> Rows => _rows;

    /// <summary>Whether it is too late for a further section.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>Adds a section.</summary>
    internal void Add(int row) => _rows.Add(row);

    /// <summary>Of the hashes of a section's strings the half that <see cref="NameTable.TagOf"/> gives.</summary>
    internal ReadOnlySpan<uint> TagsOf(in SplitSection section) => _shares[section.Share - 1].Tags.Span.Slice(section.FirstPiece, section.Count);

    /// <summary>The table that has a section's pieces.</summary>
    internal PieceTable TableOf(in SplitSection section) => _shares[section.Share - 1].Table;

    /// <summary>Takes all sections apart while the caller does other work.</summary>
    internal void SplitBeside(Action work)
    {
        IsClosed = true;
        _rows.Sort();
        int usedThreads = Bytes() >= WorthThreads ? threads : 1;
        _split.AddZeroed(_rows.Count);
        ParallelRanges.ForBeside(_rows.Count, 1, usedThreads, AddShare, (row, _, share) => Split(row, share), work);
        foreach (Share share in _shares)
            PieceCount += share.Table.Pieces.Count;
    }

    /// <summary>Merges sections that are one merged section's only ones, and fixes its offsets.</summary>
    /// <param name="merged">The merged section, still empty.</param>
    /// <param name="parts">Numbers of its sections, in input order.</param>
    /// <param name="split">All sections that were taken apart.</param>
    /// <returns>False if these are not worth it, or not possible: nothing was done.</returns>
    internal bool TryMerge(MergedSection merged, List<int> parts, NativeList<SplitSection> split)
    {
        long pieces = 0, bytes = 0;
        bool isPossible = !merged.SharesTails;
        foreach (int number in parts)
        {
            ref readonly SplitSection part = ref split[number];
            isPossible &= part.IsWhole && sections[part.Row].AlignmentLog2 == 0;
            (pieces, bytes) = (pieces + part.Count, bytes + part.Contents.Length);
        }

        if (!isPossible || pieces < WorthShards || bytes > int.MaxValue)
            return false;
        merged.Divide();
        var places = new ShardPlaces(parts.Count);
        ParallelRanges.For(threads, 1, threads, (first, last) =>
        {
            for (int worker = first; worker < last; worker++)
                AddShards(merged, parts, split, (int)pieces, worker, places);
        });
        merged.AssignOffsets();
        ParallelRanges.For(parts.Count, Math.Max(1, parts.Count / 256), threads, (first, last) =>
        {
            for (int part = first; part < last; part++)
                SetTargets(merged, split[parts[part]], part, places);
        });
        places.Dispose();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Share share in _shares)
            share.Table.Dispose();
        ForgetTags();
        _split.Dispose();
    }

    /// <summary>Frees what only merging needs.</summary>
    internal void ForgetTags() => _shares.ForEach(static share => share.Tags.Dispose());

    private long Bytes()
    {
        long bytes = 0;
        foreach (int row in _rows)
            bytes += (long)sections[row].Size;
        return bytes;
    }

    private Share AddShare()
    {
        lock (_shares)
        {
            _shares.Add(new Share(_shares.Count + 1));
            return _shares[^1];
        }
    }

    private void Split(int index, Share share)
    {
        NativeBytes contents = sections.Contents(_rows[index]);
        if (!contents.IsEmpty && contents.Span[^1] != 0)
            return;
        NativeList<Piece> pieces = share.Table.Pieces;
        int first = pieces.Count;
        const int Distance = 1024;
        for (long at = 0; at < contents.Length;)
        {
            contents.Prefetch(at + Distance);
            contents.TryString((ulong)at, out NativeBytes text, out ulong hash);
            share.Tags.Add(NameTable.TagOf(hash));
            pieces.Add(new Piece { Offset = (uint)at, Target = Piece.Reached });
            at += text.Length + 1;
        }

        int starts = share.Table.AddStarts(first, contents.Length);
        _split[index] = new SplitSection { Contents = contents, Row = _rows[index], FirstPiece = first, Count = pieces.Count - first, FirstStarts = starts, Share = share.Number };
    }

    // The strings of those shards that are this worker's. They are picked block by block, so that what they need can be fetched ahead. Their
    // places are noted shard by shard: pieces are neighbours in memory, where threads that write to them in turns would wait for each other.
    private void AddShards(MergedSection merged, List<int> parts, NativeList<SplitSection> split, int allPieces, int worker, ShardPlaces places)
    {
        const int Block = 4096, Distance = 8;
        var picked = new int[Block];
        var pickedTags = new uint[Block];
        uint own = 0;
        for (int shard = worker; shard < MergedSection.Shards; shard += threads)
        {
            own |= 1u << shard;
            merged.MakeShard(shard, allPieces);
            places.Make(shard, MergedSection.ShareOf(allPieces));
        }

        for (int part = 0; part < parts.Count; part++)
        {
            ref readonly SplitSection section = ref split[parts[part]];
            NativeBytes contents = section.Contents;
            ReadOnlySpan<Piece> pieces = TableOf(section).PiecesOf(section);
            ReadOnlySpan<uint> tags = TagsOf(section);
            for (int shard = worker; shard < MergedSection.Shards; shard += threads)
                places.Begin(part, shard);
            for (int start = 0; start < pieces.Length; start += Block)
            {
                int count = 0;
                for (int i = start; i < Math.Min(start + Block, pieces.Length); i++)
                {
                    (picked[count], pickedTags[count]) = (i, tags[i]);
                    count += (int)(own >> MergedSection.ShardOf(tags[i])) & 1;
                }

                ReadOnlySpan<uint> run = pickedTags.AsSpan(0, count);
                for (int i = 0; i < count; i++)
                {
                    merged.PrefetchAhead(run, i);
                    if (i + Distance < count)
                        contents.Prefetch(pieces[picked[i + Distance]].Offset);
                    places.Add(MergedSection.ShardOf(run[i]), merged.Add(PieceTable.ContentOf(pieces, picked[i], contents), run[i], 0));
                }
            }
        }
    }

    private void SetTargets(MergedSection merged, in SplitSection section, int part, ShardPlaces places)
    {
        Span<Piece> pieces = TableOf(section).PiecesOf(section);
        ReadOnlySpan<uint> tags = TagsOf(section);
        Span<int> next = stackalloc int[MergedSection.Shards];
        places.CopyBegins(part, next);
        for (int i = 0; i < pieces.Length; i++)
        {
            int shard = MergedSection.ShardOf(tags[i]);
            pieces[i].Target = (int)merged.BaseOf(shard) + places[shard, next[shard]++];
        }
    }

    /// <summary>What one thread took apart: each fills tables of its own, because how much there is is not known before.</summary>
    /// <param name="number">Counted from 1.</param>
    private sealed class Share(int number)
    {
        internal readonly int Number = number;
        internal readonly PieceTable Table = new();
        internal readonly NativeList<uint> Tags = new();
    }

    /// <summary>Offsets in their shards of the strings of all sections, in their order, shard by shard. Each shard has one writer.</summary>
    private sealed class ShardPlaces : IDisposable
    {
        private readonly NativeList<int>[] _places = new NativeList<int>[MergedSection.Shards];
        private readonly int[] _begins;

        internal ShardPlaces(int parts) => _begins = new int[parts * MergedSection.Shards];

        internal void Make(int shard, int strings) => _places[shard] = new NativeList<int>(strings);

        internal int this[int shard, int index] => _places[shard][index];

        internal void Begin(int part, int shard) => _begins[(part * MergedSection.Shards) + shard] = _places[shard].Count;

        internal void Add(int shard, int place) => _places[shard].Add(place);

        internal void CopyBegins(int part, Span<int> begins) => _begins.AsSpan(part * MergedSection.Shards, MergedSection.Shards).CopyTo(begins);

        public void Dispose()
        {
            foreach (NativeList<int> places in _places)
                places.Dispose();
        }
    }
}
