// SHF_LINK_ORDER (gABI, Section Attribute Flags): sections that speak of others stand in the order of what they speak of, once that has
// its place. They change places among themselves; other members of the output section stay where they are.

using System;
using System.Collections.Generic;
using FullRust.Elf.Native;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal static class LinkOrder
{
    /// <summary>Orders members.</summary>
    /// <param name="members">Rows, or negative numbers for sections of the linker's own.</param>
    /// <param name="sections">Input sections.</param>
    /// <param name="placeOf">Where a row stands in the output.</param>
    /// <returns>Whether anything moved.</returns>
    internal static bool Sort(Span<int> members, SectionTable sections, Func<int, (int Section, ulong Offset)> placeOf)
    {
        var rows = new List<((int Section, ulong Offset) Place, int Order, int Row)>();
        foreach (int member in members)
        {
            if (TargetOf(member, sections) is var target && target != 0)
                rows.Add((placeOf(target), rows.Count, member));
        }

        rows.Sort();
        bool hasMoved = false;
        int next = 0;
        foreach (ref int member in members)
        {
            if (TargetOf(member, sections) == 0)
                continue;
            hasMoved |= rows[next].Order != next;
            member = rows[next++].Row;
        }

        return hasMoved;
    }

    /// <summary>Makes an output section that has nothing but followers one itself: its sh_link names where the first one's target went.</summary>
    internal static void SetTargets(List<OutputSection> outputs, SectionTable sections)
    {
        foreach (OutputSection output in outputs)
        {
            OutputSection? first = null;
            bool hasOthers = false;
            foreach (int member in output.Members.Span)
            {
                int target = TargetOf(member, sections);
                int index = target == 0 ? -1 : sections[target].OutputSection;
                hasOthers |= index < 0;
                first ??= index < 0 ? null : outputs[index];
            }

            if (first is not null && !hasOthers)
                (output.LinkTarget, output.Flags) = (first, output.Flags | SHF_LINK_ORDER);
        }
    }

    // The row that a member follows, or the one that it was folded into; 0 for none.
    private static int TargetOf(int member, SectionTable sections)
    {
        if (member <= 0)
            return 0;
        ref readonly InputSection section = ref sections[member];
        ObjectFile file = sections.Objects[section.File];
        ref readonly Elf64_Shdr header = ref sections.Header(member);
        if ((header.sh_flags & SHF_LINK_ORDER) == 0 || header.sh_link == 0 || header.sh_link >= (uint)file.SectionCount)
            return 0;
        int target = file.SectionBase + (int)header.sh_link;
        return (sections.Fate(target).State & SectionState.Folded) != 0 ? sections[target].Extra : target;
    }
}
