// Collects the evidence that a report prints: counts, sizes and places. Judges nothing.

using System;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify;

internal static class FactCollector
{
    internal static void Collect(in ElfBinary binary, RuleRun run)
    {
        VerifyFacts facts = run.Facts;
        facts.Entry = binary.Header.e_entry;
        facts.SegmentCount = binary.Segments.Length;
        facts.ImageStart = ulong.MaxValue;
        foreach (ref readonly Elf64_Phdr segment in binary.Segments)
        {
            switch (segment.p_type)
            {
                case PT_LOAD:
                    CountLoad(segment, facts);
                    break;
                case PT_GNU_STACK:
                    facts.StackFlags = segment.p_flags;
                    break;
                case PT_TLS:
                    facts.TlsSize = segment.p_memsz;
                    break;
            }
        }

        if (facts.LoadCount == 0)
            facts.ImageStart = 0;
        facts.SectionCount = binary.Sections.Rows.Length;
        facts.EntryPlace = PlaceOfEntry(binary);
    }

    private static void CountLoad(in Elf64_Phdr segment, VerifyFacts facts)
    {
        facts.LoadCount++;
        facts.ImageStart = Math.Min(facts.ImageStart, segment.p_vaddr);
        facts.ImageEnd = Math.Max(facts.ImageEnd, ElfBinary.AddSaturated(segment.p_vaddr, segment.p_memsz));
        ulong fileBytes = Math.Min(segment.p_filesz, segment.p_memsz);
        facts.BssBytes = ElfBinary.AddSaturated(facts.BssBytes, segment.p_memsz - fileBytes);
        if ((segment.p_flags & PF_X) != 0)
            facts.TextBytes = ElfBinary.AddSaturated(facts.TextBytes, fileBytes);
        else if ((segment.p_flags & PF_W) != 0)
            facts.DataBytes = ElfBinary.AddSaturated(facts.DataBytes, fileBytes);
        else
            facts.RodataBytes = ElfBinary.AddSaturated(facts.RodataBytes, fileBytes);
    }

    private static string PlaceOfEntry(in ElfBinary binary)
    {
        ulong entry = binary.Header.e_entry;
        foreach (ref readonly Elf64_Shdr row in binary.Sections.Rows)
        {
            if ((row.sh_flags & SHF_ALLOC) != 0 && row.sh_type != SHT_NOBITS && entry >= row.sh_addr && entry - row.sh_addr < row.sh_size)
                return $"{PrintableText.Escape(binary.Sections.NameOf(row))}+0x{entry - row.sh_addr:x}";
        }

        return "";
    }
}
