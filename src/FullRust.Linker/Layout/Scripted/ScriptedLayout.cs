// Gives addresses as a SECTIONS script says: one walk over its items moves the location counter, places sections and computes symbols.
// Expressions may look ahead (SIZEOF of a later section, a symbol assigned further down), so the walk is repeated until nothing
// changes; only the last walk reports errors.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>The addresses of a scripted output. Not thread-safe.</summary>
internal sealed class ScriptedLayout
{
    private const int WalkLimit = 32, SavingWalks = 8;

    private readonly List<(SectionPlan? Plan, ScriptCommand? Command)> _items;
    private readonly SectionTable _sections;
    private readonly List<SyntheticSection> _synthetic;
    private readonly AssignedSymbols _assigned;
    private readonly DiagnosticSink _sink;
    private readonly ScriptContext _context;
    private readonly ScriptEvaluation _evaluation;
    private readonly PartPlacer _parts;
    private readonly MemoryRegions _regions;
    private readonly ScriptSegments _segments;
    private readonly Dictionary<AssignmentCommand, ExpressionValue> _lastValues = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ulong> _fixed = [];
    private bool _hasChanged;

    private ScriptedLayout(
        PlanBuilder plans, SectionTable sections, List<SyntheticSection> synthetic, AssignedSymbols assigned, LinkScript script, ScriptContext context,
        LinkOptions options, DiagnosticSink sink)
    {
        _items = plans.Items;
        _sections = sections;
        _synthetic = synthetic;
        _assigned = assigned;
        _sink = sink;
        _context = context;
        _evaluation = new ScriptEvaluation(context, sink);
        _parts = new PartPlacer(sections, synthetic, context, _evaluation, RunCommand);
        _regions = new MemoryRegions(script.Commands);
        _segments = new ScriptSegments(script.Commands, options);
        context.Regions = _regions;
        foreach (SectionAddress section in options.SectionAddresses)
            _fixed[section.Section] = section.Address;
    }

    /// <summary>The output sections in file order: loaded ones in script order, then the others.</summary>
    internal List<OutputSection> Sections => _context.Sections;

    /// <summary>The script's items: the plans of its output sections, and other commands.</summary>
    internal IReadOnlyList<(SectionPlan? Plan, ScriptCommand? Command)> Items => _items;

    /// <summary>The PT_LOADs and the other program headers.</summary>
    internal ScriptSegments Segments => _segments;

    /// <summary>The regions of MEMORY.</summary>
    internal IReadOnlyList<MemoryRegionState> Regions => _regions.All;

    /// <summary>Gives addresses.</summary>
    internal static ScriptedLayout Build(
        PlanBuilder plans, SectionTable sections, List<SyntheticSection> synthetic, SymbolTable symbols, AssignedSymbols assigned, LinkScript script,
        Sections.MergeSections merges, LinkOptions options, DiagnosticSink sink)
    {
        var context = new ScriptContext(sections, symbols, merges, assigned, synthetic, options);
        var layout = new ScriptedLayout(plans, sections, synthetic, assigned, script, context, options, sink);
        layout.Run();
        return layout;
    }

    private void Run()
    {
        Walk();
        ChooseSections();
        int walks = 0;
        do
        {
            _hasChanged = false;
            Walk();
            _segments.WantsHeaders = _context.AsksForHeaders;
            if (_segments.Plan(_items, _context.Sections, _evaluation.Evaluator, maySave: walks < SavingWalks))
                _hasChanged = true;
            _context.HeaderSize = _segments.HeaderSize;
            _hasChanged |= _context.ImageBase != _segments.PlannedBase;
            _context.ImageBase = _segments.PlannedBase;
        }
        while (_hasChanged && ++walks < WalkLimit);
        _evaluation.IsLastWalk = true;
        Walk();
        if (_hasChanged && !_evaluation.HasErrors)
            _sink.Error(DiagnosticId.Layout, $"the linker script's addresses still change after {WalkLimit} walks: an expression depends on itself");
        AddFillers();
        CheckRegions();
        foreach ((ScriptPlace place, string name) in _segments.Unknown)
            place.ReportError(_sink, $"program header '{name}' is not listed in PHDRS");
        _segments.Finish(_context.Sections, _sink);
    }

