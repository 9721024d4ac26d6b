// Cuts the image into chunks that threads write one by one. Which chunks there are depends on the layout alone.

using System;
using System.Collections.Generic;
using FullRust.Linker.Common;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;

namespace FullRust.Linker.Writing;

/// <summary>Consecutive members of an output section, or a part of a synthetic one.</summary>
/// <param name="Section">The output section.</param>
/// <param name="First">The first member.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Size">About how many bytes they have.</param>
/// <param name="PartStart">Offset in the only member, a synthetic section that is cut itself; null for whole members.</param>
internal readonly record struct ImageChunk(OutputSection Section, int First, int Count, ulong Size, ulong? PartStart = null);

/// <summary>Cuts sections and says where the chunks are. Thread-safe.</summary>
internal sealed class ImageChunks(SectionTable sections, OutputLayout layout)
{
    /// <summary>Cuts all sections.</summary>
    /// <param name="chunkSize">Bytes from which on a chunk ends.</param>
    /// <param name="threads">Threads to use.</param>
    internal List<ImageChunk> Cut(ulong chunkSize, int threads)
    {
        var parts = new List<ImageChunk>[layout.Sections.Count];
        ParallelRanges.For(parts.Length, 1, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
            {
                parts[i] = [];
                if (!layout.Sections[i].IsNoBits)
                    Cut(layout.Sections[i], parts[i], chunkSize);
            }
        });
        var chunks = new List<ImageChunk>();
        foreach (List<ImageChunk> part in parts)
            chunks.AddRange(part);

        // What one thread needs long for comes first, so that no thread is left alone with it at the end.
        List<ImageChunk> large = chunks.FindAll(c => c.Size > 4 * chunkSize);
        chunks.RemoveAll(c => c.Size > 4 * chunkSize);
        chunks.InsertRange(0, large);
        return chunks;
    }

    private void Cut(OutputSection output, List<ImageChunk> chunks, ulong chunkSize)
    {
        if (output.Compressed is not null)
        {
            chunks.Add(new ImageChunk(output, 0, 0, (ulong)output.Compressed.Length));
            return;
        }

        ReadOnlySpan<int> members = output.Members.Span;
        int first = 0;
        ulong size = 0;
        for (int i = 0; i < members.Length; i++)
        {
            ulong memberSize = members[i] > 0 ? sections[members[i]].Size : layout.Synthetic[~members[i]].Size;
            bool isDivided = members[i] < 0 && memberSize > 2 * chunkSize && layout.Synthetic[~members[i]].IsDivisible;
            if (isDivided && first < i)
                chunks.Add(new ImageChunk(output, first, i - first, size));
            for (ulong at = 0; isDivided && at < memberSize; at += chunkSize)
                chunks.Add(new ImageChunk(output, i, 1, Math.Min(chunkSize, memberSize - at), at));
            size += memberSize;
            if (size < chunkSize && !isDivided)
                continue;
            if (!isDivided)
                chunks.Add(new ImageChunk(output, first, i + 1 - first, size));
            (first, size) = (i + 1, 0);
        }

        if (first < members.Length)
            chunks.Add(new ImageChunk(output, first, members.Length - first, size));
    }

    /// <summary>The bytes of the file that a chunk is written to, gaps before its members included.</summary>
    internal FileRange RangeOf(in ImageChunk chunk)
    {
        OutputSection section = chunk.Section;
        if (section.Compressed is { } compressed)
            return new FileRange((long)section.FileOffset, compressed.Length);
        ReadOnlySpan<int> members = section.Members.Span;
        ulong start = chunk.First == 0 ? 0 : EndOf(members[chunk.First - 1]), end = EndOf(members[chunk.First + chunk.Count - 1]);
        if (chunk.PartStart is { } part)
        {
            ulong offset = layout.Synthetic[~members[chunk.First]].Offset;
            (start, end) = (part == 0 ? start : offset + part, offset + part + chunk.Size);
        }

        return end <= start ? default : new FileRange((long)(section.FileOffset + start), (long)(end - start));
    }

    /// <summary>Offset in the output section behind a member.</summary>
    internal ulong EndOf(int member) => member > 0
        ? sections[member].Offset + sections[member].Size
        : layout.Synthetic[~member].Offset + layout.Synthetic[~member].Size;
}
