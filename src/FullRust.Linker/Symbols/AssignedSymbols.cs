// Symbols that options and scripts define: --defsym, assignments, PROVIDE. They enter symbol resolution early, because a name that is
// assigned is not looked for in archives and the names in its expression are; the values come last, when addresses are known. A
// plain alias (A = B) becomes a second name of B's definition, so that type, section and every relaxation stay.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Scripts;

namespace FullRust.Linker.Symbols;

/// <summary>The assigned symbols of a link, in the order of their assignments.</summary>
internal sealed class AssignedSymbols
{
    private readonly List<Entry> _entries = [];
    private readonly List<string> _operands = [];
    private readonly Dictionary<int, ExpressionValue> _values = [];
    private readonly Dictionary<AssignmentCommand, int> _activeIds = [];
    private readonly HashSet<int> _soFar = [];
    private SymbolNameRules? _names;

    private sealed class Entry(AssignmentCommand command)
    {
        internal AssignmentCommand Command { get; } = command;

        internal int Id { get; set; } = -1;

        internal bool IsWanted { get; set; }

        internal bool IsAlias { get; set; }

        internal bool IsProvided => Command.Kind is AssignmentKind.Provide or AssignmentKind.ProvideHidden;
    }

    /// <summary>Values found so far, by symbol id.</summary>
    internal IReadOnlyDictionary<int, ExpressionValue> Values => _values;

    /// <summary>Collects the assignments of options and scripts.</summary>
    internal static AssignedSymbols Collect(LinkOptions options, LinkScript script, DiagnosticSink sink)
    {
        var assigned = new AssignedSymbols();
        foreach (string definition in options.DefinedSymbols)
        {
            int equals = definition.IndexOf('=');
            string name = definition[..equals];
            if (ExpressionParser.TryParse($"--defsym={name}", definition[(equals + 1)..], sink) is { } value)
                assigned._entries.Add(new Entry(new AssignmentCommand(value.Place, name, value, AssignmentKind.Plain)));
        }

        assigned.AddAll(script.Commands);
        return assigned;
    }

    /// <summary>Whether there is no assignment at all.</summary>
    internal bool IsEmpty => _entries.Count == 0;

    /// <summary>Enters the names into the table; those of certain assignments count as defined, and what they are made of is wanted.</summary>
    /// <param name="symbols">The table.</param>
    /// <param name="names">Keeps the names' bytes; what expressions refer to follows its rules.</param>
    /// <param name="want">Asks for a name as a strong reference would.</param>
    internal void Declare(SymbolTable symbols, SymbolNameRules names, Action<string> want)
    {
        _names = names;
        foreach (Entry entry in _entries)
        {
            entry.Id = symbols.Intern(names.Persist(entry.Command.Symbol));
            if (!entry.IsProvided)
                symbols[entry.Id].Flags |= SymbolFlags.HasDefinition;
        }

        foreach (Entry entry in _entries)
        {
            if (!entry.IsProvided)
                WantOperands(entry, want);
        }

        Want(_operands, want);
    }

    /// <summary>Asks for the operands of provided symbols that something refers to and no loaded object defines.</summary>
    /// <returns>Whether anything was asked for.</returns>
    internal bool WantProvided(SymbolTable symbols, Action<string> want)
    {
        bool found = false;
        foreach (Entry entry in _entries)
        {
            if (!entry.IsProvided || entry.IsWanted || !IsNeeded(symbols[entry.Id].Flags))
                continue;
            found = true;
            WantOperands(entry, want);
        }

        return found;
    }

    /// <summary>Takes assignments back whose output section is left out.</summary>
    internal void Forget(IReadOnlyList<ScriptCommand> commands)
    {
        var gone = new HashSet<ScriptCommand>(commands, ReferenceEqualityComparer.Instance);
        _entries.RemoveAll(e => gone.Contains(e.Command));
    }

    /// <summary>Marks the symbols as assigned, once definitions are chosen: certain assignments replace what inputs define.</summary>
    internal void Mark(SymbolTable symbols)
    {
        foreach (Entry entry in _entries)
        {
            ref Symbol symbol = ref symbols[entry.Id];
            bool isAssigned = (symbol.Flags & SymbolFlags.Assigned) != 0;
            if (entry.IsProvided && !isAssigned && (symbol.IsDefined || !IsNeeded(symbol.Flags & ~SymbolFlags.HasDefinition)))
                continue;
            if (symbol.IsDefined && !isAssigned && AsksWhetherDefined(entry.Command.Value, entry.Command.Symbol))
                continue;
            _activeIds[entry.Command] = entry.Id;
            const SymbolFlags Chosen = SymbolFlags.Defined | SymbolFlags.Weak | SymbolFlags.Common | SymbolFlags.Absolute | SymbolFlags.Ifunc | SymbolFlags.Tls;
            symbol.Flags = (symbol.Flags & ~Chosen) | SymbolFlags.Assigned;
            (symbol.File, symbol.Section, symbol.Value, symbol.Size) = (-1, 0, 0, 0);
            if (entry.Command.Kind is AssignmentKind.Hidden or AssignmentKind.ProvideHidden)
                symbol.MergeVisibility(FullRust.Elf.Native.ElfConstants.STV_HIDDEN);
        }

        ResolveAliases(symbols);
    }

