// Phase "write image": every byte once. A section is copied and relocated while it is in the cache; large links do so in parallel over
// ranges of members that never overlap (LayoutInvariants), so the bytes do not depend on the number of threads.

using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Layout.Scripted;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Sections;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

internal sealed class ImageWriter
{
    // Below this much output one thread is faster than waking a second one.
    private const long ParallelFrom = 512 << 10;
    private const long ChunkSize = 512 << 10, SmallestChunk = 64 << 10;

    // From this much output on, a link that may write files does not hold its image in memory.
    private const long StreamFrom = 1 << 20;
    private readonly SectionTable _sections;
    private readonly OutputLayout _layout;
    private readonly RelocationApplier? _applier;
    private readonly DebugRelocationApplier? _debugApplier;
    private readonly SymtabWriter? _symtab;
    private readonly WrittenParts _parts;
    private readonly ImageChunks _chunks;

    private ImageWriter(
        SectionTable sections, OutputLayout layout, RelocationApplier? applier, DebugRelocationApplier? debugApplier, SymtabWriter? symtab, WrittenParts parts)
    {
        _sections = sections;
        _layout = layout;
        _applier = applier;
        _debugApplier = debugApplier;
        _symtab = symtab;
        _parts = parts;
        _chunks = new ImageChunks(sections, layout);
    }

    /// <summary>Writes everything but what depends on the finished bytes (the build-id). Without appliers nothing is relocated.</summary>
    /// <returns>The image; null after an error was reported.</returns>
    internal static OutputImage? Write(
        SectionTable sections,
        OutputLayout layout,
        RelocationApplier? applier,
        DebugRelocationApplier? debugApplier,
        SymtabWriter? symtab,
        EmittedRelocations? relocations,
        SectionNameBytes names,
        LinkOptions options,
        DiagnosticSink sink,
        bool intoFile)
    {
        var writer = new ImageWriter(sections, layout, applier, debugApplier, symtab, new WrittenParts(BuildIdNote.IsHash(options)));
        SectionCompressor.Compress(layout, writer.WriteAlone, options, sink);
        var tables = TailTables.Plan(layout, symtab, relocations, names, options);
        int threads = options.ThreadCount;
        if (intoFile && tables.FileSize >= StreamFrom && !TemporaryFile.IsWrittenStraight(options.OutputPath))
            return writer.WriteToFile(options.OutputPath, tables, threads, sink);
        var buffer = new NativeBuffer(tables.FileSize);
        writer.WriteToMemory(buffer, tables, tables.FileSize < ParallelFrom ? 1 : threads);
        return new OutputImage(buffer) { IsExecutable = !layout.IsRelocatable, Parts = writer._parts };
    }

    // Chunk by chunk through a small buffer that stays in the cache: no page of the image is ever cleared or kept in memory.
    private OutputImage? WriteToFile(string path, TailTables tables, int threads, DiagnosticSink sink)
    {
        TemporaryFile? file = TemporaryFile.Create(path, tables.FileSize, !_layout.IsRelocatable, out string error);
        try
        {
            if (file is null)
                throw new IOException(error);
            ulong chunkSize = ChunkSizeFor(tables.FileSize);
            List<ImageChunk> chunks = _chunks.Cut(chunkSize, threads);
            List<SymtabRange> symbols = _symtab?.Cut((long)chunkSize) ?? [];
            void WritePart(int index, Scratch scratch)
            {
                if (index == 0)
                    WriteTables(file, tables);
                else if (index <= chunks.Count)
                    WriteThrough(file, chunks[index - 1], scratch);
                else
                    WriteSymbols(file, tables, symbols[index - 1 - chunks.Count], scratch);
            }

            ParallelRanges.For(chunks.Count + symbols.Count + 1, 1, threads, static () => new Scratch(), (first, last, scratch) =>
            {
                for (int i = first; i < last; i++)
                    WritePart(i, scratch);
            });
            return new OutputImage(file, tables.FileSize) { Parts = _parts };
        }
        catch (IOException problem)
        {
            file?.Dispose();
            sink.Error(DiagnosticId.CannotWrite, $"cannot open output file {path}: {problem.Message} ({tables.FileSize} bytes were to be written; an existing file is unchanged)");
            return null;
        }
    }

