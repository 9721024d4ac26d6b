// Relocations that are left in loaded memory: a finished static program has none, a static glibc program has IRELATIVE ones that its
// own start-up code applies.

using System;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class RelocationRules
{
    private const uint None = 0, Relative = 8, IRelative = 37;

    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        ReadOnlySpan<Elf64_Shdr> rows = binary.Sections.Rows;
        if (rows.IsEmpty)
        {
            run.NotApplicable(RuleId.R01);
            run.NotApplicable(RuleId.R02);
            return;
        }

        run.Begin(RuleId.R01, RuleId.R02);
        for (int i = 0; i < rows.Length; i++)
        {
            if ((rows[i].sh_flags & SHF_ALLOC) == 0 || rows[i].sh_size == 0)
                continue;
            if (rows[i].sh_type == SHT_RELA)
                CheckTable(binary, i, run);
            else if (rows[i].sh_type is SHT_REL or SHT_RELR or SHT_CREL)
                run.Fail(RuleId.R01, binary.Sections.PlaceOf(i), $"relocations of section type 0x{rows[i].sh_type:x} are left", rows[i].sh_offset, rows[i].sh_size);
        }
    }

    private static void CheckTable(in ElfBinary binary, int index, RuleRun run)
    {
        Elf64_Shdr row = binary.Sections.Rows[index];
        if (!binary.Image.TryCast(row.sh_offset, row.sh_size / Elf64_Rela.Size, out ReadOnlySpan<Elf64_Rela> relocations))
            return;
        int indirect = 0, foreign = 0;
        bool relocatesItself = run.Options.Profile == VerifyProfile.StaticPie;
        foreach (ref readonly Elf64_Rela relocation in relocations)
        {
            // Start code that goes through all types passes over it; that of static glibc programs at fixed addresses knows IRELATIVE only.
            if (relocation.Type == None && relocatesItself)
                continue;
            if (relocation.Type == IRelative)
                indirect++;
            else if (relocation.Type != Relative || !relocatesItself)
                foreign++;
            CheckTarget(binary, index, relocation, run);
        }

        if (indirect != 0)
            run.Fail(RuleId.R01, binary.Sections.PlaceOf(index), $"{indirect} IRELATIVE relocations are left for start-up code", row.sh_offset, row.sh_size);
        if (foreign != 0)
            run.Fail(RuleId.S04, binary.Sections.PlaceOf(index), $"{foreign} relocations are left that only a dynamic loader applies", row.sh_offset, row.sh_size);
        run.Facts.IRelativeCount += indirect;
    }

    private static void CheckTarget(in ElfBinary binary, int index, in Elf64_Rela relocation, RuleRun run)
    {
        int host = binary.LoadAt(relocation.r_offset);
        if (host >= 0 && (binary.Segments[host].p_flags & PF_W) != 0)
            return;
        Elf64_Shdr row = binary.Sections.Rows[index];
        string where = host < 0 ? "no segment" : $"program header {host}, which is not writable";
        run.Fail(RuleId.R02, binary.Sections.PlaceOf(index), $"a relocation of 0x{relocation.r_offset:x} is left, in {where}", row.sh_offset, row.sh_size);
    }
}