    /// <summary>The id of the symbol that an assignment defines; false if the assignment takes no effect or is a mere alias.</summary>
    internal bool TryGetId(AssignmentCommand command, out int id) => _activeIds.TryGetValue(command, out id);

    /// <summary>The output section that a value moves with, or -1 for one that does not.</summary>
    internal int SectionOf(int id) => _values.TryGetValue(id, out ExpressionValue value) ? value.Section : -1;

    /// <summary>Begins a walk over the assignments: <c>DEFINED</c> looks back only.</summary>
    internal void BeginWalk() => _soFar.Clear();

    /// <summary>Notes a value.</summary>
    internal void SetValue(int id, ExpressionValue value)
    {
        _values[id] = value;
        _soFar.Add(id);
    }

    /// <summary>The id of the symbol that a name in an expression stands for, or -1.</summary>
    internal int Find(SymbolTable symbols, string operand) => symbols.Find(Encoding.UTF8.GetBytes(_names!.Reference(operand)));

    /// <summary>Whether a name is defined where the current walk stands (<c>DEFINED</c>).</summary>
    internal bool IsDefined(SymbolTable symbols, string name)
    {
        int id = Find(symbols, name);
        return id >= 0 && symbols[id].IsDefined && ((symbols[id].Flags & SymbolFlags.Assigned) == 0 || _soFar.Contains(id));
    }

    /// <summary>The assignments that options made: they stand in no script.</summary>
    internal IEnumerable<AssignmentCommand> FromOptions(LinkOptions options)
    {
        for (int i = 0; i < Math.Min(options.DefinedSymbols.Count, _entries.Count); i++)
            yield return _entries[i].Command;
    }

    /// <summary><c>S = DEFINED(S) ? S : default</c> leaves an input's definition as it is.</summary>
    private static bool AsksWhetherDefined(Expression expression, string symbol) =>
        expression is ConditionalExpression { Condition: NamedExpression { Function: NamedFunction.Defined } asked } && asked.Name == symbol;

    private static bool IsNeeded(SymbolFlags flags) =>
        (flags & (SymbolFlags.Referenced | SymbolFlags.WeakReferenced | SymbolFlags.Root)) != 0 && (flags & SymbolFlags.HasDefinition) == 0;

    private void WantOperands(Entry entry, Action<string> want)
    {
        entry.IsWanted = true;
        var names = new List<string>();
        entry.Command.Value.CollectSymbols(names);
        Want(names, want);
    }

    private void Want(List<string> operands, Action<string> want)
    {
        foreach (string operand in operands)
            want(_names!.Reference(operand));
    }

    private void AddAll(IReadOnlyList<ScriptCommand> commands)
    {
        foreach (ScriptCommand command in commands)
        {
            if (command is AssignmentCommand { Symbol: not "." } assignment)
                _entries.Add(new Entry(assignment));
            else if (command is SectionsCommand sections)
                AddAll(sections.Items);
            else if (command is OutputSectionCommand section)
                AddAll(section);
            else
                AddOperands(command);
        }
    }

    private void AddAll(OutputSectionCommand section)
    {
        AddAll(section.Statements);
        foreach (Expression? expression in (ReadOnlySpan<Expression?>)[section.Address, section.LoadAddress, section.Alignment, section.SubAlignment])
            expression?.CollectSymbols(_operands);
    }

    private void AddOperands(ScriptCommand command)
    {
        switch (command)
        {
            case AssignmentCommand dot:
                dot.Value.CollectSymbols(_operands);
                break;
            case DataCommand data:
                data.Value.CollectSymbols(_operands);
                break;
            case AssertCommand assertion:
                assertion.Condition.CollectSymbols(_operands);
                break;
        }
    }

    /// <summary>Chains of aliases are followed until nothing changes; what ends at no definition is computed like any expression.</summary>
    private void ResolveAliases(SymbolTable symbols)
    {
        var assignments = new Dictionary<int, int>();
        foreach (Entry entry in _entries)
            assignments[entry.Id] = assignments.GetValueOrDefault(entry.Id) + 1;
        bool hasChanged = true;
        while (hasChanged)
        {
            hasChanged = false;
            foreach (Entry entry in _entries)
            {
                if (!entry.IsAlias && assignments[entry.Id] == 1 && _activeIds.ContainsKey(entry.Command) && TryAlias(symbols, entry))
                    hasChanged = entry.IsAlias = true;
            }
        }
    }

    private bool TryAlias(SymbolTable symbols, Entry entry)
    {
        if (entry.Command.Value is not SymbolExpression { Name: not "." } target)
            return false;
        int id = Find(symbols, target.Name);
        if (id < 0 || id == entry.Id || (symbols[id].Flags & (SymbolFlags.Defined | SymbolFlags.Common)) != SymbolFlags.Defined)
            return false;
        Symbol source = symbols[id];
        ref Symbol symbol = ref symbols[entry.Id];
        const SymbolFlags Kept = SymbolFlags.Defined | SymbolFlags.Absolute | SymbolFlags.Ifunc | SymbolFlags.Tls;
        symbol.Flags = (symbol.Flags & ~SymbolFlags.Assigned) | (source.Flags & Kept);
        (symbol.File, symbol.SymbolIndex, symbol.Section, symbol.Value, symbol.Size) = (source.File, source.SymbolIndex, source.Section, source.Value, 0UL);
        _activeIds.Remove(entry.Command);
        return true;
    }
}
