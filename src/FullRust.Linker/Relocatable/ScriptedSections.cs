// -r with a SECTIONS script, as kernels link their modules: the script says which inputs make which section, in which order, and what is
// discarded. Addresses mean nothing in an object, so that statements which are about addresses or add bytes are refused by name; what
// symbols are worth is ScriptedSymbols'.

using System.Collections.Generic;
using System.Numerics;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout.Scripted;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using FullRust.Linker.Sections;

namespace FullRust.Linker.Relocatable;

/// <summary>An output section that a script describes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="AlignmentLog2">Base-2 logarithm of the alignment that it asks for.</param>
/// <param name="Rows">Its inputs in order.</param>
internal sealed record ScriptedSection(string Name, byte AlignmentLog2, List<int> Rows);

internal sealed class ScriptedSections
{
    private readonly List<OutputSectionCommand> _outputs = [];
    private readonly Dictionary<InputSectionCommand, int> _lastRows = [];
    private readonly ScriptPlacement _placement;

    private ScriptedSections(LinkScript script, SectionTable sections, DiagnosticSink sink)
    {
        Items = script.LayoutItems();
        foreach (ScriptCommand item in Items)
        {
            if (item is OutputSectionCommand output)
                _outputs.Add(output);
            else if (item is AssignmentCommand { Symbol: "." })
                Refuse(item, sink);
        }

        _placement = ScriptPlacement.Choose(_outputs, sections);
        foreach (OutputSectionCommand output in _outputs)
        {
            foreach (ScriptCommand statement in output.Statements)
            {
                if (statement is not (InputSectionCommand or AssertCommand or AssignmentCommand { Symbol: not "." }))
                    Refuse(statement, sink);
            }
        }
    }

    /// <summary>All that the script says, in order.</summary>
    internal IReadOnlyList<ScriptCommand> Items { get; }

    /// <summary>The last input that a statement took.</summary>
    internal bool TryGetLastRow(InputSectionCommand statement, out int row) => _lastRows.TryGetValue(statement, out row);

    /// <summary>Chooses a section for every input section, and discards; null without a script that decides that.</summary>
    internal static ScriptedSections? Prepare(LinkScript script, SectionTable sections, DiagnosticSink sink) =>
        script.DecidesLayout ? new ScriptedSections(script, sections, sink) : null;

    /// <summary>The sections that something came of, in the script's order. What is in a section group is not among their inputs.</summary>
    internal List<ScriptedSection> Arrange(SectionTable sections, LinkOptions options)
    {
        var taken = new Dictionary<InputSectionCommand, List<(int Member, SectionPattern? Pattern)>>();
        for (int row = 1; row < sections.Count; row++)
        {
            ref readonly InputSection section = ref sections[row];
            ref readonly SectionFate fate = ref sections.Fate(row);
            bool isSection = fate.IsLive && fate.Kind is SectionKind.Regular or SectionKind.NoBits or SectionKind.NonAllocated;
            if (!isSection || section.Group != 0 || !_placement.TryGetRule(row, out ScriptPlacement.Rule rule) || rule.Output.IsDiscard)
                continue;
            if (!taken.TryGetValue(rule.Statement, out List<(int Member, SectionPattern? Pattern)>? members))
                taken[rule.Statement] = members = [];
            members.Add((row, rule.Pattern));
        }

        var arranged = new List<ScriptedSection>();
        foreach (OutputSectionCommand output in _outputs)
        {
            var rows = new List<int>();
            foreach (ScriptCommand statement in output.Statements)
            {
                if (statement is not InputSectionCommand input || !taken.TryGetValue(input, out List<(int Member, SectionPattern? Pattern)>? members))
                    continue;
                rows.AddRange(StatementOrder.Sort(members, input, sections, [], options));
                _lastRows[input] = rows[^1];
            }

            if (rows.Count > 0)
                arranged.Add(new ScriptedSection(output.Name, AlignmentOf(output), rows));
        }

        return arranged;
    }

    private static byte AlignmentOf(OutputSectionCommand output) =>
        output.Alignment is NumberExpression { Value: > 0 } number && BitOperations.IsPow2(number.Value) ? (byte)BitOperations.Log2(number.Value) : (byte)0;

    private static void Refuse(ScriptCommand command, DiagnosticSink sink) =>
        command.Place.ReportError(sink, "with -r, SECTIONS can only say which inputs and symbols make which section: addresses and data belong into the final link");
}
