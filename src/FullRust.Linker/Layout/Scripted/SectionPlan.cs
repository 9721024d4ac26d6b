// One output section of a script on its way to addresses.

using System.Collections.Generic;
using FullRust.Linker.Scripts;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>An output section with what stands in it.</summary>
/// <param name="command">Its description, or null for an orphan.</param>
/// <param name="output">The section.</param>
internal sealed class SectionPlan(OutputSectionCommand? command, OutputSection output)
{
    /// <summary>Its description, or null for an orphan.</summary>
    internal OutputSectionCommand? Command { get; } = command;

    /// <summary>The section.</summary>
    internal OutputSection Output { get; } = output;

    /// <summary>What stands in it, in order.</summary>
    internal List<SectionPart> Parts { get; } = [];

    /// <summary>The index in the output, or -1: a description that nothing came of.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>The load address.</summary>
    internal ulong LoadAddress { get; set; }

    /// <summary>Whether it takes addresses: also what is marked as not allocated (GNU ld manual, "Output Section Type") pushes on what follows.</summary>
    internal bool TakesAddresses => Output.IsAllocated ? !(Output.IsTls && Output.IsNoBits) : Command?.Kind == OutputSectionKind.NotAllocated;

    /// <summary>The region of its addresses, or null.</summary>
    internal MemoryRegionState? Region { get; set; }

    /// <summary>Names of its program headers (PHDRS), as given or taken over from the section before.</summary>
    internal IReadOnlyList<string> ProgramHeaders { get; set; } = [];
}

/// <summary>A region of MEMORY while addresses are given out.</summary>
/// <param name="description">Its description.</param>
internal sealed class MemoryRegionState(MemoryRegion description)
{
    /// <summary>Its description.</summary>
    internal MemoryRegion Description { get; } = description;

    /// <summary>First address.</summary>
    internal ulong Origin { get; set; }

    /// <summary>Length in bytes.</summary>
    internal ulong Length { get; set; }

    /// <summary>The next free address.</summary>
    internal ulong Current { get; set; }

    /// <summary>The last section there, or null.</summary>
    internal SectionPlan? Last { get; set; }
}
