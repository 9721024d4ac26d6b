// The way of a SECTIONS script through the phases: prepared before definitions are chosen, carried out when sizes are known.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>A script that decides the layout.</summary>
internal sealed class ScriptedParts
{
    private readonly LinkScript _script;
    private readonly AssignedSymbols _assigned;
    private readonly SymbolNameRules _names;
    private readonly List<ScriptCommand> _items;
    private readonly ScriptPlacement _placement;
    private readonly SectionTable _sections;

    private ScriptedParts(LinkScript script, AssignedSymbols assigned, SymbolNameRules names, List<ScriptCommand> items, ScriptPlacement placement, SectionTable sections)
    {
        _script = script;
        _assigned = assigned;
        _names = names;
        _items = items;
        _placement = placement;
        _sections = sections;
    }

    /// <summary>Chooses a place for every input section, if there is a script with SECTIONS.</summary>
    /// <returns>Null if the default layout is used.</returns>
    internal static ScriptedParts? Prepare(LinkScript script, AssignedSymbols assigned, SymbolNameRules names, SectionTable sections)
    {
        if (!script.DecidesLayout)
            return null;
        List<ScriptCommand> items = script.LayoutItems();
        var outputs = new List<OutputSectionCommand>();
        foreach (ScriptCommand item in items)
        {
            if (item is OutputSectionCommand output)
                outputs.Add(output);
        }

        ScriptPlacement placement = ScriptPlacement.Choose(outputs, sections);
        foreach (OutputSectionCommand output in outputs.FindAll(placement.IsDisabled))
            assigned.Forget(output.Statements);
        items.RemoveAll(i => i is OutputSectionCommand output && placement.IsDisabled(output));
        return new ScriptedParts(script, assigned, names, items, placement, sections);
    }

    /// <summary>The regions of MEMORY with what they hold, once sections are arranged.</summary>
    internal IReadOnlyList<MemoryRegionState> Regions { get; private set; } = [];

    /// <summary>Whether an input section goes to an output section of another name.</summary>
    /// <param name="row">The section.</param>
    internal bool IsElsewhere(int row) => OutputOf(row) is { } output && !_sections.Name(row).Span.SequenceEqual(Encoding.UTF8.GetBytes(output));

    /// <summary>The name of the output section that a statement puts an input section into; null for an orphan, which keeps its own.</summary>
    /// <param name="row">The section.</param>
    internal string? OutputOf(int row) => _placement.TryGetRule(row, out ScriptPlacement.Rule rule) ? rule.Output.Name : null;

    /// <summary>The number of the statement that takes an input section; 0 for an orphan.</summary>
    /// <param name="row">The section.</param>
    internal int StatementOf(int row) => _placement.TryGetRule(row, out ScriptPlacement.Rule rule) ? rule.Number : 0;

    /// <summary>Arranges sections as the script says.</summary>
    internal LayoutFrame Arrange(
        SymbolTable symbols, MergeSections merges, List<SyntheticSection> synthetic, LinkOptions options, DiagnosticSink sink)
    {
        List<ScriptCommand> items = [.. _assigned.FromOptions(options), .. _items];
        int given = synthetic.Count;
        ScriptedLayout Build(DiagnosticSink messages)
        {
            synthetic.RemoveRange(given, synthetic.Count - given);
            PlanBuilder plans = PlanBuilder.Build(items, _sections, merges, _placement, synthetic, _names, options, messages);
            return ScriptedLayout.Build(plans, _sections, synthetic, symbols, _assigned, _script, merges, options, messages);
        }

        if (options.RegionsAreAlternatives)
            RegionFit.Fit(_placement, _sections, () => Build(new DiagnosticSink()));
        ScriptedLayout layout = Build(sink);
        Regions = layout.Regions;
        new CrossReferenceRules(_sections, symbols, merges, layout.Sections, sink).Check([.. _script.Commands, .. _items]);
        return new LayoutFrame(layout.Sections, layout.Segments.Finished, layout.Segments.ImageBase, layout.Segments.EndOfSections) { LoadsHeaders = layout.Segments.LoadsHeaders };
    }
}
