// Size budgets of the file and of its segments.

using System.Collections.Generic;

namespace FullRust.ElfVerify.Rules;

internal static class BudgetRules
{
    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        if (run.Options.MaxFileSize is { } budget)
        {
            run.Begin(RuleId.B01);
            if ((ulong)binary.Image.Length > budget)
                run.Fail(RuleId.B01, "file size", $"the file has {binary.Image.Length} bytes; the budget is {budget}", 0, (ulong)binary.Image.Length);
        }

        if (run.Options.SegmentBudgets.Count == 0)
            return;
        run.Begin(RuleId.B02);
        foreach (KeyValuePair<string, ulong> entry in run.Options.SegmentBudgets)
        {
            ulong size = SizeOf(entry.Key, run.Facts);
            if (size > entry.Value)
                run.Fail(RuleId.B02, entry.Key, $"{entry.Key} has {size} bytes; the budget is {entry.Value}", 0, 0);
        }
    }

    private static ulong SizeOf(string kind, VerifyFacts facts) => kind switch
    {
        "text" => facts.TextBytes,
        "rodata" => facts.RodataBytes,
        "data" => facts.DataBytes,
        "bss" => facts.BssBytes,
        _ => 0,
    };
}