    private void WriteTables(TemporaryFile file, TailTables tables)
    {
        long start = (long)_layout.EndOfSections;
        using var tail = new NativeBuffer(tables.FileSize - start, isSparse: true) { Origin = start };
        tables.Write(tail, _layout, _symtab);
        FileRange symbols = tables.Symbols;
        Put(file, tail.Slice(start, symbols.Start - start), start);
        Put(file, tail.Slice(symbols.End, tables.FileSize - symbols.End), symbols.End);
        using var head = new NativeBuffer(Elf64_Ehdr.Size + (_layout.Segments.Count * Elf64_Phdr.Size));
        HeaderWriter.Write(head, _layout, tables);
        Put(file, head.Bytes.Span, 0);
    }

    private void WriteSymbols(TemporaryFile file, TailTables tables, in SymtabRange range, Scratch scratch)
    {
        (FileRange entries, FileRange extended, FileRange strings) = tables.PlacesOf(range);
        NativeBuffer buffer = scratch.Take(entries.Length + extended.Length + strings.Length, origin: 0);
        Span<byte> entryBytes = buffer.Slice(0, entries.Length), extendedBytes = buffer.Slice(entries.Length, extended.Length);
        Span<byte> stringBytes = buffer.Slice(entries.Length + extended.Length, strings.Length);
        _symtab!.Write(range, entryBytes, extendedBytes, stringBytes);
        Put(file, entryBytes, entries.Start);
        Put(file, extendedBytes, extended.Start);
        Put(file, stringBytes, strings.Start);
    }

    private void Put(TemporaryFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        _parts.Add(bytes, offset);
        file.Write(bytes, offset);
    }