    /// <summary>A description is carried out if anything takes room or is defined by an input there.</summary>
    private void ChooseSections()
    {
        var loaded = new List<SectionPlan>();
        var others = new List<SectionPlan>();
        foreach ((SectionPlan? plan, _) in _items)
        {
            if (plan is null)
                continue;
            bool hasData = plan.Parts.Exists(static p => p.Statement is DataCommand or TextCommand);
            bool hasGap = plan.Parts.Exists(static p => p.Statement is AssignmentCommand && p.Filler is { Size: > 0 });
            if (plan.Output.Members.Count == 0 && !hasData && !hasGap)
                continue;
            SetTypeAndFlags(plan, hasData);
            (plan.Output.IsAllocated ? loaded : others).Add(plan);
        }

        foreach (SectionPlan plan in (IEnumerable<SectionPlan>)[.. loaded, .. others])
        {
            plan.Index = _context.Sections.Count;
            _context.Sections.Add(plan.Output);
        }

        AddressAssigner.AlignTls(_context.Sections);
    }

    private static void SetTypeAndFlags(SectionPlan plan, bool hasData)
    {
        OutputSection output = plan.Output;
        if (output.Members.Count == 0)
            (output.Type, output.Flags) = hasData ? (SHT_PROGBITS, SHF_ALLOC) : (SHT_NOBITS, SHF_ALLOC | SHF_WRITE);
        else if (hasData && output.Type == SHT_NOBITS)
            output.Type = SHT_PROGBITS;
        if (plan.Command is not { } command)
            return;
        if (command.Type is NumberExpression type)
            output.Type = (uint)type.Value;
        if (command.Kind == OutputSectionKind.NoLoad)
            output.Type = SHT_NOBITS;
        else if (command.Kind == OutputSectionKind.NotAllocated)
            output.Flags &= ~SHF_ALLOC;
        else if (command.Kind == OutputSectionKind.ReadOnly)
            output.Flags &= ~SHF_WRITE;
    }

    private void Walk()
    {
        _context.Dot = 0;
        _context.CurrentSection = -1;
        _context.LastSection = -1;
        _segments.Relro = default;
        _regions.Begin(_evaluation.Evaluator, _evaluation.Report);
        _assigned.BeginWalk();
        SectionPlan? previous = null;
        foreach ((SectionPlan? plan, ScriptCommand? command) in _items)
        {
            if (plan is not null)
                PlaceSection(plan, ref previous);
            else
                RunCommand(command!);
        }
    }

    private void RunCommand(ScriptCommand command)
    {
        switch (command)
        {
            case AssignmentCommand { Symbol: "." } dot:
                _context.Dot = _evaluation.AddressOf(dot.Value);
                if (dot.Value is DataSegmentAlignExpression)
                    _segments.Relro = (_context.Dot, 0);
                else if (dot.Value is DataSegmentRelroEndExpression)
                    _segments.Relro = (_segments.Relro.Start, _context.Dot);
                break;
            case AssignmentCommand assignment:
                Assign(assignment);
                break;
            case AssertCommand assertion when _evaluation.IsLastWalk:
                if (_evaluation.TryEvaluate(assertion.Condition, out ExpressionValue value) && _evaluation.Evaluator.AddressOf(value) == 0)
                    assertion.Place.ReportErrorAbovePlace(_sink, assertion.Message);
                break;
        }
    }

    private void Assign(AssignmentCommand assignment)
    {
        if (!_assigned.TryGetId(assignment, out int id) || !_evaluation.TryEvaluate(assignment.Value, out ExpressionValue value))
            return;
        if (value.Kind == ValueKind.Number && _context.CurrentSection >= 0)
            value = ExpressionValue.Relative(_context.CurrentSection, value.Value);
        else if (value.FollowsLocationCounter && _context.NearestSection is >= 0 and int nearest)
            value = ExpressionValue.Relative(nearest, value.Value - _context.AddressOf(nearest));
        value = value with { FollowsLocationCounter = false };
        _hasChanged |= !_lastValues.TryGetValue(assignment, out ExpressionValue before) || before != value;
        _lastValues[assignment] = value;
        _assigned.SetValue(id, value);
    }

    private void PlaceSection(SectionPlan plan, ref SectionPlan? previous)
    {
        if (plan.Index < 0 && _context.Sections.Count > 0)
        {
            RunEmpty(plan);
            return;
        }

        OutputSection output = plan.Output;
        ulong dotBefore = _context.Dot;
        plan.Region = _regions.For(plan, _evaluation.ReportAbovePlace);
        ulong before = plan.Region?.Current ?? dotBefore;
        ulong address = StartOf(plan);
        _hasChanged |= output.Address != address;
        output.Address = address;
        plan.LoadAddress = _regions.LoadAddressOf(plan, before, _evaluation.Evaluator, _evaluation.Report);
        _context.LoadAddresses[plan.Index] = plan.LoadAddress;
        _context.Dot = address;
        _context.CurrentSection = plan.Index;
        if (!_parts.Place(plan) && _evaluation.IsLastWalk)
        {
            _sink.Error(DiagnosticId.Layout, $"section '{output.Name}' is too large");
            _evaluation.HasErrors = true;
        }

        _context.CurrentSection = -1;
        ulong size = _context.Dot - address;
        _hasChanged |= output.Size != size;
        output.Size = size;
        if (plan.TakesAddresses)
            _regions.Take(plan);
        else
            _context.Dot = dotBefore;
        EndOverlay(plan);
        if (output.IsAllocated)
        {
            if (output.IsPresent)
                _context.LastSection = plan.Index;
            plan.ProgramHeaders = plan.Command is { ProgramHeaders.Count: > 0 } ? plan.Command.ProgramHeaders : previous?.ProgramHeaders ?? [];
            previous = plan;
        }
    }

