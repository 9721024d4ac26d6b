// Rules about the inventory of system calls. They disassemble, so they run only on request.

using System.Collections.Generic;
using FullRust.ElfVerify.Syscalls;

namespace FullRust.ElfVerify.Rules;

internal static class SyscallRules
{
    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        SyscallInventory inventory = SyscallInventory.Of(binary);
        run.Facts.Syscalls = inventory;
        run.Begin(RuleId.Y01);
        if (run.Options.ExpectedSyscalls is not null)
            run.Begin(RuleId.Y02);
        if (run.Options.DeniedSyscalls is not null)
            run.Begin(RuleId.Y03);
        foreach (SyscallSite site in inventory.Sites)
            CheckSite(site, run);
    }

    private static void CheckSite(SyscallSite site, RuleRun run)
    {
        string where = site.Function.Length == 0 ? $"0x{site.Address:x}" : $"{site.Function}, 0x{site.Address:x}";
        string place = site.Function.Length == 0 ? "code" : $"function {site.Function}";
        if (site.Entry != SyscallEntry.Syscall)
            run.Fail(RuleId.Y01, place, $"{WordFor(site.Entry)} in {where} dodges lists of x86-64 system calls", site.FileOffset, 2);
        else if (!site.IsKnown)
            run.Fail(RuleId.Y01, place, $"the number of the system call in {where} is not known", site.FileOffset, 2);
        CheckList(RuleId.Y02, site, run.Options.ExpectedSyscalls, isAllowList: true, where, place, run);
        CheckList(RuleId.Y03, site, run.Options.DeniedSyscalls, isAllowList: false, where, place, run);
    }

    private static void CheckList(RuleId rule, SyscallSite site, IReadOnlySet<int>? list, bool isAllowList, string where, string place, RuleRun run)
    {
        if (list is null)
            return;
        if (!site.IsKnown)
            run.Unknown(rule, place, $"what {where} asks the kernel for is not known", site.FileOffset, 2);
        foreach (int number in site.Numbers)
        {
            if (list.Contains(number) != isAllowList)
                run.Fail(rule, place, $"{SyscallNames.Of(number)} ({number}) is called in {where}", site.FileOffset, 2);
        }
    }

    private static string WordFor(SyscallEntry entry) => entry switch
    {
        SyscallEntry.Int80 => "int 0x80",
        SyscallEntry.Sysenter => "sysenter",
        _ => "an address in the vsyscall page",
    };
}