    private void WriteToMemory(NativeBuffer buffer, TailTables tables, int threads)
    {
        ulong chunkSize = ChunkSizeFor(tables.FileSize);
        List<ImageChunk> chunks = _chunks.Cut(chunkSize, threads);
        List<SymtabRange> symbols = _symtab?.Cut((long)chunkSize) ?? [];
        ParallelRanges.For(chunks.Count + symbols.Count, 1, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
            {
                if (i < chunks.Count)
                    WriteInPlace(buffer, chunks[i]);
                else
                    WriteInPlace(buffer, tables, symbols[i - chunks.Count]);
            }
        });
        HeaderWriter.Write(buffer, _layout, tables);
        tables.Write(buffer, _layout, _symtab);
        long tail = (long)_layout.EndOfSections;
        Note(buffer, new FileRange(tail, tables.Symbols.Start - tail));
        Note(buffer, new FileRange(tables.Symbols.End, tables.FileSize - tables.Symbols.End));
        Note(buffer, new FileRange(0, Elf64_Ehdr.Size + (_layout.Segments.Count * Elf64_Phdr.Size)));
    }

    private void WriteInPlace(NativeBuffer buffer, in ImageChunk chunk)
    {
        WriteChunk(buffer, chunk);
        Note(buffer, _chunks.RangeOf(chunk));
    }

    private void WriteInPlace(NativeBuffer buffer, TailTables tables, in SymtabRange range)
    {
        (FileRange entries, FileRange extended, FileRange strings) = tables.PlacesOf(range);
        _symtab!.Write(range, buffer.Slice(entries.Start, entries.Length), buffer.Slice(extended.Start, extended.Length), buffer.Slice(strings.Start, strings.Length));
        Note(buffer, entries);
        Note(buffer, extended);
        Note(buffer, strings);
    }

    private void Note(NativeBuffer buffer, FileRange range) => _parts.Add(buffer.Slice(range.Start, range.Length), range.Start);

    private void WriteThrough(TemporaryFile file, ImageChunk chunk, Scratch scratch)
    {
        if (chunk.Section.Compressed is { } compressed)
        {
            Put(file, compressed, (long)chunk.Section.FileOffset);
            return;
        }

        FileRange range = _chunks.RangeOf(chunk);
        if (range.Length == 0)
            return;
        NativeBuffer buffer = scratch.Take(range.Length, origin: range.Start);
        WriteChunk(buffer, chunk);
        Put(file, buffer.Slice(range.Start, range.Length), range.Start);
    }

    private void WriteChunk(NativeBuffer buffer, in ImageChunk chunk)
    {
        if (chunk.PartStart is not { } part)
        {
            WriteMembers(buffer, chunk.Section, chunk.First, chunk.Count);
            return;
        }

        ReadOnlySpan<int> members = chunk.Section.Members.Span;
        SyntheticSection section = _layout.Synthetic[~members[chunk.First]];
        if (part == 0)
            Pad(buffer, chunk.Section, chunk.First == 0 ? 0 : _chunks.EndOf(members[chunk.First - 1]), section.Offset);
        Span<byte> target = buffer.Slice((long)(chunk.Section.FileOffset + section.Offset + part), (long)chunk.Size);
        target.Clear();
        section.WritePart(part, target);
    }

    // How the work is shared out, and what is hashed for the build-id: it depends on the file alone.
    private static ulong ChunkSizeFor(long fileSize) => (ulong)Math.Clamp(fileSize / 16, SmallestChunk, ChunkSize);

    private void WriteAlone(NativeBuffer buffer, OutputSection output) => WriteMembers(buffer, output, 0, output.Members.Count);

    private void WriteMembers(NativeBuffer buffer, OutputSection output, int first, int count)
    {
        if (output.Compressed is { } compressed)
        {
            compressed.CopyTo(buffer.Slice((long)output.FileOffset, compressed.Length));
            return;
        }

        ReadOnlySpan<int> members = output.Members.Span;
        ulong previousEnd = first == 0 ? 0 : _chunks.EndOf(members[first - 1]);
        int end = first + count;
        for (int i = first; i < end; i++)
        {
            PrefetchAhead(members, i, end);
            ulong offset = members[i] > 0 ? _sections[members[i]].Offset : _layout.Synthetic[~members[i]].Offset;
            Pad(buffer, output, previousEnd, offset);
            previousEnd = _chunks.EndOf(members[i]);
            if (members[i] > 0)
                WriteRow(buffer, output, members[i]);
            else
                WriteSynthetic(buffer, output, _layout.Synthetic[~members[i]]);
        }
    }

    // The headers of sections, their bytes and relocations are all over the inputs: each step needs what the one before it has fetched.
    private void PrefetchAhead(ReadOnlySpan<int> members, int at, int end)
    {
        const int Distance = 6;
        if (at + (3 * Distance) < end)
            _sections.Prefetch(members[at + (3 * Distance)]);
        if (at + (2 * Distance) < end && members[at + (2 * Distance)] > 0)
            _sections.PrefetchHeaders(members[at + (2 * Distance)]);
        if (at + Distance < end && members[at + Distance] > 0)
            _sections.PrefetchBytes(members[at + Distance]);
    }

    private static void Pad(NativeBuffer buffer, OutputSection output, ulong start, ulong end)
    {
        if (end <= start)
            return;
        GapFill.Write(buffer.Slice((long)(output.FileOffset + start), (long)(end - start)), output, start);
    }

    private void WriteRow(NativeBuffer buffer, OutputSection output, int row)
    {
        ref readonly InputSection section = ref _sections[row];
        if (section.Size == 0)
            return;
        Span<byte> target = buffer.Slice((long)(output.FileOffset + section.Offset), (long)section.Size);
        if (_sections.Fate(row).Kind == SectionKind.NoBits)
        {
            target.Clear();
            return;
        }

        _sections.Contents(row).Span.CopyTo(target);
        if (output.IsAllocated)
            _applier?.Apply(row, target, output.Address + section.Offset);
        if (_layout.LandingPads is { } pads && pads.TryGetValue(row, out List<ulong>? offsets))
            LandingPads.Rewrite(offsets, target);
        if (output.Type is SHT_INIT_ARRAY or SHT_FINI_ARRAY && MemberOrder.IsReversed(_sections.Name(row).Span))
            MemoryMarshal.Cast<byte, ulong>(target).Reverse();
        if (!output.IsAllocated)
            _debugApplier?.Apply(row, target);
    }

    private static void WriteSynthetic(NativeBuffer buffer, OutputSection output, SyntheticSection section)
    {
        if (section.Size == 0)
            return;
        Span<byte> target = buffer.Slice((long)(output.FileOffset + section.Offset), (long)section.Size);
        target.Clear();
        if (section.Type != SHT_NOBITS)
            section.Write(target);
    }

    /// <summary>One worker's buffer, made larger when a member needs it.</summary>
    private sealed class Scratch : IDisposable
    {
        private NativeBuffer? _buffer;

        internal NativeBuffer Take(long size, long origin)
        {
            if (_buffer is null || _buffer.Length < size)
            {
                _buffer?.Dispose();
                _buffer = new NativeBuffer(Math.Max(size, 2 * ChunkSize));
            }

            _buffer.Origin = origin;
            return _buffer;
        }

        public void Dispose() => _buffer?.Dispose();
    }
}
