// Runs the rules over one file, cheapest first, and nothing else. What the kernel would refuse to look into ends the run early:
// there is nothing left that the other rules could speak about.

using System;
using FullRust.Elf.Native;
using FullRust.ElfVerify.Rules;

namespace FullRust.ElfVerify;

/// <summary>Verifies that bytes are a static, libc-free x86-64 Linux executable that the kernel runs as its headers say.</summary>
public static class Verifier
{
    /// <summary>Verifies one file. Never throws for bad input, performs no input or output, keeps no state; thread-safe.</summary>
    /// <param name="image">All bytes of the file.</param>
    /// <param name="options">What to verify; <see cref="VerifyOptions.Default"/> or <see cref="VerifyOptions.ForLinker"/> for the usual.</param>
    /// <returns>The verdict, with the places where rules do not hold and the facts that were seen.</returns>
    public static VerifyReport Verify(ReadOnlySpan<byte> image, VerifyOptions options)
    {
        var run = new RuleRun(options);
        run.Facts.FileSize = image.Length;
        if (HeaderRules.CheckMagic(image, run))
            CheckElf(image, run);
        if (run.Wants(RuleGroups.Model))
            ModelRules.Check(image, run);
        return new VerifyReport(run);
    }

    private static void CheckElf(ReadOnlySpan<byte> image, RuleRun run)
    {
        Elf64_Ehdr header = ElfBinary.ReadHeader(image);
        if (!HeaderRules.Check(header, run))
            return;
        ElfBinary binary = ElfBinary.Create(image, header, run.Wants(RuleGroups.Sections | RuleGroups.Tables | RuleGroups.Contents | RuleGroups.Syscalls));
        if (ProgramHeaderRules.CheckTable(binary, run))
            CheckProgram(binary, run);
    }

    private static void CheckProgram(in ElfBinary binary, RuleRun run)
    {
        FactCollector.Collect(binary, run);
        if (run.Wants(RuleGroups.Segments))
        {
            ProgramHeaderRules.CheckEntries(binary, run);
            StaticRules.CheckSegments(binary, run);
            SegmentRules.Check(binary, run);
            PermissionRules.Check(binary, run);
            EntryRules.Check(binary, run);
            TlsRules.Check(binary, run);
        }

        if (run.Wants(RuleGroups.Sections))
        {
            StaticRules.CheckSections(binary, run);
            SectionRules.Check(binary, run);
            SymbolRules.Check(binary, run);
            RelocationRules.Check(binary, run);
            DescriptionRules.Check(binary, run);
        }

        if (run.Wants(RuleGroups.Tables))
        {
            NoteRules.Check(binary, run);
            UnwindRules.Check(binary, run);
        }

        if (run.Wants(RuleGroups.Contents))
        {
            ContentRules.Check(binary, run);
            LibcRules.Check(binary, run);
        }

        BudgetRules.Check(binary, run);
        RelinkRules.Check(binary, run);
        if (run.Wants(RuleGroups.Syscalls))
            SyscallRules.Check(binary, run);
    }
}
