// Puts live input sections and the linker's own into the output sections of a script, in the order that its statements ask for.
// What no statement takes is an orphan: it joins the section of its name, or gets one of its own (OrphanPlaces).

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>Makes the plans of a script's output sections.</summary>
internal sealed class PlanBuilder
{
    private readonly SectionTable _sections;
    private readonly ScriptPlacement _placement;
    private readonly List<SyntheticSection> _synthetic;
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;
    private readonly Dictionary<InputSectionCommand, List<(int Member, SectionPattern? Pattern)>> _taken = [];
    private readonly Dictionary<string, SectionPlan> _orphans = [];
    private readonly List<int> _orphanMembers = [];

    private PlanBuilder(SectionTable sections, ScriptPlacement placement, List<SyntheticSection> synthetic, LinkOptions options, DiagnosticSink sink)
    {
        _sections = sections;
        _placement = placement;
        _synthetic = synthetic;
        _options = options;
        _sink = sink;
    }

    /// <summary>The script's items in order: a plan for every output section, other commands as they are.</summary>
    internal List<(SectionPlan? Plan, ScriptCommand? Command)> Items { get; } = [];

    /// <summary>Makes the plans.</summary>
    internal static PlanBuilder Build(
        IReadOnlyList<ScriptCommand> items, SectionTable sections, MergeSections merges, ScriptPlacement placement, List<SyntheticSection> synthetic,
        SymbolNameRules names, LinkOptions options, DiagnosticSink sink)
    {
        var builder = new PlanBuilder(sections, placement, synthetic, options, sink);
        builder.TakeMembers(merges);
        foreach (ScriptCommand item in items)
        {
            if (item is not OutputSectionCommand command)
                builder.Items.Add((null, item));
            else if (!command.IsDiscard)
                builder.Items.Add((builder.Plan(command, names), null));
        }

        builder.PlaceOrphans(names);
        if (sections.LinkOrder.Count > 0)
            builder.FollowLinks();
        return builder;
    }

    private void TakeMembers(MergeSections merges)
    {
        int given = _synthetic.Count;
        var seen = new HashSet<MergedSection>();
        for (int row = 1; row < _sections.Count; row++)
        {
            ref InputSection section = ref _sections[row];
            ref readonly SectionFate fate = ref _sections.Fate(row);
            if (!fate.IsLive)
                continue;
            if (fate.Kind is SectionKind.Regular or SectionKind.NoBits or SectionKind.NonAllocated)
                Take(row, _placement.TryGetRule(row, out ScriptPlacement.Rule rule) ? rule : null);
            else if (fate.Kind == SectionKind.Mergeable && section.Extra != 0)
                TakeMerged(merges.MergedOf(row), seen, _placement.TryGetRule(row, out ScriptPlacement.Rule mergedRule) ? mergedRule : null);
        }

        foreach (MergedSection merged in merges.Merged)
            TakeMerged(merged, seen, RuleOf(merged));
        for (int i = 0; i < given; i++)
        {
            if (_synthetic[i].Size != 0)
                Take(~i, RuleOf(_synthetic[i]));
        }
    }

    private void TakeMerged(MergedSection merged, HashSet<MergedSection> seen, ScriptPlacement.Rule? rule)
    {
        if (merged.Size == 0 || !seen.Add(merged))
            return;
        _synthetic.Add(merged);
        Take(~(_synthetic.Count - 1), rule);
    }

    private ScriptPlacement.Rule? RuleOf(SyntheticSection section)
    {
        string name = section.Name.ToString();
        string[] names = section switch
        {
            CommonBlock => name switch { ".bss" => ["COMMON"], ".tbss" => [".tcommon", ".tbss"], _ => ["LARGE_COMMON", name] },
            IpltSection => [".iplt", ".plt"],
            RelaIpltSection => [".rela.iplt", ".rela.plt"],
            GotSection => [".got", ".got.plt"],
            _ => [name],
        };
        return _placement.TryGetRule(names, out ScriptPlacement.Rule rule) ? rule : null;
    }

    private void Take(int member, ScriptPlacement.Rule? rule)
    {
        if (rule is null)
        {
            _orphanMembers.Add(member);
        }
        else if (!rule.Value.Output.IsDiscard)
        {
            if (!_taken.TryGetValue(rule.Value.Statement, out List<(int Member, SectionPattern? Pattern)>? members))
                _taken[rule.Value.Statement] = members = [];
            members.Add((member, rule.Value.Pattern));
        }
        else if (member < 0 && _synthetic[~member] is GotSection or IpltSection or RelaIpltSection)
        {
            _orphanMembers.Add(member);
        }
    }

