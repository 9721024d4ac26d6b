// Sizes → addresses and file offsets. Sections with equal rights share a PT_LOAD. The file is packed: the next segment begins at
// the next page in memory, at the same offset within the page as in the file, so that p_offset ≡ p_vaddr (mod page) without padding
// (gABI, Program Loading). -z separate-code pads instead, so that no foreign byte is mapped executable.

using System;
using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

/// <summary>A PT_LOAD in the making: the sections from <see cref="First"/> on.</summary>
internal sealed class LoadGroup
{
    internal required int First { get; init; }

    internal required uint Flags { get; set; }

    internal int Count { get; set; }

    internal bool IsRelro { get; init; }

    internal ulong Alignment { get; set; }

    internal ulong Address { get; set; }

    internal ulong FileOffset { get; set; }

    internal ulong SizeInFile { get; set; }

    internal ulong SizeInMemory { get; set; }
}

internal sealed class AddressAssigner
{
    // Files with this much that is not loaded can afford a page of padding behind the relro part, so that no two segments claim the
    // same file offsets (some checkers compare p_offset + p_memsz).
    private const ulong PadRelroFrom = 256 << 10;
    private readonly List<OutputSection> _sections;
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;
    private readonly ulong _headerSize;
    private readonly bool _padsRelro;
    private ulong _address, _offset;
    private uint _previousFlags;

    private AddressAssigner(List<OutputSection> sections, LinkOptions options, DiagnosticSink sink, int programHeaders)
    {
        _sections = sections;
        _options = options;
        _sink = sink;
        _headerSize = 64 + (56UL * (ulong)programHeaders);
        ulong notLoaded = 0;
        foreach (OutputSection section in sections)
            notLoaded += section.IsAllocated ? 0 : section.Size;
        _padsRelro = notLoaded >= PadRelroFrom;
    }

    /// <summary>Groups sections by rights, in order.</summary>
    internal static List<LoadGroup> Group(List<OutputSection> sections, LinkOptions options)
    {
        FixedAddresses.Apply(sections, options);
        uint firstFlags = options.Magic == MagicPolicy.OMagic ? PF_R | PF_W | PF_X : options.ReadOnlySegment ? PF_R : PF_R | PF_X;
        var groups = new List<LoadGroup> { new() { First = 0, Flags = firstFlags, Alignment = options.MaxPageSize } };
        bool endsInZeros = false;
        for (int i = 0; i < sections.Count && sections[i].IsAllocated; i++)
        {
            OutputSection section = sections[i];
            uint flags = FlagsOf(section, options);
            LoadGroup current = groups[^1];

            // .tbss takes no room in memory, an empty section none anywhere: they start no segment of their own.
            // Behind zeros that the file does not hold, contents begin a segment: the large code model's data stand behind .bss.
            bool isTbss = section.IsTls && section.IsNoBits;
            bool followsZeros = endsInZeros && !section.IsNoBits;
            if (!isTbss && section.Size != 0 && (section.FixedAddress is not null || flags != current.Flags || section.IsRelro != current.IsRelro || followsZeros))
                groups.Add(current = new LoadGroup { First = i, Flags = flags, IsRelro = section.IsRelro, Alignment = options.MaxPageSize });
            if (!isTbss && section.Size != 0)
                endsInZeros = section.IsNoBits;
            current.Count++;
            if (!section.IsTls || !section.IsNoBits)
                current.Alignment = Math.Max(current.Alignment, 1UL << section.AlignmentLog2);
        }

        return groups;
    }

    /// <summary>Gives every section its address and file offset.</summary>
    /// <returns>Offset of the first byte after the last section.</returns>
    internal static ulong Assign(List<OutputSection> sections, List<LoadGroup> groups, LinkOptions options, DiagnosticSink sink, int programHeaders)
    {
        var assigner = new AddressAssigner(sections, options, sink, programHeaders);
        AlignTls(sections);
        assigner.AssignLoaded(groups);
        assigner.AssignNotLoaded();
        if (options.CheckSections)
            FixedAddresses.CheckOverlap(sections, options, sink);
        return assigner._offset;
    }

    private static uint FlagsOf(OutputSection section, LinkOptions options)
    {
        if (options.Magic == MagicPolicy.OMagic)
            return PF_R | PF_W | PF_X;
        if (options.ExecuteOnly && (section.Flags & (SHF_EXECINSTR | SHF_WRITE)) == SHF_EXECINSTR)
            return PF_X;
        uint flags = PF_R;
        if ((section.Flags & SHF_WRITE) != 0)
            flags |= PF_W;
        if ((section.Flags & SHF_EXECINSTR) != 0)
            flags |= PF_X;
        return flags == PF_R && !options.ReadOnlySegment ? PF_R | PF_X : flags;
    }

