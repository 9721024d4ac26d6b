// Values of assigned symbols when no SECTIONS script decides the layout: every output section has its address already. Expressions may
// refer to symbols assigned later, so the list is gone through until nothing changes.

using System;
using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Scripts;
using FullRust.Linker.Symbols;

namespace FullRust.Linker.Layout;

/// <summary>Computes assigned symbols and top-level assertions over a finished layout.</summary>
internal sealed class AssignedValues : IExpressionContext
{
    private readonly SymbolTable _symbols;
    private readonly AssignedSymbols _assigned;
    private readonly OutputLayout _layout;
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;
    private readonly ExpressionEvaluator _evaluator;

    private AssignedValues(SymbolTable symbols, AssignedSymbols assigned, OutputLayout layout, LinkOptions options, DiagnosticSink sink)
    {
        _symbols = symbols;
        _assigned = assigned;
        _layout = layout;
        _options = options;
        _sink = sink;
        _evaluator = new ExpressionEvaluator(this);
    }

    /// <inheritdoc/>
    public ulong Dot => _layout.Sections.Count == 0 ? 0 : LastAddress();

    /// <inheritdoc/>
    public int CurrentSection => -1;

    /// <inheritdoc/>
    public ulong SizeOfHeaders => 64 + (56UL * (ulong)_layout.Segments.Count);

    /// <inheritdoc/>
    public ulong MaxPageSize => _options.MaxPageSize;

    /// <inheritdoc/>
    public ulong CommonPageSize => _options.CommonPageSize;

    /// <summary>Computes all values, puts them into <see cref="SymbolTable.Addresses"/>, and checks the assertions.</summary>
    internal static void Assign(SymbolTable symbols, AssignedSymbols assigned, LinkScript script, OutputLayout layout, LinkOptions options, DiagnosticSink sink)
    {
        if (assigned.IsEmpty && script.Commands.Count == 0)
            return;
        var values = new AssignedValues(symbols, assigned, layout, options, sink);
        if (script.DecidesLayout)
        {
            foreach ((int id, ExpressionValue value) in assigned.Values)
                symbols.Addresses[id] = values._evaluator.AddressOf(value);
            return;
        }

        List<AssignmentCommand> assignments = [.. assigned.FromOptions(options)];
        foreach (ScriptCommand command in script.Commands)
        {
            if (command is AssignmentCommand assignment)
                assignments.Add(assignment);
        }

        values.AssignAll(assignments);
        values.CheckAssertions(script.Commands);
    }

    /// <inheritdoc/>
    public ulong AddressOf(int section) => _layout.Sections[section].Address;

    /// <inheritdoc/>
    public bool TryGetSymbol(string name, out ExpressionValue value)
    {
        value = default;
        int id = _assigned.Find(_symbols, name);
        if (id < 0 || !_symbols[id].IsDefined)
            return false;
        if ((_symbols[id].Flags & SymbolFlags.Assigned) != 0)
            return _assigned.Values.TryGetValue(id, out value);
        value = ValueOf(_symbols[id].Flags, _symbols.Addresses[id], _layout.Sections);
        return true;
    }

    /// <inheritdoc/>
    public bool IsDefined(string name) => _assigned.IsDefined(_symbols, name);

    /// <inheritdoc/>
    public bool TryGetSection(string name, out SectionFacts facts)
    {
        int index = OutputSection.IndexOf(_layout.Sections, name);
        OutputSection? section = index < 0 ? null : _layout.Sections[index];
        facts = section is null ? default : new SectionFacts(index, section.Address, section.Size, 1UL << section.AlignmentLog2);
        return section is not null;
    }

    /// <inheritdoc/>
    public bool TryGetRegion(string name, out ulong origin, out ulong length)
    {
        (origin, length) = (0, 0);
        return false;
    }

    /// <inheritdoc/>
    public ulong? SegmentStart(string segment) => SegmentStarts.Find(segment, _options);

    /// <inheritdoc/>
    public void FailAssertion(AssertExpression assertion) => assertion.Place.ReportErrorAbovePlace(_sink, assertion.Message);

    /// <summary>The address of a symbol as a value: relative to its output section unless it does not move.</summary>
    internal static ExpressionValue ValueOf(SymbolFlags flags, ulong address, List<OutputSection> sections)
    {
        int section = (flags & SymbolFlags.Absolute) != 0 ? -1 : sections.FindIndex(
            s => s.IsAllocated && !(s.IsTls && s.IsNoBits) && address >= s.Address && address - s.Address <= s.Size && (s.Size != 0 || address == s.Address));
        return section < 0 ? ExpressionValue.Absolute(address) : ExpressionValue.Relative(section, address - sections[section].Address);
    }

    private void AssignAll(List<AssignmentCommand> assignments)
    {
        for (int pass = 0; pass <= assignments.Count; pass++)
        {
            bool hasChanged = false;
            _assigned.BeginWalk();
            foreach (AssignmentCommand assignment in assignments)
            {
                if (_assigned.TryGetId(assignment, out int id) && _evaluator.TryEvaluate(assignment.Value, out ExpressionValue value, out _))
                    hasChanged |= Set(id, value);
            }

            if (!hasChanged)
                break;
        }

        foreach (AssignmentCommand assignment in assignments)
        {
            if (_assigned.TryGetId(assignment, out _) && !_evaluator.TryEvaluate(assignment.Value, out _, out ExpressionError error))
                error.Place.ReportError(_sink, error.Message);
        }
    }

    private bool Set(int id, ExpressionValue value)
    {
        bool hasChanged = !_assigned.Values.TryGetValue(id, out ExpressionValue before) || before != value;
        _assigned.SetValue(id, value);
        _symbols.Addresses[id] = _evaluator.AddressOf(value);
        return hasChanged;
    }

    private void CheckAssertions(IReadOnlyList<ScriptCommand> commands)
    {
        foreach (ScriptCommand command in commands)
        {
            if (command is not AssertCommand assertion)
                continue;
            if (!_evaluator.TryEvaluate(assertion.Condition, out ExpressionValue value, out ExpressionError error))
                error.Place.ReportError(_sink, error.Message);
            else if (_evaluator.AddressOf(value) == 0)
                assertion.Place.ReportErrorAbovePlace(_sink, assertion.Message);
        }
    }

    private ulong LastAddress()
    {
        ulong end = 0;
        foreach (OutputSection section in _layout.Sections)
        {
            if (section.IsAllocated && !(section.IsTls && section.IsNoBits))
                end = Math.Max(end, section.Address + section.Size);
        }

        return end;
    }
}
