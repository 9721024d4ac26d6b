// What expressions of a SECTIONS script see while addresses are given out: values of the current walk, and of the one before for what
// the script has not reached yet.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Linker.Arguments;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>The state that expressions read.</summary>
/// <param name="sections">Input sections.</param>
/// <param name="symbols">Global names.</param>
/// <param name="merges">Merged sections.</param>
/// <param name="assigned">Assigned symbols.</param>
/// <param name="options">Page sizes, segment addresses.</param>
internal sealed class ScriptContext(SectionTable sections, SymbolTable symbols, MergeSections merges, AssignedSymbols assigned, LinkOptions options) : IExpressionContext
{
    /// <inheritdoc/>
    public ulong Dot { get; set; }

    /// <inheritdoc/>
    public int CurrentSection { get; set; } = -1;

    /// <inheritdoc/>
    public ulong SizeOfHeaders { get; set; }

    /// <inheritdoc/>
    public ulong MaxPageSize => options.MaxPageSize;

    /// <inheritdoc/>
    public ulong CommonPageSize => options.CommonPageSize;

    /// <summary>The output sections by index.</summary>
    internal List<OutputSection> Sections { get; } = [];

    /// <summary>Symbols that the current walk has assigned: DEFINED looks back only.</summary>
    internal HashSet<int> AssignedSoFar { get; } = [];

    /// <summary>The regions of MEMORY.</summary>
    internal MemoryRegions? Regions { get; set; }

    /// <summary>Assertions inside expressions that did not hold.</summary>
    internal List<AssertExpression> FailedAssertions { get; } = [];

    /// <summary>Load addresses of sections by index.</summary>
    internal Dictionary<int, ulong> LoadAddresses { get; } = [];

    /// <inheritdoc/>
    public ulong AddressOf(int section) => Sections[section].Address;

    /// <inheritdoc/>
    public bool TryGetSymbol(string name, out ExpressionValue value)
    {
        value = default;
        int id = symbols.Find(Encoding.UTF8.GetBytes(name));
        if (id < 0 || !symbols[id].IsDefined)
            return false;
        Symbol symbol = symbols[id];
        if ((symbol.Flags & SymbolFlags.Assigned) != 0)
            return assigned.Values.TryGetValue(id, out value);
        if ((symbol.Flags & (SymbolFlags.LinkerDefined | SymbolFlags.Common)) != 0)
            return false;
        value = symbol.Section == 0 ? ExpressionValue.Absolute(symbol.Value) : InSection(symbol.Section, symbol.Value);
        return true;
    }

    /// <inheritdoc/>
    public bool IsDefined(string name)
    {
        int id = symbols.Find(Encoding.UTF8.GetBytes(name));
        if (id < 0 || !symbols[id].IsDefined)
            return false;
        return (symbols[id].Flags & SymbolFlags.Assigned) == 0 || AssignedSoFar.Contains(id);
    }

    /// <inheritdoc/>
    public bool TryGetSection(string name, out SectionFacts facts)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        int index = Sections.FindIndex(s => s.Name.Span.SequenceEqual(bytes));
        OutputSection? section = index < 0 ? null : Sections[index];
        facts = section is null ? default : new SectionFacts(index, LoadAddresses.GetValueOrDefault(index, section.Address), section.Size, 1UL << section.AlignmentLog2);
        return section is not null;
    }

    /// <inheritdoc/>
    public bool TryGetRegion(string name, out ulong origin, out ulong length)
    {
        (origin, length) = (0, 0);
        if (!Regions!.TryGet(name, out MemoryRegionState region))
            return false;
        (origin, length) = (region.Origin, region.Length);
        return true;
    }

    /// <inheritdoc/>
    public ulong? SegmentStart(string segment) => SegmentStarts.Find(segment, options);

    /// <inheritdoc/>
    public void FailAssertion(AssertExpression assertion) => FailedAssertions.Add(assertion);

    private ExpressionValue InSection(int row, ulong offset)
    {
        ref readonly InputSection section = ref sections[row];
        if (section.Kind == SectionKind.Mergeable && section.IsLive && section.Extra != 0)
        {
            ulong at = merges.Locate(row, offset, out MergedSection merged);
            return merged.OutputSection < 0 ? ExpressionValue.Absolute(at) : ExpressionValue.Relative(merged.OutputSection, merged.Offset + at);
        }

        return section.OutputSection < 0 ? ExpressionValue.Absolute(offset) : ExpressionValue.Relative(section.OutputSection, section.Offset + offset);
    }
}
