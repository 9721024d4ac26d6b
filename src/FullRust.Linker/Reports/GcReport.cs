// --print-gc-sections, --print-icf-sections and --why-live: what was dropped, what was folded, and what keeps something alive.

using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.GuardRail;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Reports;

internal static class GcReport
{
    /// <summary>The list of what was dropped, where options ask for it: printed, or a file of its own.</summary>
    internal static void AddRemoved(StringBuilder output, List<LinkReport> reports, SectionTable sections, SymbolTable symbols, LinkOptions options)
    {
        if (!options.PrintGcSections || !options.GcSections)
            return;
        if (options.PrintGcSectionsFile is { } path)
            reports.Add(LinkReport.OfText(path, Removed(sections, symbols)));
        else
            output.Append(Removed(sections, symbols));
    }

    /// <summary>One line per allocated section that was dropped, in input order; not the copies that lost against another one.</summary>
    private static StringBuilder Removed(SectionTable sections, SymbolTable symbols)
    {
        var text = new StringBuilder();
        for (int id = 0; id < symbols.Count; id++)
        {
            if ((symbols[id].Flags & (SymbolFlags.Common | SymbolFlags.Reached)) == SymbolFlags.Common)
                text.Append("removing unused section ").Append(sections.Objects[symbols[id].File].DisplayName).Append(":(COMMON)\n");
        }

        for (int row = 1; row < sections.Count; row++)
        {
            ref readonly InputSection section = ref sections[row];
            ref readonly SectionFate fate = ref sections.Fate(row);
            bool isDropped = fate.Kind is SectionKind.Regular or SectionKind.NoBits or SectionKind.Mergeable &&
                (fate.State & (SectionState.Live | SectionState.Discarded)) == 0 && (section.Flags & (uint)SHF_ALLOC) != 0;
            if (isDropped)
                text.Append("removing unused section ").Append(sections.Place(row)).Append('\n');
        }

        return text;
    }

    /// <summary>The folds, each kept section followed by those that it stands for.</summary>
    internal static string Folded(SectionTable sections, List<(int Kept, int Folded)> folds)
    {
        var byKept = new SortedDictionary<int, List<int>>();
        foreach ((int kept, int folded) in folds)
        {
            if (!byKept.TryGetValue(kept, out List<int>? list))
                byKept[kept] = list = [];
            list.Add(folded);
        }

        var text = new StringBuilder();
        foreach ((int kept, List<int> list) in byKept)
        {
            text.Append("selected section ").Append(sections.Place(kept)).Append('\n');
            foreach (int folded in list)
                text.Append("  removing identical section ").Append(sections.Place(folded)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>For every live symbol that matches a pattern the chain of references that keeps it.</summary>
    internal static string WhyLive(SectionTable sections, SymbolTable symbols, ReachedFrom reachedFrom, LinkOptions options)
    {
        var text = new StringBuilder();
        foreach (string pattern in options.WhyLive)
        {
            var glob = new Glob(pattern);
            for (int id = 0; id < symbols.Count; id++)
            {
                ref readonly Symbol symbol = ref symbols[id];
                if (symbol.Section != 0 && sections.Fate(symbol.Section).IsLive && glob.Matches(symbols.NameOf(id).Span))
                    Append(text, SymbolText.Name(symbols.NameOf(id), options), symbol.Section, sections, reachedFrom, options);
            }

            for (int row = 1; row < sections.Count; row++)
            {
                if (sections.Fate(row).IsLive && glob.Matches(sections.Name(row).Span))
                    Append(text, sections.Place(row), row, sections, reachedFrom, options);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, int row, SectionTable sections, ReachedFrom reachedFrom, LinkOptions options)
    {
        text.Append("live symbol: ").Append(name).Append(" (").Append(sections.FileOf(row).DisplayName).Append(")\n");
        int at = reachedFrom[row];
        if (at == 0)
            text.Append(">>> kept as a root\n");
        for (; at != 0; at = reachedFrom[at])
        {
            text.Append(">>> kept alive by ").Append(ReferenceText.FunctionOf(sections, at, 0, options)).Append(" (").Append(sections.Place(at)).Append(")\n");
            if (reachedFrom[at] == 0)
                text.Append(">>> which is a root\n");
        }
    }
}