    /// <summary>The last section of an OVERLAY leaves the location counter behind the largest one.</summary>
    private void EndOverlay(SectionPlan plan)
    {
        if (plan.Command?.OverlayEnd is not { } end)
            return;
        _context.Dot = _evaluation.AddressOf(end);
        if (plan.Region is { } region)
            region.Current = _context.Dot;
    }

    /// <summary>Of a section that does not come into being, the symbols still do, and its address if it defines any (GNU ld manual).</summary>
    private void RunEmpty(SectionPlan plan)
    {
        plan.Region = _regions.For(plan, static (_, _) => { });
        ulong before = plan.Region?.Current ?? _context.Dot;
        ulong start = StartOf(plan);
        plan.Output.Address = start;
        _context.Empty[plan.Command!.Name] = (start, _regions.LoadAddressOf(plan, before, _evaluation.Evaluator, static (_, _) => { }));
        EndOverlay(plan);
        bool definesSymbols = plan.Parts.Exists(static p => p.Statement is AssignmentCommand { Symbol: not "." });
        if (!definesSymbols)
            return;
        _context.Dot = start;
        foreach (SectionPart part in plan.Parts)
        {
            if (part.Statement is AssignmentCommand { Symbol: not "." } or AssertCommand)
                RunCommand(part.Statement);
        }
    }

    private ulong StartOf(SectionPlan plan)
    {
        OutputSection output = plan.Output;
        if (plan.Command?.Alignment is { } alignment)
            output.AlignmentLog2 = Math.Max(output.AlignmentLog2, _evaluation.Log2Of(alignment));
        if (plan.Command?.SubAlignment is { } subAlignment && output.Members.Count > 0)
            output.AlignmentLog2 = Math.Max(_evaluation.Log2Of(subAlignment), plan.Command.Alignment is null ? (byte)0 : output.AlignmentLog2);
        if (_fixed.TryGetValue(output.Name.ToString(), out ulong asked))
            return asked;
        if (plan.Command?.Address is { } address)
            return _evaluation.AddressOf(address);
        if (!output.IsAllocated && !plan.TakesAddresses && plan.Index >= 0)
            return 0;
        ulong dot = plan.Region?.Current ?? _context.Dot;
        ulong mask = (1UL << output.AlignmentLog2) - 1;
        return (dot + mask) & ~mask;
    }

    /// <summary>Data and gaps become members like any other; gaps of sections without bytes in the file stay what they are, addresses.</summary>
    private void AddFillers()
    {
        foreach ((SectionPlan? plan, _) in _items)
        {
            if (plan is null || plan.Index < 0)
                continue;
            plan.Output.Members.Truncate(0);
            foreach (SectionPart part in plan.Parts)
            {
                if (part.Member != 0)
                {
                    plan.Output.Members.Add(part.Member);
                }
                else if (part.Filler is { Size: > 0 })
                {
                    plan.Output.Members.Add(~_synthetic.Count);
                    _synthetic.Add(part.Filler);
                    part.Filler.Output = plan.Output;
                }
            }
        }
    }

    private void CheckRegions()
    {
        foreach ((SectionPlan? plan, _) in _items)
        {
            if (plan is null || plan.Index < 0 || !plan.TakesAddresses)
                continue;
            if (plan.Region is { } region)
                CheckFit(plan, region, plan.Output.Address);
            if (plan.Command?.LoadRegion is { } name && _regions.TryGet(name, out MemoryRegionState load) && load != plan.Region && !plan.Output.IsNoBits)
                CheckFit(plan, load, plan.LoadAddress);
        }
    }

    private void CheckFit(SectionPlan plan, MemoryRegionState region, ulong address)
    {
        ulong used = address + plan.Output.Size - region.Origin;
        if (address >= region.Origin && used <= region.Length)
            return;
        string name = region.Description.Name;
        string what = address < region.Origin
            ? $"address 0x{address:x} of section '{plan.Output.Name}' is not within region '{name}'"
            : $"section '{plan.Output.Name}' will not fit in region '{name}': overflowed by {used - region.Length} bytes";
        _sink.Error(DiagnosticId.LinkerScript, what);
    }
}
