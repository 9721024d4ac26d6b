// What expressions of a SECTIONS script see while addresses are given out: values of the current walk, and of the one before for what
// the script has not reached yet.

using System;
using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Layout.Synthetic;
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
/// <param name="synthetic">The linker's own sections: common symbols lie in some.</param>
/// <param name="options">Page sizes, segment addresses.</param>
internal sealed class ScriptContext(SectionTable sections, SymbolTable symbols, MergeSections merges, AssignedSymbols assigned, IReadOnlyList<SyntheticSection> synthetic, LinkOptions options)
    : IExpressionContext
{
    /// <inheritdoc/>
    public ulong Dot { get; set; }

    /// <inheritdoc/>
    public int CurrentSection { get; set; } = -1;

    /// <inheritdoc/>
    public ulong SizeOfHeaders
    {
        get
        {
            AsksForHeaders = true;
            return HeaderSize;
        }
    }

    /// <summary>What <c>SIZEOF_HEADERS</c> is.</summary>
    internal ulong HeaderSize { get; set; }

    /// <summary>Whether the script asked for the size: then it means to have the headers in memory.</summary>
    internal bool AsksForHeaders { get; private set; }

    /// <inheritdoc/>
    public ulong MaxPageSize => options.MaxPageSize;

    /// <inheritdoc/>
    public ulong CommonPageSize => options.CommonPageSize;

    /// <summary>Address of the ELF header, or of the first segment if the header is not loaded.</summary>
    internal ulong ImageBase { get; set; }

    /// <summary>The allocated section placed last in the current walk, or -1.</summary>
    internal int LastSection { get; set; } = -1;

    /// <summary>The section that the location counter between sections belongs to: the last one placed, or the first of all; -1 if there is none.</summary>
    internal int NearestSection => LastSection >= 0 || Sections.Count == 0 || !Sections[0].IsAllocated ? LastSection : 0;

    /// <summary>Addresses and load addresses of descriptions that nothing came of.</summary>
    internal Dictionary<string, (ulong Address, ulong Load)> Empty { get; } = [];

    /// <summary>The output sections by index.</summary>
    internal List<OutputSection> Sections { get; } = [];

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
        int id = assigned.Find(symbols, name);
        if (id < 0 || !symbols[id].IsDefined)
            return false;
        Symbol symbol = symbols[id];
        if ((symbol.Flags & SymbolFlags.Assigned) != 0)
            return assigned.Values.TryGetValue(id, out value);
        if ((symbol.Flags & SymbolFlags.LinkerDefined) != 0)
        {
            value = ExpressionValue.Absolute(LinkerDefinedSymbols.AddressOf(symbols.NameOf(id).Span, PlacesSoFar()));
            return true;
        }

        if ((symbol.Flags & SymbolFlags.Common) != 0)
            return TryGetCommon(id, out value);
        value = symbol.Section == 0 ? ExpressionValue.Absolute(symbol.Value) : InSection(symbol.Section, symbol.Value);
        return true;
    }

    /// <inheritdoc/>
    public bool IsDefined(string name) => assigned.IsDefined(symbols, name);

    /// <inheritdoc/>
    public bool TryGetSection(string name, out SectionFacts facts)
    {
        int index = OutputSection.IndexOf(Sections, name);
        OutputSection? section = index < 0 ? null : Sections[index];
        if (section is null && Empty.TryGetValue(name, out (ulong Address, ulong Load) empty))
        {
            facts = new SectionFacts(-1, empty.Load, 0, 1) { Address = empty.Address };
            return true;
        }

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

    private KnownPlaces PlacesSoFar()
    {
        ulong got = 0;
        foreach (SyntheticSection section in synthetic)
        {
            if (section is GotSection { Size: > 0, OutputSection: >= 0 })
                got = Sections[section.OutputSection].Address + section.Offset;
        }

        return new KnownPlaces(Sections, ImageBase, got == 0 ? ImageBase : got, Sections.Find(static s => s.IsTls)?.Address ?? 0);
    }

    private bool TryGetCommon(int id, out ExpressionValue value)
    {
        value = default;
        foreach (SyntheticSection section in synthetic)
        {
            if (section is not CommonBlock { OutputSection: >= 0 } block || !block.Ids.Span.Contains(id))
                continue;
            value = ExpressionValue.Relative(block.OutputSection, block.Offset + symbols[id].Value);
            return true;
        }

        return false;
    }

    private ExpressionValue InSection(int row, ulong offset)
    {
        ref readonly InputSection section = ref sections[row];
        ref readonly SectionFate fate = ref sections.Fate(row);
        if (fate.Kind == SectionKind.Mergeable && fate.IsLive && section.Extra != 0)
        {
            ulong at = merges.Locate(row, offset, out MergedSection merged);
            return merged.OutputSection < 0 ? ExpressionValue.Absolute(at) : ExpressionValue.Relative(merged.OutputSection, merged.Offset + at);
        }

        if ((fate.State & SectionState.Folded) != 0)
            return InSection(section.Extra, offset);
        return section.OutputSection < 0 ? ExpressionValue.Absolute(offset) : ExpressionValue.Relative(section.OutputSection, section.Offset + offset);
    }
}
