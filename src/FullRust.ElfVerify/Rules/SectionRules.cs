// Does the section table, which the kernel never reads, tell other readers the same story as the segments? (gABI, Section Header)

using System;
using System.Numerics;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class SectionRules
{
    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        SectionTable sections = binary.Sections;
        run.Begin(RuleId.Z01);
        if (sections.State == SectionTableState.Broken)
            run.Fail(RuleId.Z01, "section header table", sections.Problem, binary.Header.e_shoff, 0);
        if (sections.Rows.IsEmpty)
        {
            run.NotApplicable(RuleId.P08);
            run.NotApplicable(RuleId.Z02);
            run.NotApplicable(RuleId.Z03);
            return;
        }

        run.Begin(RuleId.P08, RuleId.Z02, RuleId.Z03);
        CheckTableOverlap(binary, run);
        for (int i = 0; i < sections.Rows.Length; i++)
        {
            if (sections.Rows[i].sh_type == SHT_NULL)
                continue;
            CheckRow(binary, i, run);
            CheckHeaderOverlap(binary, i, run);
            CheckAgainstSegments(binary, i, run);
        }

        CheckOverlaps(binary, run);
    }

    private static void CheckRow(in ElfBinary binary, int index, RuleRun run)
    {
        Elf64_Shdr row = binary.Sections.Rows[index];
        if (binary.Sections.State == SectionTableState.Usable && binary.Sections.Names.Length != 0 && !binary.Sections.Names.TryReadString(row.sh_name, out _))
            Fail(RuleId.Z01, "its name lies outside the section names", binary, index, run);
        if (row.sh_type != SHT_NOBITS && !binary.Image.Contains(row.sh_offset, row.sh_size))
            Fail(RuleId.Z01, $"0x{row.sh_size:x} bytes at offset 0x{row.sh_offset:x} are not all in the file", binary, index, run);
        if (row.sh_addralign != 0 && !BitOperations.IsPow2(row.sh_addralign))
            Fail(RuleId.Z01, $"sh_addralign 0x{row.sh_addralign:x} is not a power of two", binary, index, run);
        if (row.sh_link >= (uint)binary.Sections.Rows.Length)
            Fail(RuleId.Z01, $"sh_link {row.sh_link} names no section", binary, index, run);
        ulong entrySize = row.sh_type switch { SHT_SYMTAB or SHT_DYNSYM or SHT_RELA => 24, SHT_REL or SHT_DYNAMIC => 16, _ => 0 };
        if (entrySize != 0 && row.sh_entsize != entrySize)
            Fail(RuleId.Z01, $"sh_entsize is {row.sh_entsize} instead of {entrySize}", binary, index, run);
        else if (entrySize != 0 && row.sh_size % entrySize != 0)
            Fail(RuleId.Z01, $"sh_size 0x{row.sh_size:x} is no multiple of {entrySize}", binary, index, run);
    }

    private static void CheckTableOverlap(in ElfBinary binary, RuleRun run)
    {
        ulong segmentsSize = (ulong)binary.Segments.Length * Elf64_Phdr.Size;
        ulong sectionsSize = (ulong)binary.Sections.Rows.Length * Elf64_Shdr.Size;
        if (Overlap(binary.Header.e_phoff, segmentsSize, binary.Header.e_shoff, sectionsSize))
            run.Fail(RuleId.P08, "program header table", "it overlaps the section header table", binary.Header.e_phoff, segmentsSize);
    }

    private static void CheckHeaderOverlap(in ElfBinary binary, int index, RuleRun run)
    {
        Elf64_Shdr row = binary.Sections.Rows[index];
        ulong size = (ulong)binary.Segments.Length * Elf64_Phdr.Size;
        if (row.sh_type != SHT_NOBITS && Overlap(binary.Header.e_phoff, size, row.sh_offset, row.sh_size))
            run.Fail(RuleId.P08, "program header table", $"it overlaps {binary.Sections.PlaceOf(index)}", binary.Header.e_phoff, size);
    }

    private static void CheckAgainstSegments(in ElfBinary binary, int index, RuleRun run)
    {
        Elf64_Shdr row = binary.Sections.Rows[index];
        bool isTlsZeroFill = row.sh_type == SHT_NOBITS && (row.sh_flags & SHF_TLS) != 0;
        if ((row.sh_flags & SHF_ALLOC) == 0 || row.sh_size == 0 || isTlsZeroFill)
            return;
        int host = binary.LoadAt(row.sh_addr);
        if (host < 0 || row.sh_size > binary.Segments[host].p_memsz - (row.sh_addr - binary.Segments[host].p_vaddr))
        {
            Fail(RuleId.Z02, $"0x{row.sh_size:x} bytes at 0x{row.sh_addr:x} are not inside a PT_LOAD", binary, index, run);
            return;
        }

        Elf64_Phdr segment = binary.Segments[host];
        if (row.sh_type != SHT_NOBITS && row.sh_addr - segment.p_vaddr != row.sh_offset - segment.p_offset)
            Fail(RuleId.Z02, $"its address 0x{row.sh_addr:x} is mapped from offset 0x{segment.p_offset + (row.sh_addr - segment.p_vaddr):x}, not 0x{row.sh_offset:x}", binary, index, run);
        if ((row.sh_flags & SHF_WRITE) != 0 && (segment.p_flags & PF_W) == 0)
            Fail(RuleId.Z02, $"it is writable, program header {host} is not", binary, index, run);
        if ((row.sh_flags & SHF_EXECINSTR) != 0 && (segment.p_flags & PF_X) == 0)
            Fail(RuleId.Z02, $"it is executable, program header {host} is not", binary, index, run);
    }

    private static void CheckOverlaps(in ElfBinary binary, RuleRun run)
    {
        ReadOnlySpan<Elf64_Shdr> rows = binary.Sections.Rows;
        if (IsAscending(rows))
            return;
        var offsets = new ulong[rows.Length];
        var order = new int[rows.Length];
        int count = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (!HasFileBytes(rows[i]))
                continue;
            offsets[count] = rows[i].sh_offset;
            order[count++] = i;
        }

        Array.Sort(offsets, order, 0, count);
        for (int k = 1, widest = 0; k < count; k++)
        {
            if (ElfBinary.AddSaturated(offsets[widest], rows[order[widest]].sh_size) > offsets[k])
                Fail(RuleId.Z03, $"its bytes overlap those of {binary.Sections.PlaceOf(order[widest])}", binary, order[k], run);
            if (ElfBinary.AddSaturated(offsets[k], rows[order[k]].sh_size) > ElfBinary.AddSaturated(offsets[widest], rows[order[widest]].sh_size))
                widest = k;
        }
    }

    // The usual case, settled without sorting: sections stand in the table as they stand in the file.
    private static bool IsAscending(ReadOnlySpan<Elf64_Shdr> rows)
    {
        ulong end = 0;
        foreach (ref readonly Elf64_Shdr row in rows)
        {
            if (!HasFileBytes(row))
                continue;
            if (row.sh_offset < end)
                return false;
            end = ElfBinary.AddSaturated(row.sh_offset, row.sh_size);
        }

        return true;
    }

    private static bool HasFileBytes(in Elf64_Shdr row) => row.sh_type is not (SHT_NULL or SHT_NOBITS) && row.sh_size != 0;

    private static bool Overlap(ulong firstStart, ulong firstSize, ulong secondStart, ulong secondSize) =>
        firstSize != 0 && secondSize != 0
        && firstStart < ElfBinary.AddSaturated(secondStart, secondSize) && secondStart < ElfBinary.AddSaturated(firstStart, firstSize);

    private static void Fail(RuleId rule, string message, in ElfBinary binary, int index, RuleRun run) =>
        run.Fail(rule, binary.Sections.PlaceOf(index), message, binary.Sections.Rows[index].sh_offset, binary.Sections.Rows[index].sh_size);
}
