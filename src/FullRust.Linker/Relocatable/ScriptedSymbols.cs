// Symbols that a SECTIONS script assigns in a relocatable output: offsets in the section where they stand, or in the one before them.
// Every section begins at address 0, so that the location counter is an offset too.

using System;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using FullRust.Linker.Symbols;

namespace FullRust.Linker.Relocatable;

/// <summary>One walk over a script whose sections have their sizes. Not thread-safe.</summary>
internal sealed class ScriptedSymbols : IExpressionContext
{
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly AssignedSymbols _assigned;
    private readonly OutputLayout _layout;
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;
    private readonly ExpressionEvaluator _evaluator;
    private int _lastSection = -1;

    private ScriptedSymbols(SectionTable sections, SymbolTable symbols, AssignedSymbols assigned, OutputLayout layout, LinkOptions options, DiagnosticSink sink)
    {
        (_sections, _symbols, _assigned, _layout, _options, _sink) = (sections, symbols, assigned, layout, options, sink);
        _evaluator = new ExpressionEvaluator(this);
    }

    /// <inheritdoc/>
    public ulong Dot { get; private set; }

    /// <inheritdoc/>
    public int CurrentSection { get; private set; } = -1;

    /// <inheritdoc/>
    public ulong SizeOfHeaders => 0;

    /// <inheritdoc/>
    public ulong MaxPageSize => _options.MaxPageSize;

    /// <inheritdoc/>
    public ulong CommonPageSize => _options.CommonPageSize;

    /// <summary>Computes the symbols, twice because an expression may look ahead, and checks the assertions.</summary>
    internal static void Assign(
        ScriptedSections scripted, SectionTable sections, SymbolTable symbols, AssignedSymbols assigned, OutputLayout layout, LinkOptions options, DiagnosticSink sink)
    {
        var values = new ScriptedSymbols(sections, symbols, assigned, layout, options, sink);
        values.Walk(scripted, isLast: false);
        values.Walk(scripted, isLast: true);
    }

    /// <inheritdoc/>
    public ulong AddressOf(int section) => 0;

    /// <inheritdoc/>
    public bool TryGetSymbol(string name, out ExpressionValue value)
    {
        value = default;
        int id = _assigned.Find(_symbols, name);
        if (id < 0 || !_symbols[id].IsDefined)
            return false;
        Symbol symbol = _symbols[id];
        if ((symbol.Flags & SymbolFlags.Assigned) != 0)
            return _assigned.Values.TryGetValue(id, out value);
        if (symbol.Section == 0)
        {
            value = ExpressionValue.Absolute(symbol.Value);
            return true;
        }

        ref readonly InputSection section = ref _sections[symbol.Section];
        value = ExpressionValue.Relative(section.OutputSection, section.Offset + symbol.Value);
        return section.OutputSection >= 0;
    }

    /// <inheritdoc/>
    public bool IsDefined(string name) => _assigned.IsDefined(_symbols, name);

    /// <inheritdoc/>
    public bool TryGetSection(string name, out SectionFacts facts)
    {
        int index = OutputSection.IndexOf(_layout.Sections, name);
        facts = index < 0 ? default : new SectionFacts(index, 0, _layout.Sections[index].Size, 1UL << _layout.Sections[index].AlignmentLog2);
        return index >= 0;
    }

    /// <inheritdoc/>
    public bool TryGetRegion(string name, out ulong origin, out ulong length)
    {
        (origin, length) = (0, 0);
        return false;
    }

    /// <inheritdoc/>
    public ulong? SegmentStart(string segment) => null;

    /// <inheritdoc/>
    public void FailAssertion(AssertExpression assertion) => assertion.Place.ReportErrorAbovePlace(_sink, assertion.Message);

    private void Walk(ScriptedSections scripted, bool isLast)
    {
        _assigned.BeginWalk();
        (Dot, _lastSection) = (0, -1);
        foreach (AssignmentCommand assignment in _assigned.FromOptions(_options))
            Run(assignment, isLast);
        foreach (ScriptCommand item in scripted.Items)
        {
            if (item is OutputSectionCommand output)
                WalkSection(scripted, output, isLast);
            else
                Run(item, isLast);
        }
    }

    private void WalkSection(ScriptedSections scripted, OutputSectionCommand output, bool isLast)
    {
        if (output.IsDiscard)
            return;
        int index = OutputSection.IndexOf(_layout.Sections, output.Name);
        (CurrentSection, Dot) = (index, 0);
        foreach (ScriptCommand statement in output.Statements)
        {
            if (statement is InputSectionCommand input && scripted.TryGetLastRow(input, out int row))
                Dot = _sections[row].Offset + _sections[row].Size;
            else
                Run(statement, isLast);
        }

        CurrentSection = -1;
        if (index >= 0)
            (_lastSection, Dot) = (index, _layout.Sections[index].Size);
    }

    private void Run(ScriptCommand command, bool isLast)
    {
        switch (command)
        {
            case AssignmentCommand assignment when _assigned.TryGetId(assignment, out int id) && TryEvaluate(assignment.Value, isLast, out ExpressionValue value):
                Set(id, value);
                break;
            case AssertCommand assertion when TryEvaluate(assertion.Condition, isLast, out ExpressionValue condition) && isLast && condition.Value == 0:
                assertion.Place.ReportErrorAbovePlace(_sink, assertion.Message);
                break;
        }
    }

    private bool TryEvaluate(Expression expression, bool isLast, out ExpressionValue value)
    {
        bool isEvaluated = _evaluator.TryEvaluate(expression, out value, out ExpressionError error);
        if (!isEvaluated && isLast)
            error.Place.ReportError(_sink, error.Message);
        return isEvaluated;
    }

    private void Set(int id, ExpressionValue value)
    {
        if (value.Kind == ValueKind.Number && CurrentSection >= 0)
            value = ExpressionValue.Relative(CurrentSection, value.Value);
        else if (value.FollowsLocationCounter && _layout.Sections.Count > 0)
            value = ExpressionValue.Relative(int.Max(_lastSection, 0), value.Value);
        _assigned.SetValue(id, value with { FollowsLocationCounter = false });
        _symbols.Addresses[id] = value.Value;
    }
}
