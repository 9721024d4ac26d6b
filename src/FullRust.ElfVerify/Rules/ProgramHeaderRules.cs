// The program header table as the kernel takes it: size, number, place (binfmt_elf: load_elf_phdrs), then what its entries say about
// the table itself.

using System;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class ProgramHeaderRules
{
    // The kernel reads tables of up to 65536 bytes; before 6.17 also of no more than one page.
    internal const int MaxCount = 65536 / Elf64_Phdr.Size;
    internal const int MaxCountInOnePage = 4096 / Elf64_Phdr.Size;

    /// <summary>Checks that the kernel reads the table; false if it does not.</summary>
    internal static bool CheckTable(in ElfBinary binary, RuleRun run)
    {
        Elf64_Ehdr header = binary.Header;
        run.Begin(RuleId.P01, RuleId.P02, RuleId.P03);
        if (header.e_phentsize != Elf64_Phdr.Size)
        {
            run.Fail(RuleId.P01, "e_phentsize", $"e_phentsize is {header.e_phentsize} instead of 56", 54, 2);
            return false;
        }

        if (header.e_phnum is 0 or > MaxCount)
        {
            run.Fail(RuleId.P02, "e_phnum", $"e_phnum is {header.e_phnum}; the kernel takes 1 to {MaxCount}", 56, 2);
            return false;
        }

        if (binary.Segments.Length == header.e_phnum)
            return true;
        run.Fail(RuleId.P03, "e_phoff",
            $"{header.e_phnum} program headers at offset 0x{header.e_phoff:x} do not fit into {binary.Image.Length} bytes", 32, 8);
        return false;
    }

    internal static void CheckEntries(in ElfBinary binary, RuleRun run)
    {
        CheckCount(binary, run);
        CheckPlace(binary, run);
        CheckCoverage(binary, run);
        CheckTypes(binary, run);
        CheckPhdrEntry(binary, run);
    }

    private static void CheckCount(in ElfBinary binary, RuleRun run)
    {
        run.Begin(RuleId.P05);
        if (binary.Segments.Length > MaxCountInOnePage && !run.Options.MinKernel.IsAtLeast(KernelVersion.LargeProgramHeaderTable))
            run.Fail(RuleId.P05, "e_phnum", $"e_phnum is {binary.Segments.Length}; kernels before 6.17 take up to {MaxCountInOnePage}", 56, 2);
    }

    private static void CheckPlace(in ElfBinary binary, RuleRun run)
    {
        run.Begin(RuleId.P09, RuleId.O01);
        ulong start = binary.Header.e_phoff, size = (ulong)binary.Segments.Length * Elf64_Phdr.Size;
        if (start < Elf64_Ehdr.Size)
        {
            run.Fail(RuleId.O01, "program header table", $"the program header table at offset {start} overlaps the ELF header", start, size);
            run.NotApplicable(RuleId.P09);
            return;
        }

        if (start % 8 != 0)
            run.Fail(RuleId.P09, "program header table", $"e_phoff 0x{start:x} is not a multiple of 8", 32, 8);
        if (start > 4096 || (start + size > 4096 && binary.Segments.Length <= MaxCountInOnePage - 1))
            run.Fail(RuleId.P09, "program header table", $"the program header table ends at 0x{start + size:x}, behind the first 4096 bytes", start, size);
    }

    private static void CheckCoverage(in ElfBinary binary, RuleRun run)
    {
        run.Begin(RuleId.P04);
        ulong start = binary.Header.e_phoff, size = (ulong)binary.Segments.Length * Elf64_Phdr.Size;
        int covering = 0, touching = 0, loads = 0;
        foreach (ref readonly Elf64_Phdr segment in binary.Segments)
        {
            if (segment.p_type != PT_LOAD)
                continue;
            loads++;
            if (start >= segment.p_offset && start - segment.p_offset <= segment.p_filesz && size <= segment.p_filesz - (start - segment.p_offset))
                covering++;
            else if (start < ElfBinary.AddSaturated(segment.p_offset, segment.p_filesz) && segment.p_offset < start + size)
                touching++;
        }

        if (loads != 0 && (covering != 1 || touching != 0))
        {
            run.Fail(RuleId.P04, "program header table",
                $"{covering} PT_LOADs cover the program header table and {touching} a part of it, instead of one and none", start, size);
        }
    }

    private static void CheckTypes(in ElfBinary binary, RuleRun run)
    {
        run.Begin(RuleId.P07);
        int relRo = 0, ehFrame = 0, property = 0, sframe = 0;
        for (int i = 0; i < binary.Segments.Length; i++)
        {
            uint type = binary.Segments[i].p_type;
            bool isRepeated = type switch
            {
                PT_GNU_RELRO => ++relRo > 1,
                PT_GNU_EH_FRAME => ++ehFrame > 1,
                PT_GNU_PROPERTY => ++property > 1,
                PT_GNU_SFRAME => ++sframe > 1,
                _ => false,
            };
            if (isRepeated)
                run.Fail(RuleId.P07, $"program header {i}", $"type 0x{type:x} occurs again", binary.OffsetOfSegment(i), Elf64_Phdr.Size);
            else if (!IsKnown(type))
                run.Fail(RuleId.P07, $"program header {i}", $"type 0x{type:x} is unknown", binary.OffsetOfSegment(i), Elf64_Phdr.Size);
        }
    }

    private static bool IsKnown(uint type) => type is PT_NULL or PT_LOAD or PT_DYNAMIC or PT_INTERP or PT_NOTE or PT_PHDR or PT_TLS
        or PT_GNU_EH_FRAME or PT_GNU_STACK or PT_GNU_RELRO or PT_GNU_PROPERTY or PT_GNU_SFRAME;

    private static void CheckPhdrEntry(in ElfBinary binary, RuleRun run)
    {
        bool loadSeen = false, phdrSeen = false;
        for (int i = 0; i < binary.Segments.Length; i++)
        {
            Elf64_Phdr segment = binary.Segments[i];
            loadSeen |= segment.p_type == PT_LOAD;
            if (segment.p_type != PT_PHDR)
                continue;
            run.Begin(RuleId.P06);
            string problem = phdrSeen ? "occurs again" : loadSeen ? "stands behind a PT_LOAD" : Mismatch(binary, segment);
            phdrSeen = true;
            if (problem.Length != 0)
                run.Fail(RuleId.P06, $"program header {i}", $"PT_PHDR {problem}", binary.OffsetOfSegment(i), Elf64_Phdr.Size);
            else if (segment.p_filesz != (ulong)binary.Segments.Length * Elf64_Phdr.Size)
                ReportSpare(binary, i, run);
        }

        run.NotApplicable(RuleId.P06);
    }

    // lld keeps room for headers that it dropped late: the table is where PT_PHDR says, only shorter.
    private static void ReportSpare(in ElfBinary binary, int index, RuleRun run) => run.Fail(RuleId.P06, FindingLevel.Warning, $"program header {index}",
        $"PT_PHDR says {binary.Segments[index].p_filesz} bytes, more than the table has", binary.OffsetOfSegment(index), Elf64_Phdr.Size);

    private static string Mismatch(in ElfBinary binary, in Elf64_Phdr phdr)
    {
        ulong size = (ulong)binary.Segments.Length * Elf64_Phdr.Size;
        if (phdr.p_offset != binary.Header.e_phoff)
            return $"says offset 0x{phdr.p_offset:x}, the header 0x{binary.Header.e_phoff:x}";
        if (phdr.p_filesz < size || phdr.p_filesz != phdr.p_memsz)
            return $"says {phdr.p_filesz} bytes in the file and {phdr.p_memsz} in memory; the table has {size}";
        if (binary.TryFileRange(phdr.p_vaddr, size, out _, out ulong offset) && offset == binary.Header.e_phoff)
            return "";
        return $"says address 0x{phdr.p_vaddr:x}, where the table is not mapped";
    }
}
