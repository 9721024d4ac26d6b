// --enable-non-contiguous-regions (GNU ld manual, Options): an input section for which its memory region has no room left goes to the
// next statement that matches it, in script order, and what stands behind it in its output section goes with it, as in GNU ld and lld.
// What nothing takes stays where it was last, so that the layout reports the region.

using System;
using System.Collections.Generic;
using FullRust.Linker.Objects;

namespace FullRust.Linker.Layout.Scripted;

internal static class RegionFit
{
    /// <summary>Moves sections on until every region holds what it has, or nothing else takes the rest.</summary>
    /// <param name="placement">Which statement takes which section.</param>
    /// <param name="sections">Input sections.</param>
    /// <param name="arrange">Lays out by the placement, without messages.</param>
    internal static void Fit(ScriptPlacement placement, SectionTable sections, Func<ScriptedLayout> arrange)
    {
        bool hasMoved;
        do
        {
            hasMoved = false;
            foreach (int row in WithoutRoom(arrange(), sections))
                hasMoved |= placement.MoveOn(row, sections);
        }
        while (hasMoved);
    }

    private static List<int> WithoutRoom(ScriptedLayout layout, SectionTable sections)
    {
        var rows = new List<int>();
        foreach ((SectionPlan? plan, _) in layout.Items)
        {
            if (plan?.Region is not { } region || plan.Index < 0)
                continue;

            bool isFull = false;
            foreach (int member in plan.Output.Members.Span)
            {
                if (member <= 0 || sections[member].Size == 0)
                    continue;
                ref readonly InputSection section = ref sections[member];
                isFull |= plan.Output.Address + section.Offset + section.Size - region.Origin > region.Length;
                if (isFull)
                    rows.Add(member);
            }
        }

        return rows;
    }
}
