// The order of the sections that one input section statement takes. Patterns without an order share one run in input order; a pattern
// with an order is a run of its own, as in lld, so that "*(SORT(.init_array.*) .init_array)" is what it reads like.

using System;
using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;

namespace FullRust.Linker.Layout.Scripted;

internal static class StatementOrder
{
    /// <summary>Sorts members as a statement asks.</summary>
    /// <param name="members">In input order.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="sections">Input sections.</param>
    /// <param name="synthetic">The linker's own sections.</param>
    /// <param name="options"><c>--sort-section</c>.</param>
    internal static List<int> Sort(
        List<(int Member, SectionPattern? Pattern)> members, InputSectionCommand statement, SectionTable sections, List<SyntheticSection> synthetic, LinkOptions options)
    {
        var keys = new List<Key>(members.Count);
        for (int i = 0; i < members.Count; i++)
        {
            (int member, SectionPattern? pattern) = members[i];
            keys.Add(new Key(member, i, RunOf(pattern, statement), pattern, statement.SortsFiles ? FileOf(member, sections) : ""));
        }

        var comparer = new KeyComparer(sections, synthetic, options);
        keys.Sort(comparer);
        return keys.ConvertAll(static k => k.Member);
    }

    private readonly record struct Key(int Member, int Order, int Run, SectionPattern? Pattern, string File);

    private static int RunOf(SectionPattern? pattern, InputSectionCommand statement)
    {
        int run = 0;
        bool wasSorted = false;
        for (int i = 0; i < statement.Sections.Count; i++)
        {
            bool isSorted = statement.Sections[i].Outer is not (SortKey.None or SortKey.InputOrder) || statement.Sections[i].IsReversed;
            if (i > 0 && (isSorted || wasSorted))
                run++;
            if (ReferenceEquals(statement.Sections[i], pattern))
                return run;
            wasSorted = isSorted;
        }

        return run;
    }

    private static string FileOf(int member, SectionTable sections) => member > 0 ? sections.FileOf(member).DisplayName : "";

    private sealed class KeyComparer(SectionTable sections, List<SyntheticSection> synthetic, LinkOptions options) : IComparer<Key>
    {
        public int Compare(Key x, Key y)
        {
            int result = x.Run.CompareTo(y.Run);
            if (result == 0)
                result = string.CompareOrdinal(x.File, y.File);
            if (result != 0)
                return result;
            if (x.Pattern is { } pattern)
            {
                SortKey outer = pattern.Outer == SortKey.None ? FromOptions() : pattern.Outer;
                result = CompareBy(outer, x.Member, y.Member);
                if (result == 0)
                    result = CompareBy(pattern.Inner, x.Member, y.Member);
                if (pattern.IsReversed)
                    result = -result;
            }

            return result != 0 ? result : x.Order.CompareTo(y.Order);
        }

        private SortKey FromOptions() => options.SortSection switch
        {
            SortSectionPolicy.Name => SortKey.Name,
            SortSectionPolicy.Alignment => SortKey.Alignment,
            _ => SortKey.None,
        };

        private int CompareBy(SortKey key, int x, int y) => key switch
        {
            SortKey.Name => NameOf(x).SequenceCompareTo(NameOf(y)),
            SortKey.Alignment => AlignmentOf(y).CompareTo(AlignmentOf(x)),
            SortKey.InitPriority => PriorityOf(NameOf(x)).CompareTo(PriorityOf(NameOf(y))),
            _ => 0,
        };

        private ReadOnlySpan<byte> NameOf(int member) => member > 0 ? sections.Name(member).Span : synthetic[~member].Name.Span;

        private int AlignmentOf(int member) => member > 0 ? sections[member].AlignmentLog2 : synthetic[~member].AlignmentLog2;

        // .ctors.N runs from the back, so that its numbers count the other way round (GNU ld manual, SORT_BY_INIT_PRIORITY).
        private static int PriorityOf(ReadOnlySpan<byte> name)
        {
            int priority = MemberOrder.Priority(name);
            bool isReversed = name.StartsWith(".ctors."u8) || name.StartsWith(".dtors."u8);
            return isReversed && priority < 65536 ? 65535 - priority : priority;
        }
    }
}
