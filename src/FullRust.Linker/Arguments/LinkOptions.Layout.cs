// The part of the options that decides order and addresses.

using System.Collections.Generic;

namespace FullRust.Linker.Arguments;

/// <summary>The old a.out layouts.</summary>
public enum MagicPolicy
{
    /// <summary>Segments on pages of their own.</summary>
    Paged,

    /// <summary><c>-n</c>: no page alignment, headers not loaded.</summary>
    NMagic,

    /// <summary><c>-N</c>: one segment that may be read, written and executed.</summary>
    OMagic,
}

/// <summary>How <c>*(PATTERN)</c> of a script orders sections that it does not order itself (<c>--sort-section</c>).</summary>
public enum SortSectionPolicy
{
    /// <summary>Input order.</summary>
    None,

    /// <summary>By name.</summary>
    Name,

    /// <summary>Largest alignment first.</summary>
    Alignment,
}

/// <summary>Order of common symbols (<c>--sort-common</c>).</summary>
public enum SortCommonPolicy
{
    /// <summary>Input order.</summary>
    None,

    /// <summary>Largest alignment first: fewest holes.</summary>
    Descending,

    /// <summary>Smallest alignment first.</summary>
    Ascending,
}

/// <summary>Sections that a script does not mention (<c>--orphan-handling</c>).</summary>
public enum OrphanPolicy
{
    /// <summary>Placed after sections like them.</summary>
    Place,

    /// <summary>Dropped.</summary>
    Discard,

    /// <summary>Placed, with a warning.</summary>
    Warn,

    /// <summary>An error.</summary>
    Error,
}

/// <summary>Order by the call graph profile of the inputs (<c>--call-graph-profile-sort</c>).</summary>
public enum CallGraphSort
{
    /// <summary>Not used.</summary>
    None,

    /// <summary>Call-chain clustering.</summary>
    HfSort,

    /// <summary>Cache-directed sort.</summary>
    CdSort,
}

/// <summary>An address asked for a named output section.</summary>
/// <param name="Section">The output section.</param>
/// <param name="Address">Its virtual address.</param>
public readonly record struct SectionAddress(string Section, ulong Address);

/// <summary>One <c>--shuffle-sections</c> rule.</summary>
/// <param name="Pattern">A glob over input section names.</param>
/// <param name="Seed">Decides the order; 0xffffffff reverses it.</param>
public readonly record struct ShuffleRule(string Pattern, uint Seed);

public sealed partial class LinkOptions
{
    /// <summary><c>-z common-page-size</c>, a power of two, not above <see cref="MaxPageSize"/>.</summary>
    public ulong CommonPageSize { get; set; } = 0x1000;

    /// <summary>Whether a script, addresses, page sizes or rights were asked for that make a layout other than the usual one for Linux.</summary>
    internal bool AsksForOwnLayout =>
        Magic != MagicPolicy.Paged || ExecutableStack || HasImageBase || SectionAddresses.Count > 0
        || RodataSegmentAddress is not null || LdataSegmentAddress is not null || MaxPageSize < 4096
        || (Entry is not null && Number.TryParse(Entry, out _));

    /// <summary>Whether <see cref="ImageBase"/> was asked for.</summary>
    public bool HasImageBase { get; set; }

    /// <summary><c>-Trodata-segment</c>: address of the first byte of the read-only data segment, or null.</summary>
    public ulong? RodataSegmentAddress { get; set; }

    /// <summary><c>-Tldata-segment</c>: address of the first byte of the large data segment, or null.</summary>
    public ulong? LdataSegmentAddress { get; set; }

    /// <summary><c>--section-start</c>, <c>-Ttext</c>, <c>-Tdata</c>, <c>-Tbss</c>; the last one for a name counts.</summary>
    public IList<SectionAddress> SectionAddresses { get; } = [];

    /// <summary><c>-z separate-loadable-segments</c>: every segment on pages of its own, in the file too.</summary>
    public bool SeparateLoadableSegments { get; set; }

    /// <summary><c>--execute-only</c>: code segments are not readable.</summary>
    public bool ExecuteOnly { get; set; }

    /// <summary><c>-N</c> and <c>-n</c>.</summary>
    public MagicPolicy Magic { get; set; }

    /// <summary><c>-z nognustack</c> is false: PT_GNU_STACK is written.</summary>
    public bool GnuStackSegment { get; set; } = true;

    /// <summary><c>-z execstack-if-needed</c>: the stack is executable if an input asks for it.</summary>
    public bool ExecutableStackIfNeeded { get; set; }

    /// <summary><c>-z keep-text-section-prefix</c>.</summary>
    public bool KeepTextSectionPrefix { get; set; }

    /// <summary><c>-z keep-data-section-prefix</c>.</summary>
    public bool KeepDataSectionPrefix { get; set; }

    /// <summary><c>--unique</c>: every orphan is an output section of its own.</summary>
    public bool UniqueOrphans { get; set; }

    /// <summary><c>--unique=PATTERN</c>: so is every input section that matches.</summary>
    public IList<string> UniqueSections { get; } = [];

    /// <summary><c>--enable-non-contiguous-regions</c>.</summary>
    public bool RegionsAreAlternatives { get; set; }

    /// <summary><c>--force-group-allocation</c>.</summary>
    public bool DissolvesGroups { get; set; }

    /// <summary><c>--sort-section</c>.</summary>
    public SortSectionPolicy SortSection { get; set; }

    /// <summary><c>--sort-common</c>.</summary>
    public SortCommonPolicy SortCommon { get; set; }

    /// <summary><c>--symbol-ordering-file</c>, or null.</summary>
    public string? SymbolOrderingFile { get; set; }

    /// <summary><c>--call-graph-ordering-file</c>, or null.</summary>
    public string? CallGraphOrderingFile { get; set; }

    /// <summary><c>--call-graph-profile-sort</c>.</summary>
    public CallGraphSort CallGraphProfileSort { get; set; } = CallGraphSort.CdSort;

    /// <summary><c>--shuffle-sections</c>, in order.</summary>
    public IList<ShuffleRule> ShuffleSections { get; } = [];

    /// <summary><c>--reverse-sections</c>: input sections in reverse order.</summary>
    public bool ReverseSections { get; set; }

    /// <summary><c>--randomize-section-padding</c>: what the gaps between input sections are drawn from, or null for none.</summary>
    public ulong? PaddingSeed { get; set; }

    /// <summary><c>--spare-program-headers</c>: PT_NULL entries at the end of the program header table.</summary>
    public int SpareProgramHeaders { get; set; }

    /// <summary><c>--orphan-handling</c>.</summary>
    public OrphanPolicy Orphans { get; set; }

    /// <summary><c>--check-sections</c> (default): overlapping sections are an error.</summary>
    public bool CheckSections { get; set; } = true;
}
