// PT_TLS: the kernel ignores it, the program's start-up code copies what it says (Drepper, ELF Handling For Thread-Local Storage, 3).

using System.Numerics;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class TlsRules
{
    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        int count = 0;
        for (int i = 0; i < binary.Segments.Length; i++)
        {
            if (binary.Segments[i].p_type != PT_TLS)
                continue;
            run.Begin(RuleId.T01, RuleId.T02);
            string problem = ProblemOf(binary, binary.Segments[i], run.Options);
            if (problem.Length != 0)
                run.Fail(RuleId.T01, $"program header {i}", $"PT_TLS {problem}", binary.OffsetOfSegment(i), Elf64_Phdr.Size);
            if (++count > 1)
                run.Fail(RuleId.T02, $"program header {i}", "PT_TLS occurs again", binary.OffsetOfSegment(i), Elf64_Phdr.Size);
        }

        run.NotApplicable(RuleId.T01);
        run.NotApplicable(RuleId.T02);
    }

    private static string ProblemOf(in ElfBinary binary, in Elf64_Phdr tls, VerifyOptions options)
    {
        ulong alignment = tls.p_align == 0 ? 1 : tls.p_align;
        if (tls.p_filesz > tls.p_memsz)
            return $"has p_filesz 0x{tls.p_filesz:x} above p_memsz 0x{tls.p_memsz:x}";
        if (tls.p_memsz > options.MaxTlsSize)
            return $"has 0x{tls.p_memsz:x} bytes; the limit is 0x{options.MaxTlsSize:x}";
        if (!BitOperations.IsPow2(alignment) || alignment > options.MaxTlsAlignment)
            return $"has alignment 0x{alignment:x}: no power of two up to 0x{options.MaxTlsAlignment:x}";
        if ((tls.p_vaddr & (alignment - 1)) != 0)
            return $"begins at 0x{tls.p_vaddr:x}, which its alignment 0x{alignment:x} does not divide";
        if (tls.p_filesz == 0)
            return "";
        if (!binary.TryFileRange(tls.p_vaddr, tls.p_filesz, out _, out ulong offset))
            return $"at 0x{tls.p_vaddr:x} is not inside the file bytes of a PT_LOAD";
        return offset == tls.p_offset ? "" : $"says offset 0x{tls.p_offset:x}; its address is mapped from 0x{offset:x}";
    }
}
