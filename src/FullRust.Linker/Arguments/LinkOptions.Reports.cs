// The part of the options that asks for reports and decides how messages look.

using System.Collections.Generic;

namespace FullRust.Linker.Arguments;

/// <summary>Whether messages are coloured (<c>--color-diagnostics</c>).</summary>
public enum ColorPolicy
{
    /// <summary>On a terminal.</summary>
    Auto,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}

public sealed partial class LinkOptions
{
    /// <summary><c>-Map</c>: where the map goes, <c>-</c> for standard output, or null.</summary>
    public string? MapFile { get; set; }

    /// <summary><c>--cref</c>: a table of symbols and the files that mention them.</summary>
    public bool CrossReference { get; set; }

    /// <summary><c>-t</c>/<c>--trace</c>: names every input.</summary>
    public bool Trace { get; set; }

    /// <summary><c>-y</c>/<c>--trace-symbol</c>: symbols whose mentions are named.</summary>
    public IList<string> TraceSymbols { get; } = [];

    /// <summary><c>--why-extract</c>: where the list of extracted members goes, <c>-</c> for standard output, or null.</summary>
    public string? WhyExtractFile { get; set; }

    /// <summary><c>--print-archive-stats</c>: where the counts go, <c>-</c> for standard output, or null.</summary>
    public string? ArchiveStatsFile { get; set; }

    /// <summary><c>--dependency-file</c>, or null.</summary>
    public string? DependencyFile { get; set; }

    /// <summary><c>--reproduce</c>: the tar to write, or null.</summary>
    public string? ReproduceFile { get; set; }

    /// <summary><c>--verbose</c>: 0 silent, 1 what is opened and how long phases took, 2 also folders tried.</summary>
    public int Verbose { get; set; }

    /// <summary><c>--stats</c>: counts of what was read and written.</summary>
    public bool Stats { get; set; }

    /// <summary><c>--time</c>: the phases and how long each took.</summary>
    public bool Time { get; set; }

    /// <summary><c>--time-trace</c>: where the trace goes, an empty string for <c>OUTPUT.time-trace</c>, or null.</summary>
    public string? TimeTraceFile { get; set; }

    /// <summary><c>--time-trace-granularity</c>: microseconds below which a phase appears in the totals only.</summary>
    public int TimeTraceGranularity { get; set; } = 500;

    /// <summary><c>--print-symbol-order</c>: where the order by the call graph is written, or null.</summary>
    public string? SymbolOrderReport { get; set; }

    /// <summary><c>--print-memory-usage</c>: how full the regions of a script are.</summary>
    public bool PrintMemoryUsage { get; set; }

    /// <summary><c>--print-map-discarded</c> (default): the map lists what was dropped.</summary>
    public bool MapDiscarded { get; set; } = true;

    /// <summary><c>--warn-common</c>.</summary>
    public bool WarnCommon { get; set; }

    /// <summary><c>--warn-once</c>: each undefined symbol is reported at one place only.</summary>
    public bool WarnOnce { get; set; }

    /// <summary><c>--warn-backrefs</c>: names orders that a one-pass linker would refuse.</summary>
    public bool WarnBackReferences { get; set; }

    /// <summary><c>--warn-backrefs-exclude</c>: globs of archives that are not reported.</summary>
    public IList<string> WarnBackReferencesExclude { get; } = [];

    /// <summary><c>--warn-execstack</c> (default): inputs that ask for an executable stack are named.</summary>
    public bool WarnExecutableStack { get; set; } = true;

    /// <summary><c>--error-execstack</c>: an executable stack is an error.</summary>
    public bool ErrorExecutableStack { get; set; }

    /// <summary><c>--warn-rwx-segments</c> (default): writable and executable segments are named.</summary>
    public bool WarnRwxSegments { get; set; } = true;

    /// <summary><c>--warn-symbol-ordering</c>.</summary>
    public bool WarnSymbolOrdering { get; set; } = true;

    /// <summary><c>--error-rwx-segments</c>: writable and executable segments are an error.</summary>
    public bool ErrorRwxSegments { get; set; }

    /// <summary><c>--warn-section-align</c>: sections moved by their alignment are named.</summary>
    public bool WarnSectionAlign { get; set; }

    /// <summary><c>--color-diagnostics</c>.</summary>
    public ColorPolicy Color { get; set; }

    /// <summary><c>--error-handling-script</c>: a program called with the kind of an error and its name, or null.</summary>
    public string? ErrorHandlingScript { get; set; }

    /// <summary><c>--vs-diagnostics</c>: places come first, in the form <c>file(line)</c>.</summary>
    public bool VisualStudioDiagnostics { get; set; }

    /// <summary><c>--message-ids</c>: the first line of each message ends in its number, as <c>[FRL4001]</c>.</summary>
    public bool MessageIds { get; set; }
}
