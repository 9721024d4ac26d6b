// Which program headers the output has: counted before addresses are assigned (the table stands in front of everything), filled in
// afterwards. Order: PT_PHDR, PT_LOAD ascending, then the ones that only speak about parts of them.

using System;
using System.Collections.Generic;
using FullRust.Linker.Arguments;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal static class SegmentPlan
{
    /// <summary>The number of program headers.</summary>
    internal static int Count(List<OutputSection> sections, List<LoadGroup> loads, LinkOptions options)
    {
        int count = 1 + loads.Count; // PT_PHDR
        if (options.GnuStackSegment)
            count++;
        if (Contains(sections, static s => s.IsRelro && s.Size != 0 && !(s.IsTls && s.IsNoBits)))
            count++;
        return count + CountOthers(sections) + options.SpareProgramHeaders;
    }

    /// <summary>The number of headers that <see cref="AddOthers"/> adds.</summary>
    internal static int CountOthers(List<OutputSection> sections)
    {
        int count = 0;
        if (Contains(sections, static s => s.IsTls))
            count++;
        if (Contains(sections, static s => s.Type == SHT_DYNAMIC))
            count++;
        if (Contains(sections, static s => s.Name.Span.SequenceEqual(".eh_frame_hdr"u8) && s.IsAllocated))
            count++;
        if (Contains(sections, static s => s.Name.Span.SequenceEqual(".note.gnu.property"u8) && s.IsAllocated))
            count++;
        return count + NoteRuns(sections).Count;
    }

    /// <summary>Adds what speaks about single sections in any layout: TLS, unwind table, properties, notes.</summary>
    internal static void AddOthers(List<OutputSection> sections, List<Segment> segments)
    {
        AddTls(sections, segments);
        if (sections.Find(static s => s.Type == SHT_DYNAMIC) is { } dynamic)
            segments.Add(new Segment(PT_DYNAMIC, PF_R | PF_W, dynamic.FileOffset, dynamic.Address, dynamic.Size, dynamic.Size, 8));
        AddSingle(sections, segments, ".eh_frame_hdr"u8, PT_GNU_EH_FRAME);
        AddSingle(sections, segments, ".note.gnu.property"u8, PT_GNU_PROPERTY);
        foreach ((int first, int last) in NoteRuns(sections))
        {
            ulong size = sections[last].FileOffset + sections[last].Size - sections[first].FileOffset;
            segments.Add(new Segment(PT_NOTE, PF_R, sections[first].FileOffset, sections[first].Address, size, size, 1UL << sections[first].AlignmentLog2));
        }
    }

    /// <summary>The program headers, with addresses.</summary>
    internal static List<Segment> Make(List<OutputSection> sections, List<LoadGroup> loads, LinkOptions options, int count)
    {
        ulong tableSize = 56UL * (ulong)count;
        ulong imageBase = loads[0].Address;
        var segments = new List<Segment>(count) { new(PT_PHDR, PF_R, 64, imageBase + 64, tableSize, tableSize, 8) };
        var ascending = new List<LoadGroup>(loads);
        ascending.Sort((a, b) => a.Address.CompareTo(b.Address));
        foreach (LoadGroup load in ascending)
            segments.Add(new Segment(PT_LOAD, load.Flags, load.FileOffset, load.Address, load.SizeInFile, load.SizeInMemory, load.Alignment));
        AddRelro(sections, loads, segments);
        AddOthers(sections, segments);
        if (options.GnuStackSegment)
        {
            uint stackFlags = options.ExecutableStack ? PF_R | PF_W | PF_X : PF_R | PF_W;
            segments.Add(new Segment(PT_GNU_STACK, stackFlags, 0, 0, 0, options.StackSize, 16));
        }

        for (int i = 0; i < options.SpareProgramHeaders; i++)
            segments.Add(new Segment(PT_NULL, 0, 0, 0, 0, 0, 0));
        return segments;
    }

    private static bool Contains(List<OutputSection> sections, Predicate<OutputSection> condition) => sections.Exists(condition);

    private static void AddTls(List<OutputSection> sections, List<Segment> segments)
    {
        int first = sections.FindIndex(static s => s.IsTls);
        if (first < 0)
            return;
        ulong fileEnd = sections[first].FileOffset, end = sections[first].Address;
        byte alignmentLog2 = 0;
        for (int i = first; i < sections.Count && sections[i].IsTls; i++)
        {
            if (!sections[i].IsNoBits)
                fileEnd = sections[i].FileOffset + sections[i].Size;
            end = sections[i].Address + sections[i].Size;
            alignmentLog2 = Math.Max(alignmentLog2, sections[i].AlignmentLog2);
        }

        segments.Add(new Segment(
            PT_TLS, PF_R, sections[first].FileOffset, sections[first].Address, fileEnd - sections[first].FileOffset, end - sections[first].Address, 1UL << alignmentLog2));
    }

    private static void AddRelro(List<OutputSection> sections, List<LoadGroup> loads, List<Segment> segments)
    {
        if (!Contains(sections, static s => s.IsRelro && s.Size != 0 && !(s.IsTls && s.IsNoBits)))
            return;
        LoadGroup load = loads.Find(static l => l.IsRelro)!;
        segments.Add(new Segment(PT_GNU_RELRO, PF_R, load.FileOffset, load.Address, load.SizeInFile, load.SizeInMemory, 1));
    }

    private static void AddSingle(List<OutputSection> sections, List<Segment> segments, ReadOnlySpan<byte> name, uint type)
    {
        foreach (OutputSection s in sections)
        {
            if (s.IsAllocated && s.Name.Span.SequenceEqual(name))
                segments.Add(new Segment(type, PF_R, s.FileOffset, s.Address, s.Size, s.Size, 1UL << s.AlignmentLog2));
        }
    }

    // One PT_NOTE per run of allocated notes of equal alignment (gABI, Note Section).
    private static List<(int First, int Last)> NoteRuns(List<OutputSection> sections)
    {
        var runs = new List<(int First, int Last)>();
        for (int i = 0; i < sections.Count; i++)
        {
            if (sections[i].Type != SHT_NOTE || !sections[i].IsAllocated || sections[i].Size == 0)
                continue;
            if (runs.Count > 0 && runs[^1].Last == i - 1 && sections[i - 1].AlignmentLog2 == sections[i].AlignmentLog2)
                runs[^1] = (runs[^1].First, i);
            else
                runs.Add((i, i));
        }

        return runs;
    }
}