    private SectionPlan Plan(OutputSectionCommand command, SymbolNameRules names)
    {
        var plan = new SectionPlan(command, new OutputSection(names.Persist(command.Name)));
        foreach (ScriptCommand statement in command.Statements)
        {
            switch (statement)
            {
                case InputSectionCommand input:
                    if (_taken.TryGetValue(input, out List<(int Member, SectionPattern? Pattern)>? members))
                    {
                        foreach (int member in StatementOrder.Sort(members, input, _sections, _synthetic, _options))
                            AddMember(plan, member);
                    }

                    break;
                case DataCommand or TextCommand or AssignmentCommand { Symbol: "." }:
                    plan.Parts.Add(new SectionPart(0, statement, new ScriptFiller(plan.Output.Name)));
                    break;
                default:
                    plan.Parts.Add(new SectionPart(0, statement, null));
                    break;
            }
        }

        return plan;
    }

    private void AddMember(SectionPlan plan, int member)
    {
        plan.Parts.Add(new SectionPart(member, null, null));
        if (member > 0)
        {
            ref readonly Elf64_Shdr header = ref _sections.Header(member);
            OutputSectionCollector.Join(plan.Output, header.sh_type, header.sh_flags & ~SHF_COMPRESSED, header.sh_entsize, _sections[member].AlignmentLog2);
        }
        else
        {
            SyntheticSection section = _synthetic[~member];
            OutputSectionCollector.Join(plan.Output, section.Type, section.Flags, section.EntrySize, section.AlignmentLog2);
        }

        plan.Output.Members.Add(member);
    }

    private void FollowLinks()
    {
        var places = new Dictionary<int, (int Section, ulong Offset)>();
        for (int i = 0; i < Items.Count; i++)
        {
            foreach (int member in Items[i].Plan is { } plan ? plan.Output.Members.Span : [])
                places[member] = (i, (ulong)places.Count);
        }

        foreach ((SectionPlan? plan, _) in Items)
        {
            if (plan is null || !LinkOrder.Sort(plan.Output.Members.Span, _sections, row => places.GetValueOrDefault(row, (int.MaxValue, 0UL))))
                continue;
            int next = 0;
            for (int i = 0; i < plan.Parts.Count; i++)
            {
                if (plan.Parts[i].Statement is null)
                    plan.Parts[i] = plan.Parts[i] with { Member = plan.Output.Members[next++] };
            }
        }
    }

    private void PlaceOrphans(SymbolNameRules names)
    {
        foreach (int member in _orphanMembers)
        {
            NativeBytes name = member > 0 ? _sections.Name(member) : _synthetic[~member].Name;
            ulong flags = member > 0 ? _sections.Header(member).sh_flags : _synthetic[~member].Flags;
            if (member > 0 && _options.Orphans != OrphanPolicy.Place && !Report(member, name.ToString()))
                continue;
            AddMember(OrphanPlan(name, (flags & SHF_ALLOC) != 0, names), member);
        }

        OrphanPlaces.Insert([.. _orphans.Values], Items);
    }

    /// <summary><c>--orphan-handling</c>; false drops the section.</summary>
    private bool Report(int row, string name)
    {
        string message = $"{_sections.Place(row)} is being placed in '{name}'";
        if (_options.Orphans == OrphanPolicy.Error)
            _sink.Error(DiagnosticId.LinkerScript, message);
        else if (_options.Orphans == OrphanPolicy.Warn)
            _sink.Warning(DiagnosticId.LinkerScript, message);
        return _options.Orphans != OrphanPolicy.Discard;
    }

    private SectionPlan OrphanPlan(NativeBytes name, bool isAllocated, SymbolNameRules names)
    {
        string text = name.ToString();
        foreach ((SectionPlan? plan, _) in Items)
        {
            if (plan is not null && plan.Command!.Name == text && (plan.Output.Members.Count == 0 || plan.Output.IsAllocated == isAllocated))
                return plan;
        }

        string key = (isAllocated ? "" : "-") + text;
        if (!_orphans.TryGetValue(key, out SectionPlan? orphan))
            _orphans[key] = orphan = new SectionPlan(null, new OutputSection(names.Persist(text)));
        return orphan;
    }
}
