// The first instruction: where the kernel jumps, and whether everybody sees the same bytes there.

using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class EntryRules
{
    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        if (run.Facts.LoadCount == 0)
            return;
        run.Begin(RuleId.N01);
        ulong entry = binary.Header.e_entry;
        int inCode = 0, inOther = 0;
        foreach (ref readonly Elf64_Phdr segment in binary.Segments)
        {
            if (segment.p_type != PT_LOAD || entry < segment.p_vaddr || entry - segment.p_vaddr >= segment.p_filesz)
                continue;
            if ((segment.p_flags & PF_X) != 0)
                inCode++;
            else
                inOther++;
        }

        if (inCode == 1)
            return;
        string where = inCode > 1 ? $"in {inCode} executable segments at once"
            : inOther > 0 ? "in a segment that is not executable"
            : binary.LoadAt(entry) >= 0 ? "in memory that holds no bytes of the file" : "in no segment";
        run.Fail(RuleId.N01, "e_entry", $"the entry point 0x{entry:x} lies {where}", 24, 8);
    }
}
