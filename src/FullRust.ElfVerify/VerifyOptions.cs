// What to verify and how strictly. Immutable, so one instance serves any number of threads.

using System.Collections.Generic;

namespace FullRust.ElfVerify;

/// <summary>What to verify and how strictly. Immutable and thread-safe.</summary>
public sealed class VerifyOptions
{
    /// <summary>All rules that do not disassemble, for the static-exec profile.</summary>
    public static VerifyOptions Default { get; } = new();

    /// <summary>The structural rules that a linker holds its own image to; reads headers, sections and symbols only.</summary>
    public static VerifyOptions ForLinker { get; } = new() { Groups = RuleGroups.Link };

    /// <summary>Rules about what Linux loads and how: a layout that a user asks for by a script or by addresses may be for firmware, a boot
    /// loader or another kernel. The other structural rules say that a file is consistent in itself.</summary>
    public static IReadOnlyList<RuleId> LayoutChoices { get; } =
    [
        RuleId.P04, RuleId.P05, RuleId.P06, RuleId.P07, RuleId.P09, RuleId.L01, RuleId.L02, RuleId.L03, RuleId.L05, RuleId.L06, RuleId.L08, RuleId.L09, RuleId.L10,
        RuleId.L12, RuleId.L13, RuleId.N01, RuleId.N02, RuleId.N03, RuleId.X01, RuleId.X02, RuleId.X04, RuleId.X05, RuleId.X06, RuleId.X07, RuleId.T01,
    ];

    /// <summary>The rules that a drop-in linker cannot hold its users to, because command line or inputs ask for something else.</summary>
    /// <param name="ownLayout">Whether the layout is the user's: <see cref="LayoutChoices"/>.</param>
    /// <param name="ownEntry">Whether the entry point is an address, data or nothing: nobody asks for a program to be run.</param>
    /// <param name="writableCode">Whether sections of inputs are writable and executable.</param>
    /// <param name="undefinedNames">Whether undefined names are no error.</param>
    /// <returns>The rules that only warn.</returns>
    public static IReadOnlyList<RuleId> UserChoices(bool ownLayout, bool ownEntry, bool writableCode, bool undefinedNames) =>
    [
        .. ownLayout ? LayoutChoices : [.. ownEntry ? [RuleId.N01, RuleId.N03] : (RuleId[])[], .. writableCode ? [RuleId.X01] : (RuleId[])[]],
        .. undefinedNames ? [RuleId.R03] : (RuleId[])[],
    ];

    /// <summary>What the file is verified for.</summary>
    public VerifyProfile Profile { get; init; } = VerifyProfile.StaticExec;

    /// <summary>Which groups of rules run.</summary>
    public RuleGroups Groups { get; init; } = RuleGroups.Standard;

    /// <summary>The oldest kernel that must load the file.</summary>
    public KernelVersion MinKernel { get; init; } = KernelVersion.Oldest;

    /// <summary>Whether contradictions in the section header table (Z01 to Z03) are errors.</summary>
    public bool StrictSections { get; init; }

    /// <summary>Whether bytes behind the last part of the file (O02) are an error.</summary>
    public bool NoTrailing { get; init; }

    /// <summary>Whether a build id must be present (G03).</summary>
    public bool RequireBuildId { get; init; }

    /// <summary>Whether the linker's record of its inputs must be present (C02).</summary>
    public bool RequireProvenance { get; init; }

    /// <summary>The least level that makes the verdict a failure.</summary>
    public FindingLevel FailOn { get; init; } = FindingLevel.Error;

    /// <summary>Bytes of memory that all segments may ask for together (L11).</summary>
    public ulong MaxMemory { get; init; } = 4UL << 30;

    /// <summary>Bytes that must be free above the last segment, for the heap and its random offset (L12).</summary>
    public ulong HeapRoom { get; init; } = 2UL << 30;

    /// <summary>Bytes of thread-local storage that a thread may have (T01).</summary>
    public ulong MaxTlsSize { get; init; } = 64UL << 20;

    /// <summary>Largest alignment of thread-local storage, in bytes (T01).</summary>
    public ulong MaxTlsAlignment { get; init; } = 64UL << 10;

    /// <summary>The highest x86-64 level (1 to 4) that the file may ask for (G02).</summary>
    public int MaxIsaLevel { get; init; } = 1;

    /// <summary>Bytes that the file may have (B01), or null for no budget.</summary>
    public ulong? MaxFileSize { get; init; }

    /// <summary>Bytes of memory that segments of one kind may have (B02): keys <c>text</c> (executable), <c>data</c> (writable),
    /// <c>rodata</c> (neither), <c>bss</c> (memory beyond file bytes).</summary>
    public IReadOnlyDictionary<string, ulong> SegmentBudgets { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Numbers of the system calls that the file may make (Y02), or null for no list.</summary>
    public IReadOnlySet<int>? ExpectedSyscalls { get; init; }

    /// <summary>Numbers of the system calls that the file must not make (Y03).</summary>
    public IReadOnlySet<int>? DeniedSyscalls { get; init; }

    /// <summary>What repeating the link gave, for comparing the file with it (C03), or null.</summary>
    public RelinkOutcome? Relink { get; init; }

    /// <summary>Levels that a policy set for single rules; null for none. Rules of <see cref="RuleTable.IsFixed"/> keep theirs.</summary>
    public IReadOnlyDictionary<RuleId, FindingLevel>? Levels { get; init; }

    /// <summary>Rules that are switched off, for tests that show that each rule is needed.</summary>
    internal IReadOnlySet<RuleId>? Disabled { get; init; }
}
