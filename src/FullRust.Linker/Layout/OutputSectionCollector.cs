// Phase "lay out", first step: every live input section joins the output section of its mapped name, in input order. What the
// linker makes itself joins in the same way.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Objects;
using FullRust.Linker.Sections;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal sealed class OutputSectionCollector
{
    private readonly SectionTable _sections;
    private readonly OutputSectionNames _names;
    private readonly NameTable _allocated = new(), _notAllocated = new();
    private readonly List<int> _allocatedIndex = [], _notAllocatedIndex = [];
    private readonly List<SyntheticSection> _synthetic;
    private NativeBytes _lastName;
    private OutputSection? _last;

    private OutputSectionCollector(SectionTable sections, OutputSectionNames names, List<SyntheticSection> synthetic)
    {
        _sections = sections;
        _names = names;
        _synthetic = synthetic;
    }

    /// <summary>The output sections, sorted; rows and synthetic sections know the one that they belong to.</summary>
    internal List<OutputSection> Sections { get; private set; } = [];

    /// <summary>Collects.</summary>
    /// <param name="sections">Input sections.</param>
    /// <param name="merges">Merged sections, which take the place of their first live input.</param>
    /// <param name="names">Name mapping.</param>
    /// <param name="synthetic">Sections made by the linker; empty ones are left out. Merged sections are added to the list.</param>
    /// <param name="order">What options ask for beside the usual order; null for nothing.</param>
    /// <param name="options">Relro.</param>
    internal static List<OutputSection> Collect(
        SectionTable sections, MergeSections merges, OutputSectionNames names, List<SyntheticSection> synthetic, RequestedOrder? order, LinkOptions options)
    {
        var collector = new OutputSectionCollector(sections, names, synthetic);
        UniqueSections? unique = UniqueSections.From(options);
        int given = synthetic.Count;
        var mergedIndex = new Dictionary<MergedSection, int>();
        for (int row = 1; row < sections.Rows.Count; row++)
        {
            ref InputSection section = ref sections[row];
            if (!section.IsLive)
                continue;
            if (section.Kind is SectionKind.Regular or SectionKind.NoBits or SectionKind.NonAllocated)
                collector.AddRow(row, unique);
            else if (section.Kind == SectionKind.Mergeable && section.Extra != 0)
                collector.AddMerged(merges.MergedOf(row), mergedIndex);
        }

        // What no live input brought along (the linker's own .comment line in a program without any).
        foreach (MergedSection merged in merges.Merged)
            collector.AddMerged(merged, mergedIndex);
        for (int i = 0; i < given; i++)
        {
            if (synthetic[i].Size != 0)
                collector.AddSynthetic(i);
        }

        return collector.Finish(order, options);
    }

    private void AddMerged(MergedSection merged, Dictionary<MergedSection, int> index)
    {
        if (merged.Size == 0 || index.ContainsKey(merged))
            return;
        index[merged] = _synthetic.Count;
        _synthetic.Add(merged);
        AddSynthetic(_synthetic.Count - 1);
    }

    private void AddRow(int row, UniqueSections? unique)
    {
        ref readonly Elf64_Shdr header = ref _sections.Header(row);
        NativeBytes name = _names.Map(_sections.Name(row), header.sh_flags, header.sh_type);
        OutputSection output;
        if (unique is not null && unique.Contains(_sections.Name(row), name, header.sh_flags))
            Sections.Add(output = new OutputSection(_sections.Name(row)));
        else
            output = Find(name, header.sh_flags);
        Join(output, header.sh_type, header.sh_flags & ~SHF_COMPRESSED, header.sh_entsize, _sections[row].AlignmentLog2);
        output.Members.Add(row);
    }

    private void AddSynthetic(int index)
    {
        SyntheticSection section = _synthetic[index];
        OutputSection output = Find(section.Name, section.Flags);
        Join(output, section.Type, section.Flags, section.EntrySize, section.AlignmentLog2);
        output.Members.Add(~index);
    }

    private OutputSection Find(NativeBytes name, ulong flags)
    {
        bool isAllocated = (flags & SHF_ALLOC) != 0;
        List<int> index = isAllocated ? _allocatedIndex : _notAllocatedIndex;
        if (_last is not null && _lastName.IsSameRange(name) && _last.IsAllocated == isAllocated)
            return _last;
        int id = (isAllocated ? _allocated : _notAllocated).GetOrAdd(name, StringHash.Compute(name.Span), out bool isNew);
        if (isNew)
        {
            index.Add(Sections.Count);
            Sections.Add(new OutputSection(name));
        }

        _lastName = name;
        return _last = Sections[index[id]];
    }

    internal static void Join(OutputSection output, uint type, ulong flags, ulong entrySize, byte alignmentLog2)
    {
        const ulong Kept = SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR | SHF_TLS | SHF_X86_64_LARGE;
        bool isFirst = output.Members.Count == 0;
        if (isFirst)
        {
            output.Type = type == SHT_X86_64_UNWIND ? SHT_PROGBITS : type;
            output.EntrySize = entrySize;
            output.Flags = flags & (Kept | SHF_MERGE | SHF_STRINGS);
        }
        else
        {
            if (output.Type != type)
                output.Type = JoinTypes(output.Type, type);
            if (output.EntrySize != entrySize || (output.Flags & (SHF_MERGE | SHF_STRINGS)) != (flags & (SHF_MERGE | SHF_STRINGS)))
                (output.EntrySize, output.Flags) = (0, output.Flags & ~(SHF_MERGE | SHF_STRINGS));
            output.Flags |= flags & Kept;
        }

        output.AlignmentLog2 = Math.Max(output.AlignmentLog2, alignmentLog2);
    }

    // Bytes win over no bytes; an array type over plain bytes of the same name.
    private static uint JoinTypes(uint a, uint b)
    {
        if (a is SHT_INIT_ARRAY or SHT_FINI_ARRAY or SHT_PREINIT_ARRAY)
            return a;
        if (b is SHT_INIT_ARRAY or SHT_FINI_ARRAY or SHT_PREINIT_ARRAY)
            return b;
        return SHT_PROGBITS;
    }

    private List<OutputSection> Finish(RequestedOrder? order, LinkOptions options)
    {
        foreach (OutputSection section in Sections)
        {
            // Only a writable segment may be larger in memory than in the file: the kernel clears nothing else reliably.
            if (section.IsNoBits && section.IsAllocated && (section.Flags & SHF_WRITE) == 0)
                section.Type = SHT_PROGBITS;
            if (section.Name.Span.SequenceEqual(".init_array"u8))
                section.Type = SHT_INIT_ARRAY;
            else if (section.Name.Span.SequenceEqual(".fini_array"u8))
                section.Type = SHT_FINI_ARRAY;
            SectionOrder.Rank(section, options.Relro && options.Magic != MagicPolicy.OMagic);
            if (FixedAddresses.ComesFirst(section, options))
                section.Rank -= 1000;
        }

        var sorted = new OutputSection[Sections.Count];
        var keys = new long[Sections.Count];
        for (int i = 0; i < sorted.Length; i++)
            (sorted[i], keys[i]) = (Sections[i], ((long)Sections[i].Rank << 32) | (uint)i);
        Array.Sort(keys, sorted);
        Sections = [.. sorted];
        RandomPadding? padding = options.PaddingSeed is { } seed ? new RandomPadding(seed) : null;
        for (int i = 0; i < Sections.Count; i++)
        {
            order?.SortBySection(Sections[i]);
            MemberOrder.Sort(Sections[i], _sections);
            order?.Apply(Sections[i]);
            AssignOffsets(i, padding);
        }

        if (_sections.LinkOrder.Count > 0)
            FollowLinks(padding);
        _allocated.Dispose();
        _notAllocated.Dispose();
        return Sections;
    }

    private void FollowLinks(RandomPadding? padding)
    {
        for (int i = 0; i < Sections.Count; i++)
        {
            if (LinkOrder.Sort(Sections[i].Members.Span, _sections, row => (_sections[row].OutputSection, _sections[row].Offset)))
                AssignOffsets(i, padding);
        }
    }

    private void AssignOffsets(int index, RandomPadding? padding)
    {
        OutputSection output = Sections[index];
        ulong size = 0;
        bool hasGaps = padding is not null && RandomPadding.IsAllowed(output);
        foreach (int member in output.Members.Span)
        {
            if (member > 0)
            {
                ref InputSection section = ref _sections[member];
                size = AlignUp(hasGaps ? AddressSpace.Add(size, padding!.Next(section.AlignmentLog2)) : size, section.AlignmentLog2);
                section.Offset = size;
                section.OutputSection = index;
                size = AddressSpace.Add(size, section.Size);
            }
            else
            {
                SyntheticSection section = _synthetic[~member];
                size = AlignUp(size, section.AlignmentLog2);
                section.Offset = size;
                section.OutputSection = index;
                size = AddressSpace.Add(size, section.Size);
            }
        }

        output.Size = size;
    }

    private static ulong AlignUp(ulong value, int alignmentLog2) => AddressSpace.AlignUp(value, 1UL << alignmentLog2);
}
