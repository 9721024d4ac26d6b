// Which statement of a SECTIONS script takes which input section: the first in script order that matches. Decided before symbols are
// resolved, because what goes to /DISCARD/ defines nothing, and what KEEP holds is a root of garbage collection.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>The choice for every input section.</summary>
internal sealed class ScriptPlacement
{
    private readonly List<Rule> _rules = [];
    private readonly Dictionary<string, int> _byName = [];
    private readonly HashSet<OutputSectionCommand> _disabled = [];
    private readonly bool _dependsOnFiles;
    private int[] _ruleOf = [];

    /// <summary>One section pattern of one statement; statements are numbered from 1.</summary>
    internal readonly record struct Rule(OutputSectionCommand Output, InputSectionCommand Statement, SectionPattern? Pattern, int Number);

    private ScriptPlacement(IEnumerable<OutputSectionCommand> outputs)
    {
        int statements = 0;
        foreach (OutputSectionCommand output in outputs)
        {
            foreach (ScriptCommand command in output.Statements)
            {
                if (command is not InputSectionCommand statement)
                    continue;
                _dependsOnFiles |= !statement.Files.MatchesAll || statement.ExcludedFiles.Count > 0 || (statement.RequiredFlags | statement.ForbiddenFlags) != 0;
                statements++;
                if (statement.Sections.Count == 0)
                    _rules.Add(new Rule(output, statement, null, statements));
                foreach (SectionPattern pattern in statement.Sections)
                {
                    _rules.Add(new Rule(output, statement, pattern, statements));
                    _dependsOnFiles |= pattern.ExcludedFiles.Count > 0;
                }
            }
        }
    }

    /// <summary>Chooses for every section, discards and keeps.</summary>
    /// <param name="outputs">The output section descriptions in script order.</param>
    /// <param name="sections">All input sections.</param>
    internal static ScriptPlacement Choose(IReadOnlyList<OutputSectionCommand> outputs, SectionTable sections)
    {
        var placement = new ScriptPlacement(outputs);
        placement.ChooseAll(sections);
        while (placement.DisableByConstraint(outputs, sections))
            placement.ChooseAll(sections);
        placement.DiscardAndKeep(sections);
        return placement;
    }

    /// <summary>Whether ONLY_IF_RO or ONLY_IF_RW leaves a description out.</summary>
    internal bool IsDisabled(OutputSectionCommand output) => _disabled.Contains(output);

    /// <summary>The rule that takes an input section.</summary>
    /// <param name="row">The section.</param>
    /// <param name="rule">The rule.</param>
    /// <returns>False for an orphan.</returns>
    internal bool TryGetRule(int row, out Rule rule)
    {
        int index = _ruleOf[row] - 1;
        rule = index < 0 ? default : _rules[index];
        return index >= 0;
    }

    /// <summary>The rule for a section that the linker makes, which belongs to no file: only patterns for all files take it.</summary>
    /// <param name="names">The names it may be matched by, the best first.</param>
    /// <param name="rule">The rule.</param>
    /// <returns>False for an orphan.</returns>
    internal bool TryGetRule(ReadOnlySpan<string> names, out Rule rule)
    {
        foreach (string name in names)
        {
            foreach (Rule candidate in _rules)
            {
                if (candidate.Pattern?.Section.Matches(name) != false && !_disabled.Contains(candidate.Output)
                    && candidate.Statement.Files.MatchesAll && candidate.Statement.RequiredFlags == 0)
                {
                    rule = candidate;
                    return true;
                }
            }
        }

        rule = default;
        return false;
    }

    private void ChooseAll(SectionTable sections)
    {
        _ruleOf = new int[sections.Count];
        _byName.Clear();
        for (int row = 1; row < _ruleOf.Length; row++)
        {
            ref readonly SectionFate fate = ref sections.Fate(row);
            if (fate.Kind == SectionKind.None || (fate.State & SectionState.Discarded) != 0)
                continue;
            if (_dependsOnFiles)
            {
                _ruleOf[row] = Find(row, sections) + 1;
                continue;
            }

            string name = sections.Name(row).ToString();
            if (!_byName.TryGetValue(name, out int found))
                _byName[name] = found = Find(row, sections);
            _ruleOf[row] = found + 1;
        }
    }

    /// <summary>Gives a section to the next output section that would take it.</summary>
    /// <returns>False if there is none: it stays.</returns>
    internal bool MoveOn(int row, SectionTable sections)
    {
        int current = _ruleOf[row] - 1;
        if (current < 0)
            return false;
        int next = current;
        do
            next = Find(row, sections, next + 1);
        while (next >= 0 && (_rules[next].Output == _rules[current].Output || _rules[next].Output.IsDiscard));
        if (next < 0)
            return false;
        _ruleOf[row] = next + 1;
        return true;
    }

    private int Find(int row, SectionTable sections, int first = 0)
    {
        ReadOnlySpan<byte> name = sections.Name(row).Span;
        ObjectFile file = sections.FileOf(row);
        bool isMember = !file.MemberName.IsEmpty;
        string path = isMember ? Encoding.UTF8.GetString(file.MemberName.Span) : file.File.Path;
        string? archive = isMember ? file.File.Path : null;
        ulong flags = sections.Header(row).sh_flags;
        for (int i = first; i < _rules.Count; i++)
        {
            Rule rule = _rules[i];
            if (rule.Pattern is null || rule.Pattern.Section.Matches(name))
            {
                if (!_disabled.Contains(rule.Output) && TakesFile(rule, path, archive)
                    && (flags & rule.Statement.RequiredFlags) == rule.Statement.RequiredFlags && (flags & rule.Statement.ForbiddenFlags) == 0)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private static bool TakesFile(Rule rule, string path, string? archive)
    {
        if (!rule.Statement.Files.MatchesAll && !rule.Statement.Files.Matches(path, archive))
            return false;
        return !Excludes(rule.Statement.ExcludedFiles, path, archive) && (rule.Pattern is null || !Excludes(rule.Pattern.ExcludedFiles, path, archive));
    }

    private static bool Excludes(IReadOnlyList<FilePattern> files, string path, string? archive)
    {
        foreach (FilePattern file in files)
        {
            if (file.Excludes(path, archive))
                return true;
        }

        return false;
    }

    /// <summary>ONLY_IF_RO and ONLY_IF_RW: a description whose sections do not all fit takes none.</summary>
    private bool DisableByConstraint(IReadOnlyList<OutputSectionCommand> outputs, SectionTable sections)
    {
        bool hasConstraint = false;
        foreach (OutputSectionCommand output in outputs)
            hasConstraint |= output.Constraint != OutputSectionConstraint.None && !_disabled.Contains(output);
        if (!hasConstraint)
            return false;
        int before = _disabled.Count;
        for (int row = 1; row < _ruleOf.Length; row++)
        {
            if (!TryGetRule(row, out Rule rule) || rule.Output.Constraint == OutputSectionConstraint.None)
                continue;
            bool isWritable = (sections.Header(row).sh_flags & SHF_WRITE) != 0;
            if (isWritable != (rule.Output.Constraint == OutputSectionConstraint.OnlyIfWritable))
                _disabled.Add(rule.Output);
        }

        return _disabled.Count != before;
    }

    private void DiscardAndKeep(SectionTable sections)
    {
        for (int row = 1; row < _ruleOf.Length; row++)
        {
            if (!TryGetRule(row, out Rule rule))
                continue;
            if (rule.Output.IsDiscard)
                sections.Fate(row).State |= SectionState.Discarded;
            else if (rule.Statement.IsKept)
                sections.Fate(row).State |= SectionState.Root;
        }
    }
}
