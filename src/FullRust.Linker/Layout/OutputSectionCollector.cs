// Phase "lay out", first step: every live input section joins the output section of its mapped name, in input order. What the
// linker makes itself joins in the same way. Of a large link threads collect parts, which are then put together in order.

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
    private const int WorthThreads = 32768;
    private readonly SectionTable _sections;
    private readonly OutputSectionNames _names;
    private readonly NameTable _allocated = new(), _notAllocated = new();
    private readonly List<int> _allocatedIndex = [], _notAllocatedIndex = [];
    private readonly List<SyntheticSection> _synthetic;
    private readonly MergeSections _merges;

    // Merged sections are the last synthetic ones; which of them are members of an output section.
    private readonly int _firstMerged;
    private readonly bool[] _isJoined;
    private NativeBytes _lastName;
    private OutputSection? _last;

    private OutputSectionCollector(SectionTable sections, MergeSections merges, OutputSectionNames names, List<SyntheticSection> synthetic, int firstMerged)
    {
        _sections = sections;
        _merges = merges;
        _names = names;
        _synthetic = synthetic;
        _firstMerged = firstMerged;
        _isJoined = new bool[synthetic.Count - firstMerged];
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
        UniqueSections? unique = UniqueSections.From(options);
        int given = synthetic.Count;
        foreach (MergedSection merged in merges.Merged)
            synthetic.Add(merged);
        OutputSectionCollector Collector() => new(sections, merges, names, synthetic, given);
        OutputSectionCollector collector = Collector();
        if (unique is not null || options.ThreadCount == 1 || sections.Count < WorthThreads)
        {
            collector.AddRows(1, sections.Count, unique);
        }
        else
        {
            var parts = new OutputSectionCollector[8 * options.ThreadCount];
            ParallelRanges.For(parts.Length, 1, options.ThreadCount, (first, last) =>
            {
                for (int i = first; i < last; i++)
                    (parts[i] = Collector()).AddRows(Part(i), Part(i + 1), unique: null);
            });
            int Part(int index) => 1 + (int)((sections.Count - 1L) * index / parts.Length);
            foreach (OutputSectionCollector part in parts)
                collector.Add(part);
        }

        // What no live input brought along (the linker's own .comment line in a program without any).
        for (int i = given; i < synthetic.Count; i++)
            collector.AddMerged(i);
        for (int i = 0; i < given; i++)
        {
            if (synthetic[i].Size != 0)
                collector.AddSynthetic(i);
        }

        return collector.Finish(order, options);
    }

    private void AddRows(int first, int end, UniqueSections? unique)
    {
        const int Distance = 8;
        for (int row = first; row < end; row++)
        {
            if (row + (2 * Distance) < end && _sections.Fate(row + (2 * Distance)).IsLive)
                _sections.PrefetchHeaders(row + (2 * Distance));
            if (row + Distance < end && _sections.Fate(row + Distance).IsLive)
                _sections.PrefetchName(row + Distance);
            ref InputSection section = ref _sections[row];
            ref readonly SectionFate fate = ref _sections.Fate(row);
            if (!fate.IsLive)
                continue;
            if (fate.Kind is SectionKind.Regular or SectionKind.NoBits or SectionKind.NonAllocated)
                AddRow(row, unique);
            else if (fate.Kind == SectionKind.Mergeable && section.Extra != 0)
                AddMerged(_firstMerged + _merges.IndexOf(row));
        }
    }

    private void AddMerged(int index)
    {
        if (_synthetic[index].Size != 0 && TryTake(index))
            AddSynthetic(index);
    }

    // A merged section is a member once, whichever of its inputs comes first.
    private bool TryTake(int index)
    {
        ref bool isJoined = ref _isJoined[index - _firstMerged];
        return !isJoined && (isJoined = true);
    }

    // Joining is "the same for all members, or nothing", so that it may be done part by part.
    private void Add(OutputSectionCollector part)
    {
        foreach (OutputSection section in part.Sections)
        {
            OutputSection output = Find(section.Name, section.Flags);
            Join(output, section.Type, section.Flags, section.EntrySize, section.AlignmentLog2);
            AddMembers(output, section);
            section.Dispose();
        }

        part._allocated.Dispose();
        part._notAllocated.Dispose();
    }

    private void AddMembers(OutputSection output, OutputSection part)
    {
        int apart = 0;
        for (int i = 0; i < part.Members.Count; i++)
        {
            int member = part.Members[i];
            if (apart < part.Apart.Count && part.Apart[apart].Position == i)
                output.Apart.Add((part.Apart[apart++].Group, output.Members.Count));
            if (member > 0 || TryTake(~member))
                output.Members.Add(member);
        }
    }

    private void AddRow(int row, UniqueSections? unique)
    {
        ref readonly Elf64_Shdr header = ref _sections.Header(row);
        NativeBytes inputName = _sections.Name(row), name = _names.Map(inputName, header.sh_flags, header.sh_type);
        OutputSection output;
        if (unique is not null && unique.Contains(inputName, name, header.sh_flags))
            Sections.Add(output = new OutputSection(inputName));
        else
            output = Find(name, header.sh_flags);
        Join(output, header.sh_type, header.sh_flags & ~SHF_COMPRESSED, header.sh_entsize, _sections[row].AlignmentLog2);
        if (MemberOrder.CodeGroup(inputName.Span) is var group and not MemberOrder.UsualCode && name.Span.SequenceEqual(".text"u8))
            output.Apart.Add((group, output.Members.Count));
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
        const ulong Kept = SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR | SHF_TLS | SHF_X86_64_LARGE | SHF_GNU_RETAIN;
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
                output.Type = JoinTypes(output, type);
            if (output.EntrySize != entrySize || (output.Flags & (SHF_MERGE | SHF_STRINGS)) != (flags & (SHF_MERGE | SHF_STRINGS)))
                (output.EntrySize, output.Flags) = (0, output.Flags & ~(SHF_MERGE | SHF_STRINGS));
            output.Flags |= flags & Kept;
        }

        output.AlignmentLog2 = Math.Max(output.AlignmentLog2, alignmentLog2);
    }

    // Bytes win over no bytes; an array type over plain bytes only in the section of the arrays.
    private static uint JoinTypes(OutputSection output, uint type)
    {
        bool isArray = output.Type is SHT_INIT_ARRAY or SHT_FINI_ARRAY or SHT_PREINIT_ARRAY;
        uint array = isArray ? output.Type : type;
        ReadOnlySpan<byte> name = output.Name.Span;
        return array switch
        {
            SHT_INIT_ARRAY when name.SequenceEqual(".init_array"u8) => array,
            SHT_FINI_ARRAY when name.SequenceEqual(".fini_array"u8) => array,
            SHT_PREINIT_ARRAY when name.SequenceEqual(".preinit_array"u8) => array,
            _ => SHT_PROGBITS,
        };
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
            if (section.Type is SHT_INIT_ARRAY or SHT_FINI_ARRAY or SHT_PREINIT_ARRAY)
                section.EntrySize = 8;
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
            MemberOrder.Sort(Sections[i], _sections, isInputOrder: order is null);
            order?.Apply(Sections[i]);
        }

        // Random gaps come one after the other.
        bool areMany = padding is null && _sections.Count >= WorthThreads;
        ParallelRanges.For(Sections.Count, 1, areMany ? options.ThreadCount : 1, (first, last) =>
        {
            for (int i = first; i < last; i++)
                AssignOffsets(i, padding);
        });

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
