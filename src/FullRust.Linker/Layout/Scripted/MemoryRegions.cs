// MEMORY: which region a section goes to, where the next one begins there, and load addresses (GNU ld manual, "MEMORY Command" and
// "Output Section LMA").

using System;
using System.Collections.Generic;
using FullRust.Linker.Scripts;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>The regions of a script while addresses are given out.</summary>
internal sealed class MemoryRegions
{
    private readonly Dictionary<string, MemoryRegionState> _byName = [];
    private SectionPlan? _lastOutside;

    internal MemoryRegions(IReadOnlyList<ScriptCommand> commands)
    {
        foreach (ScriptCommand command in commands)
        {
            if (command is MemoryCommand memory)
            {
                foreach (MemoryRegion region in memory.Regions)
                {
                    var state = new MemoryRegionState(region);
                    All.Add(state);
                    _byName[region.Name] = state;
                }
            }
            else if (command is RegionAliasCommand alias)
            {
                _byName[alias.Alias] = _byName[alias.Region];
            }
        }
    }

    /// <summary>All regions in script order.</summary>
    internal List<MemoryRegionState> All { get; } = [];

    /// <summary>Looks a region up by name or alias.</summary>
    internal bool TryGet(string name, out MemoryRegionState region) => _byName.TryGetValue(name, out region!);

    /// <summary>Begins a walk: every region is empty.</summary>
    internal void Begin(ExpressionEvaluator evaluator, Action<ScriptPlace, string> report)
    {
        _lastOutside = null;
        foreach (MemoryRegionState region in All)
        {
            region.Origin = Evaluate(region.Description.Origin, evaluator, report);
            region.Length = Evaluate(region.Description.Length, evaluator, report);
            region.Current = region.Origin;
            region.Last = null;
        }
    }

    /// <summary>The region that a section asks for, or the first whose attributes fit it, or none.</summary>
    internal MemoryRegionState? For(SectionPlan plan, Action<ScriptPlace, string> report)
    {
        if (plan.Command?.Region is { } name)
        {
            if (TryGet(name, out MemoryRegionState region))
                return region;
            report(plan.Command.Place, $"memory region '{name}' not declared");
            return null;
        }

        if (!plan.Output.IsAllocated || plan.Command?.Address is not null)
            return null;
        MemoryRegionState? fitting = All.Find(r => r.Description.Attributes.Length > 0 && Fits(r.Description.Attributes, plan.Output));
        if (fitting is null && All.Count > 0 && plan.Command is { Kind: not OutputSectionKind.NotAllocated } command && plan.Output.Size > 0)
            report(command.Place, $"no memory region specified for section '{command.Name}'");
        return fitting;
    }

    /// <summary>The load address: as asked, or as far from the address as that of the section before in the region.</summary>
    /// <param name="plan">The section, whose address is known.</param>
    /// <param name="before">Where the location counter stood before the section's alignment.</param>
    /// <param name="evaluator">For <c>AT</c>.</param>
    /// <param name="report">Receives errors.</param>
    internal ulong LoadAddressOf(SectionPlan plan, ulong before, ExpressionEvaluator evaluator, Action<ScriptPlace, string> report)
    {
        if (plan.Command?.LoadAddress is { } asked)
            return Evaluate(asked, evaluator, report);
        if (plan.Command?.LoadRegion is { } name)
            return InLoadRegion(plan, name, before, evaluator, report);
        OutputSection output = plan.Output;
        if ((plan.Region is { } region ? region.Last : _lastOutside) is not { } last)
            return output.Address;
        bool isCovered = output.Address >= last.Output.Address && output.Address - last.Output.Address < last.Output.Size;
        ulong load = isCovered ? last.LoadAddress + last.Output.Size : output.Address + (last.LoadAddress - last.Output.Address);
        return plan.Command?.Address is null ? AlignUp(load, output.AlignmentLog2) : load;
    }

    /// <summary>Another region than that of the addresses heeds only an ALIGN that is written down, or keeps the distance if asked to.</summary>
    private ulong InLoadRegion(SectionPlan plan, string name, ulong before, ExpressionEvaluator evaluator, Action<ScriptPlace, string> report)
    {
        if (!TryGet(name, out MemoryRegionState region))
        {
            report(plan.Command!.Place, $"memory region '{name}' not declared");
            return plan.Output.Address;
        }

        if (region == plan.Region)
            return AlignUp(region.Current, plan.Output.AlignmentLog2);
        if (plan.Command!.AlignsLoadAddressWithInput)
            return region.Current + (plan.Output.Address - before);
        ulong alignment = plan.Command.Alignment is { } asked ? Evaluate(asked, evaluator, report) : 1;
        return alignment <= 1 ? region.Current : (region.Current + alignment - 1) / alignment * alignment;
    }

    /// <summary>Takes the room of a placed section.</summary>
    internal void Take(SectionPlan plan)
    {
        ulong end = plan.Output.Address + plan.Output.Size;
        if (plan.Region is { } region)
            (region.Current, region.Last) = (end, plan);
        else
            _lastOutside = plan;
        bool hasBytes = !plan.Output.IsNoBits || plan.Command?.AlignsLoadAddressWithInput == true;
        if (plan.Command?.LoadRegion is { } name && TryGet(name, out MemoryRegionState load) && load != plan.Region && hasBytes)
            load.Current = plan.LoadAddress + plan.Output.Size;
    }

    private static ulong AlignUp(ulong value, byte alignmentLog2)
    {
        ulong mask = (1UL << alignmentLog2) - 1;
        return (value + mask) & ~mask;
    }

    /// <summary>Attributes before "!" ask for one of several properties, those after it forbid any.</summary>
    private static bool Fits(string attributes, OutputSection section)
    {
        bool isNegated = false;
        bool isAsked = false;
        foreach (char c in attributes)
        {
            if (c == '!')
            {
                isNegated = !isNegated;
                continue;
            }

            bool has = char.ToLowerInvariant(c) switch
            {
                'r' => (section.Flags & SHF_WRITE) == 0,
                'w' => (section.Flags & SHF_WRITE) != 0,
                'x' => (section.Flags & SHF_EXECINSTR) != 0,
                'a' => section.IsAllocated,
                _ => !section.IsNoBits,
            };
            if (has && isNegated)
                return false;
            isAsked |= has;
        }

        return isAsked;
    }

    private static ulong Evaluate(Expression expression, ExpressionEvaluator evaluator, Action<ScriptPlace, string> report)
    {
        if (evaluator.TryEvaluate(expression, out ExpressionValue value, out ExpressionError error))
            return evaluator.AddressOf(value);
        report(error.Place, error.Message);
        return 0;
    }
}
