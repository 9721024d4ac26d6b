// Rights of segments and stack. The last PT_GNU_STACK decides, and only its PF_X (binfmt_elf); zero-fill beyond file bytes is always
// mapped writable, whatever the segment says.

using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class PermissionRules
{
    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        run.Begin(RuleId.X01, RuleId.X05, RuleId.X06);
        for (int i = 0; i < binary.Segments.Length; i++)
        {
            if (binary.Segments[i].p_type == PT_LOAD)
                CheckLoad(binary, i, run);
            else if (binary.Segments[i].p_type == PT_GNU_RELRO)
                CheckRelRo(binary, i, run);
        }

        run.NotApplicable(RuleId.X07);
        CheckStack(binary, run);
    }

    private static void CheckLoad(in ElfBinary binary, int index, RuleRun run)
    {
        Elf64_Phdr segment = binary.Segments[index];
        uint flags = segment.p_flags;
        if ((flags & (PF_W | PF_X)) == (PF_W | PF_X))
            Fail(RuleId.X01, "PT_LOAD is writable and executable", binary, index, run);
        if ((flags & PF_R) == 0 || (flags & ~(PF_R | PF_W | PF_X)) != 0)
            Fail(RuleId.X05, $"PT_LOAD has flags 0x{flags:x}: PF_R must be set, and nothing besides R, W and X", binary, index, run);
        if ((flags & PF_W) == 0 && segment.p_memsz > segment.p_filesz)
        {
            Fail(RuleId.X06, $"PT_LOAD is not writable but has 0x{segment.p_memsz - segment.p_filesz:x} bytes beyond its file bytes", binary, index, run);
        }
    }

    private static void CheckStack(in ElfBinary binary, RuleRun run)
    {
        run.Begin(RuleId.X02, RuleId.X03);
        int last = -1, count = 0;
        for (int i = 0; i < binary.Segments.Length; i++)
        {
            if (binary.Segments[i].p_type != PT_GNU_STACK)
                continue;
            last = i;
            count++;
        }

        if (count == 0)
        {
            run.NotApplicable(RuleId.X04);
            run.Fail(RuleId.X02, "program header table", "there is no PT_GNU_STACK", binary.Header.e_phoff, (ulong)binary.Segments.Length * Elf64_Phdr.Size);
            return;
        }

        run.Begin(RuleId.X04);
        if (count > 1)
            Fail(RuleId.X03, $"PT_GNU_STACK occurs {count} times; the kernel takes this last one", binary, last, run);
        if ((binary.Segments[last].p_flags & PF_X) != 0)
            Fail(RuleId.X04, "PT_GNU_STACK asks for an executable stack", binary, last, run);
    }

    private static void CheckRelRo(in ElfBinary binary, int index, RuleRun run)
    {
        run.Begin(RuleId.X07);
        Elf64_Phdr relRo = binary.Segments[index];
        int host = binary.LoadAt(relRo.p_vaddr);
        ulong end = ElfBinary.AddSaturated(relRo.p_vaddr, relRo.p_memsz);
        if (host < 0 || (binary.Segments[host].p_flags & PF_W) == 0 || relRo.p_memsz > binary.Segments[host].p_memsz - (relRo.p_vaddr - binary.Segments[host].p_vaddr))
            Fail(RuleId.X07, $"PT_GNU_RELRO at 0x{relRo.p_vaddr:x}..0x{end:x} is not inside a writable PT_LOAD", binary, index, run);
        else if (end % ElfBinary.PageSize != 0)
            Fail(RuleId.X07, $"PT_GNU_RELRO ends at 0x{end:x}, not at a page boundary", binary, index, run);
    }

    private static void Fail(RuleId rule, string message, in ElfBinary binary, int index, RuleRun run) =>
        run.Fail(rule, $"program header {index}", message, binary.OffsetOfSegment(index), Elf64_Phdr.Size);
}
