// Where sections stand that a script does not mention (GNU ld manual, "Orphan Sections"): behind the last section of their kind, else of the
// kind that comes closest. Symbols assigned behind that section stay with it, so that "end = .;" does not move.

using System.Collections.Generic;
using FullRust.Linker.Scripts;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Scripted;

internal static class OrphanPlaces
{
    /// <summary>What a section is, and whom it may follow if there is none like it.</summary>
    private enum Kind
    {
        ReadOnly,
        Code,
        ThreadData,
        ThreadZeros,
        Data,
        Zeros,
    }

    /// <summary>Inserts orphans: those that come first in the default order first, others in input order.</summary>
    internal static void Insert(List<SectionPlan> orphans, List<(SectionPlan? Plan, ScriptCommand? Command)> items)
    {
        var order = new Dictionary<SectionPlan, int>();
        foreach (SectionPlan orphan in orphans)
        {
            SectionOrder.Rank(orphan.Output, relro: false);
            order[orphan] = order.Count;
        }

        orphans.Sort((x, y) => x.Output.Rank != y.Output.Rank ? x.Output.Rank.CompareTo(y.Output.Rank) : order[x].CompareTo(order[y]));
        foreach (SectionPlan orphan in orphans)
            items.Insert(PlaceFor(orphan.Output, items), (orphan, null));
    }

    private static int PlaceFor(OutputSection orphan, List<(SectionPlan? Plan, ScriptCommand? Command)> items)
    {
        if (!orphan.IsAllocated || (orphan.Flags & SHF_X86_64_LARGE) != 0)
            return items.Count;
        foreach (Kind kind in Preferred(KindOf(orphan)))
        {
            int last = items.FindLastIndex(i => i.Plan is { Output.Members.Count: > 0, Output.IsAllocated: true } plan
                && (plan.Output.Flags & SHF_X86_64_LARGE) == 0 && KindOf(plan.Output) == kind);
            if (last >= 0)
                return BehindSymbols(last + 1, items);
        }

        return items.Count;
    }

    private static int BehindSymbols(int at, List<(SectionPlan? Plan, ScriptCommand? Command)> items)
    {
        while (at < items.Count && items[at].Command is AssignmentCommand { Symbol: not "." })
            at++;
        return at;
    }

    private static Kind KindOf(OutputSection section)
    {
        if (section.IsTls)
            return section.IsNoBits ? Kind.ThreadZeros : Kind.ThreadData;
        if ((section.Flags & SHF_EXECINSTR) != 0)
            return Kind.Code;
        if ((section.Flags & SHF_WRITE) == 0)
            return Kind.ReadOnly;
        return section.IsNoBits ? Kind.Zeros : Kind.Data;
    }

    private static Kind[] Preferred(Kind kind) => kind switch
    {
        Kind.ReadOnly => [Kind.ReadOnly, Kind.Code],
        Kind.Code => [Kind.Code, Kind.ReadOnly],
        Kind.ThreadData => [Kind.ThreadData, Kind.Data, Kind.ReadOnly, Kind.Code],
        Kind.ThreadZeros => [Kind.ThreadZeros, Kind.ThreadData, Kind.Data, Kind.ReadOnly, Kind.Code],
        Kind.Data => [Kind.Data, Kind.ThreadZeros, Kind.ThreadData, Kind.ReadOnly, Kind.Code],
        _ => [Kind.Zeros, Kind.Data, Kind.ThreadZeros, Kind.ThreadData, Kind.ReadOnly, Kind.Code],
    };
}
