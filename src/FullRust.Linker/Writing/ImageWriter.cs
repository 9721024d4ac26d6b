// Phase "write image": every byte once. A section is copied and relocated while it is in the cache; large links do so in parallel over
// ranges of members that never overlap (LayoutInvariants), so the bytes do not depend on the number of threads.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

internal sealed class ImageWriter
{
    // Below this much output one thread is faster than waking a second one.
    private const long ParallelFrom = 2 << 20;
    private const long ChunkSize = 512 << 10;
    private readonly SectionTable _sections;
    private readonly OutputLayout _layout;
    private readonly RelocationApplier _applier;
    private readonly DebugRelocationApplier _debugApplier;
    private readonly SymtabWriter? _symtab;
    private readonly SectionNameBytes _names;

    private ImageWriter(
        SectionTable sections, OutputLayout layout, RelocationApplier applier, DebugRelocationApplier debugApplier, SymtabWriter? symtab, SectionNameBytes names)
    {
        _sections = sections;
        _layout = layout;
        _applier = applier;
        _debugApplier = debugApplier;
        _symtab = symtab;
        _names = names;
    }

    /// <summary>Writes everything but what depends on the finished bytes (the build-id).</summary>
    internal static OutputImage Write(
        SectionTable sections,
        OutputLayout layout,
        RelocationApplier applier,
        DebugRelocationApplier debugApplier,
        SymtabWriter? symtab,
        SectionNameBytes names,
        LinkOptions options)
    {
        var writer = new ImageWriter(sections, layout, applier, debugApplier, symtab, names);
        var tables = TailTables.Plan(layout, symtab, names);
        var buffer = new NativeBuffer(tables.FileSize);
        int threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        if (threads == 1 || tables.FileSize < ParallelFrom)
            writer.WriteSections(buffer);
        else
            writer.WriteSectionsInParallel(buffer, threads);
        HeaderWriter.Write(buffer, layout, tables);
        tables.Write(buffer, layout, symtab);
        return new OutputImage(buffer);
    }

    private void WriteSections(NativeBuffer buffer)
    {
        foreach (OutputSection output in _layout.Sections)
        {
            if (!output.IsNoBits)
                WriteMembers(buffer, output, 0, output.Members.Count);
        }
    }

    private void WriteSectionsInParallel(NativeBuffer buffer, int threads)
    {
        var chunks = new List<(OutputSection Section, int First, int Count)>();
        foreach (OutputSection output in _layout.Sections)
        {
            if (!output.IsNoBits)
                Cut(output, chunks);
        }

        Parallel.For(0, chunks.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => WriteMembers(buffer, chunks[i].Section, chunks[i].First, chunks[i].Count));
    }

    private void Cut(OutputSection output, List<(OutputSection Section, int First, int Count)> chunks)
    {
        ReadOnlySpan<int> members = output.Members.Span;
        int first = 0;
        ulong size = 0;
        for (int i = 0; i < members.Length; i++)
        {
            size += members[i] > 0 ? _sections[members[i]].Size : _layout.Synthetic[~members[i]].Size;
            if (size < ChunkSize)
                continue;
            chunks.Add((output, first, i + 1 - first));
            (first, size) = (i + 1, 0);
        }

        if (first < members.Length)
            chunks.Add((output, first, members.Length - first));
    }

    private void WriteMembers(NativeBuffer buffer, OutputSection output, int first, int count)
    {
        bool isExecutable = (output.Flags & SHF_EXECINSTR) != 0;
        ReadOnlySpan<int> members = output.Members.Span;
        ulong previousEnd = first == 0 ? 0 : EndOf(members[first - 1]);
        for (int i = first; i < first + count; i++)
        {
            ulong offset = members[i] > 0 ? _sections[members[i]].Offset : _layout.Synthetic[~members[i]].Offset;
            if (isExecutable && offset > previousEnd)
                buffer.Slice((long)(output.FileOffset + previousEnd), (long)(offset - previousEnd)).Fill(0xcc); // int3 between functions
            previousEnd = EndOf(members[i]);
            if (members[i] > 0)
                WriteRow(buffer, output, members[i]);
            else
                WriteSynthetic(buffer, output, _layout.Synthetic[~members[i]]);
        }
    }

    private ulong EndOf(int member) => member > 0
        ? _sections[member].Offset + _sections[member].Size
        : _layout.Synthetic[~member].Offset + _layout.Synthetic[~member].Size;

    private void WriteRow(NativeBuffer buffer, OutputSection output, int row)
    {
        ref readonly InputSection section = ref _sections[row];
        if (section.Size == 0 || section.Kind == SectionKind.NoBits)
            return;
        Span<byte> target = buffer.Slice((long)(output.FileOffset + section.Offset), (long)section.Size);
        _sections.Contents(row).Span.CopyTo(target);
        if (output.IsAllocated)
            _applier.Apply(row, target, output.Address + section.Offset);
        if (output.Type is SHT_INIT_ARRAY or SHT_FINI_ARRAY && MemberOrder.IsReversed(_sections.Name(row).Span))
            MemoryMarshal.Cast<byte, ulong>(target).Reverse();
        if (!output.IsAllocated)
            _debugApplier.Apply(row, target);
    }

    private static void WriteSynthetic(NativeBuffer buffer, OutputSection output, SyntheticSection section)
    {
        if (section.Type != SHT_NOBITS)
            section.Write(buffer.Slice((long)(output.FileOffset + section.Offset), (long)section.Size));
    }
}
