// Addresses that options ask for: -Ttext, -Tdata, -Tbss, --section-start, -Trodata-segment, -Tldata-segment (GNU ld manual, Options).
// What follows a section with a fixed address follows it in memory too.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal static class FixedAddresses
{
    private const ulong LowestPortable = 0x10000;

    /// <summary>Notes the wishes on the sections; of several for a name the last one counts.</summary>
    internal static void Apply(List<OutputSection> sections, LinkOptions options)
    {
        foreach (SectionAddress wish in options.SectionAddresses)
        {
            byte[] name = Encoding.UTF8.GetBytes(wish.Section);
            foreach (OutputSection section in sections)
            {
                if (section.IsAllocated && section.Name.Span.SequenceEqual(name))
                    section.FixedAddress = wish.Address;
            }
        }

        if (options.RodataSegmentAddress is { } rodata)
            FixFirst(sections, rodata, static s => (s.Flags & (SHF_WRITE | SHF_EXECINSTR)) == 0);
        if (options.LdataSegmentAddress is { } ldata)
            FixFirst(sections, ldata, static s => (s.Flags & SHF_X86_64_LARGE) != 0);
    }

    /// <summary>Whether a section comes before all others: its address is so low that nothing fits below it.</summary>
    internal static bool ComesFirst(OutputSection section, LinkOptions options)
    {
        foreach (SectionAddress wish in options.SectionAddresses)
        {
            if (wish.Address < 2 * LowestPortable && !options.HasImageBase && section.IsAllocated && section.Name.Span.SequenceEqual(Encoding.UTF8.GetBytes(wish.Section)))
                return true;
        }

        return false;
    }

    /// <summary>Where the headers go: the image base, or, when a fixed address is lower, so far below it that what comes before fits.</summary>
    internal static ulong ImageBase(List<OutputSection> sections, LinkOptions options, ulong headerSize)
    {
        ulong before = headerSize;
        foreach (OutputSection section in sections)
        {
            if (section.FixedAddress is { } wanted && wanted < options.ImageBase && !options.HasImageBase)
            {
                ulong page = options.MaxPageSize;
                ulong room = before + page;
                return wanted > room + LowestPortable ? (wanted - room) & ~(page - 1) : options.ImageBase;
            }

            before += section.IsAllocated ? section.Size + (1UL << section.AlignmentLog2) : 0;
        }

        return options.ImageBase;
    }

    /// <summary>Reports loaded sections that share addresses, with both names.</summary>
    internal static void CheckOverlap(List<OutputSection> sections, LinkOptions options, DiagnosticSink sink)
    {
        if (options.SectionAddresses.Count == 0 && options.RodataSegmentAddress is null && options.LdataSegmentAddress is null)
            return;
        var loaded = sections.FindAll(static s => s.IsAllocated && s.Size != 0 && !(s.IsTls && s.IsNoBits));
        loaded.Sort((a, b) => a.Address.CompareTo(b.Address));
        for (int i = 1; i < loaded.Count; i++)
        {
            OutputSection low = loaded[i - 1], high = loaded[i];
            if (high.Address - low.Address >= low.Size)
                continue;
            sink.Error(
                DiagnosticId.Layout,
                $"section {low.Name} virtual address range overlaps with {high.Name}",
                $">>> {low.Name} range is [0x{low.Address:x}, 0x{low.Address + low.Size - 1:x}]",
                $">>> {high.Name} range is [0x{high.Address:x}, 0x{high.Address + high.Size - 1:x}]");
        }
    }

    private static void FixFirst(List<OutputSection> sections, ulong address, Predicate<OutputSection> condition)
    {
        OutputSection? first = sections.Find(s => s.IsAllocated && s.Size != 0 && condition(s));
        if (first is not null)
            first.FixedAddress ??= address;
    }
}