    /// <summary>Makes p_vaddr of PT_TLS a multiple of p_align, so that every runtime agrees on the offsets from the thread pointer.</summary>
    internal static void AlignTls(List<OutputSection> sections)
    {
        byte strictest = 0;
        OutputSection? first = null;
        foreach (OutputSection section in sections)
        {
            if (!section.IsTls)
                continue;
            first ??= section;
            strictest = Math.Max(strictest, section.AlignmentLog2);
        }

        if (first is not null)
            first.AlignmentLog2 = strictest;
    }

    private void AssignLoaded(List<LoadGroup> groups)
    {
        foreach (LoadGroup group in groups)
        {
            if (group.Alignment > LayoutWarnings.MaxAlignment)
                return;

            Begin(group);
            ulong tbss = 0;
            for (int i = group.First; i < group.First + group.Count; i++)
                Place(_sections[i], ref tbss);
            if (Math.Max(_address, tbss) is var end && (end == AddressSpace.None || (end > AddressSpace.EndForPrograms && !_options.AsksForOwnLayout)))
            {
                _sink.Error(DiagnosticId.Layout, $"the image does not fit: section {Largest().Name} ({Largest().Size} bytes) reaches beyond 0x{AddressSpace.EndForPrograms:x}, where a program's memory ends");
                return;
            }

            End(group);
        }
    }

    private OutputSection Largest()
    {
        OutputSection largest = _sections[0];
        foreach (OutputSection section in _sections)
            largest = section.IsAllocated && section.Size > largest.Size ? section : largest;
        return largest;
    }

    private void Begin(LoadGroup group)
    {
        ulong page = _options.MaxPageSize;
        if (_offset == 0)
        {
            _address = AddressSpace.AlignAddress(FixedAddresses.ImageBase(_sections, _options, _headerSize), group.Alignment);
            group.Address = _address;
            _address += _headerSize;
            _offset = _headerSize;
            return;
        }

        if (_options.SeparateLoadableSegments || (_options.SeparateCode && ((group.Flags ^ _previousFlags) & PF_X) != 0))
            _offset = AlignUp(_offset, page);
        if (_sections[group.First].FixedAddress is { } wanted)
        {
            // The file catches up with the address: p_offset ≡ p_vaddr modulo the segment's alignment.
            _address = wanted;
            _offset += (wanted - _offset) & (group.Alignment - 1);
        }
        else
        {
            _address = AddressSpace.AlignAddress(_address, page);
            if (group.Alignment > page)
                _address = AddressSpace.AlignAddress(_address, group.Alignment);
            _address += _offset & (group.Alignment - 1);
        }

        group.Address = _address;
        group.FileOffset = _offset;
    }

    private void Place(OutputSection section, ref ulong tbss)
    {
        ulong alignment = 1UL << section.AlignmentLog2;
        if (section.IsTls && section.IsNoBits)
        {
            tbss = AddressSpace.AlignAddress(Math.Max(tbss, _address), alignment);
            section.Address = tbss;
            section.FileOffset = _offset;
            tbss = AddressSpace.Advance(tbss, section.Size);
            return;
        }

        ulong padding = AddressSpace.AlignAddress(_address, alignment) - _address;
        if (section.IsNoBits && section.Size == 0)
        {
            // Its symbols have an address; room it takes none, which a segment that is not writable could not give.
            section.Address = _address + padding;
            section.FileOffset = _offset;
            return;
        }

        _address += padding;
        section.Address = _address;
        if (!section.IsNoBits)
            _offset += padding;
        section.FileOffset = _offset;
        _address = AddressSpace.Advance(_address, section.Size);
        _offset += section.SizeInFile;
    }

    private void End(LoadGroup group)
    {
        _previousFlags = group.Flags;
        if (group.IsRelro && _padsRelro)
            _offset = AlignUp(_offset, _options.MaxPageSize);
        group.SizeInFile = _offset - group.FileOffset;
        if (group.IsRelro)
            _address = AddressSpace.AlignAddress(_address, _options.MaxPageSize);
        group.SizeInMemory = _address - group.Address;
    }

    private void AssignNotLoaded()
    {
        foreach (OutputSection section in _sections)
        {
            if (section.IsAllocated)
                continue;
            _offset = AlignUp(_offset, 1UL << section.AlignmentLog2);
            section.FileOffset = _offset;
            _offset = checked(_offset + section.SizeInFile);
        }
    }

    private static ulong AlignUp(ulong value, ulong alignment) => AddressSpace.AlignUp(value, alignment);
}
