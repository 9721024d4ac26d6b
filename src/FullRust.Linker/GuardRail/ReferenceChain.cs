// From a section back to the root that keeps it alive: the chain that answers "why is this in my program?".

using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Objects;
using FullRust.Linker.Sections;

namespace FullRust.Linker.GuardRail;

internal static class ReferenceChain
{
    private const int MaxShown = 12;

    /// <summary>The functions or sections from a row to its root, nearest first.</summary>
    internal static List<string> From(int row, SectionTable sections, ReachedFrom reachedFrom, LinkOptions options)
    {
        var chain = new List<string>();
        for (int at = row, steps = 0; at != 0 && steps < sections.Count; at = reachedFrom[at], steps++)
        {
            string name = ReferenceText.FunctionOf(sections, at, 0, options);
            if (chain.Count == 0 || chain[^1] != name)
                chain.Add(name);
        }

        if (chain.Count > MaxShown)
        {
            int hidden = chain.Count - MaxShown;
            chain.RemoveRange(MaxShown - 1, hidden);
            chain.Insert(MaxShown - 1, $"({hidden} more)");
        }

        return chain;
    }
}
