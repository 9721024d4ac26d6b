// What the kernel will map: order, overlap, congruence, extents, addresses (binfmt_elf: elf_load; gABI, Program Loading). All
// comparisons subtract from what is known to be larger; no sum of two file values is formed unchecked.

using System;
using System.Numerics;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class SegmentRules
{
    private const ulong PortableFloor = 0x10000;
    private const ulong PortableCeiling = 0x7f0000000000;

    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        run.Begin(RuleId.L14);
        if (run.Facts.LoadCount == 0)
        {
            run.Fail(RuleId.L14, "program header table", "there is no PT_LOAD: nothing is mapped", binary.Header.e_phoff, 0);
            return;
        }

        run.Begin(RuleId.L01, RuleId.L02, RuleId.L03, RuleId.L04, RuleId.L05, RuleId.L06, RuleId.L07, RuleId.L08, RuleId.L09, RuleId.L10,
            RuleId.L11, RuleId.L12, RuleId.L13);
        bool isPositionDependent = binary.Header.e_type == ET_EXEC;
        for (int i = 0; i < binary.Segments.Length; i++)
        {
            if (binary.Segments[i].p_type != PT_LOAD)
                continue;
            CheckSizes(binary, i, run);
            CheckAlignment(binary, i, run);
            CheckAddresses(binary, i, isPositionDependent, run);
            CheckAgainstEarlier(binary, i, run);
        }

        CheckTotals(binary, run);
    }

    private static void CheckSizes(in ElfBinary binary, int index, RuleRun run)
    {
        Elf64_Phdr segment = binary.Segments[index];
        if (segment.p_filesz > segment.p_memsz)
            Fail(RuleId.L04, $"p_filesz 0x{segment.p_filesz:x} exceeds p_memsz 0x{segment.p_memsz:x}", binary, index, run);
        else if (segment.p_memsz == 0)
            Fail(RuleId.L13, "the segment is empty", binary, index, run);
        if (segment.p_filesz != 0 && !binary.Image.Contains(segment.p_offset, segment.p_filesz))
        {
            Fail(RuleId.L07, $"0x{segment.p_filesz:x} bytes at offset 0x{segment.p_offset:x} are not all in the file of 0x{binary.Image.Length:x} bytes",
                binary, index, run);
        }
    }

    private static void CheckAlignment(in ElfBinary binary, int index, RuleRun run)
    {
        Elf64_Phdr segment = binary.Segments[index];
        ulong alignment = segment.p_align;
        if (!BitOperations.IsPow2(alignment) || alignment < ElfBinary.PageSize)
            Fail(RuleId.L06, $"p_align 0x{alignment:x} is not a power of two of at least 4096", binary, index, run);
        ulong modulus = BitOperations.IsPow2(alignment) ? Math.Max(alignment, ElfBinary.PageSize) : ElfBinary.PageSize;
        if (((segment.p_offset ^ segment.p_vaddr) & (modulus - 1)) != 0)
        {
            Fail(RuleId.L05, $"p_offset 0x{segment.p_offset:x} and p_vaddr 0x{segment.p_vaddr:x} differ modulo 0x{modulus:x}", binary, index, run);
        }
    }

    private static void CheckAddresses(in ElfBinary binary, int index, bool isPositionDependent, RuleRun run)
    {
        Elf64_Phdr segment = binary.Segments[index];
        bool isBelowEnd = segment.p_vaddr < ElfBinary.UserMemoryEnd && segment.p_memsz <= ElfBinary.UserMemoryEnd - segment.p_vaddr;
        if (!isBelowEnd)
            Fail(RuleId.L08, $"0x{segment.p_memsz:x} bytes at 0x{segment.p_vaddr:x} reach beyond 0x7ffffffff000", binary, index, run);
        else if (segment.p_vaddr >= PortableCeiling || segment.p_memsz > PortableCeiling - segment.p_vaddr)
            Fail(RuleId.L10, $"the segment ends at 0x{segment.p_vaddr + segment.p_memsz:x}, beyond 0x7f0000000000", binary, index, run);
        if (isPositionDependent && segment.p_vaddr < PortableFloor)
            Fail(RuleId.L09, $"the segment begins at 0x{segment.p_vaddr:x}, below 0x10000", binary, index, run);
    }

    private static void CheckAgainstEarlier(in ElfBinary binary, int index, RuleRun run)
    {
        Elf64_Phdr segment = binary.Segments[index];
        bool isFirstAbove = true;
        for (int i = index - 1; i >= 0; i--)
        {
            Elf64_Phdr earlier = binary.Segments[i];
            if (earlier.p_type != PT_LOAD)
                continue;
            if (isFirstAbove && segment.p_vaddr < earlier.p_vaddr)
                Fail(RuleId.L03, $"it begins at 0x{segment.p_vaddr:x}, below program header {i} at 0x{earlier.p_vaddr:x}", binary, index, run);
            isFirstAbove = false;
            CompareRanges(binary, i, index, run);
        }
    }

    private static void CompareRanges(in ElfBinary binary, int earlierIndex, int index, RuleRun run)
    {
        Elf64_Phdr earlier = binary.Segments[earlierIndex], later = binary.Segments[index];
        if (earlier.p_memsz == 0 || later.p_memsz == 0)
            return;
        ulong earlierEnd = ElfBinary.AddSaturated(earlier.p_vaddr, earlier.p_memsz);
        ulong laterEnd = ElfBinary.AddSaturated(later.p_vaddr, later.p_memsz);
        if (earlier.p_vaddr < laterEnd && later.p_vaddr < earlierEnd)
        {
            Fail(RuleId.L01, $"0x{later.p_vaddr:x}..0x{laterEnd:x} overlaps program header {earlierIndex}, 0x{earlier.p_vaddr:x}..0x{earlierEnd:x}",
                binary, index, run);
        }
        else if (ElfBinary.PageStart(earlier.p_vaddr) < ElfBinary.PageEnd(laterEnd) && ElfBinary.PageStart(later.p_vaddr) < ElfBinary.PageEnd(earlierEnd)
            && !MapsSamePage(earlier, later))
        {
            Fail(RuleId.L02, $"it shares a page with program header {earlierIndex}: 0x{later.p_vaddr:x}..0x{laterEnd:x} and 0x{earlier.p_vaddr:x}..0x{earlierEnd:x}",
                binary, index, run);
        }
    }

    private static bool MapsSamePage(in Elf64_Phdr first, in Elf64_Phdr second) => first.p_flags == second.p_flags
        && first.p_vaddr - first.p_offset == second.p_vaddr - second.p_offset
        && first.p_filesz == first.p_memsz && second.p_filesz == second.p_memsz;

    private static void CheckTotals(in ElfBinary binary, RuleRun run)
    {
        ulong total = 0;
        foreach (ref readonly Elf64_Phdr segment in binary.Segments)
        {
            if (segment.p_type == PT_LOAD)
                total = ElfBinary.AddSaturated(total, segment.p_memsz);
        }

        ulong tableSize = (ulong)binary.Segments.Length * Elf64_Phdr.Size;
        if (total > run.Options.MaxMemory && !run.IsBroken(RuleId.L08))
            run.Fail(RuleId.L11, "all PT_LOADs", $"the segments ask for 0x{total:x} bytes; the limit is 0x{run.Options.MaxMemory:x}", binary.Header.e_phoff, tableSize);
        ulong end = run.Facts.ImageEnd;
        if (end <= PortableCeiling && PortableCeiling - end < run.Options.HeapRoom)
        {
            run.Fail(RuleId.L12, "all PT_LOADs", $"only 0x{PortableCeiling - end:x} bytes are free above the last segment, for a heap of 0x{run.Options.HeapRoom:x}",
                binary.Header.e_phoff, tableSize);
        }
    }

    private static void Fail(RuleId rule, string message, in ElfBinary binary, int index, RuleRun run) =>
        run.Fail(rule, $"program header {index}", message, binary.OffsetOfSegment(index), Elf64_Phdr.Size);
}
