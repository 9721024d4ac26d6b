// The part of the options that rules names, and which sections stay.

using System.Collections.Generic;

namespace FullRust.Linker.Arguments;

/// <summary>Visibility of <c>__start_X</c> and <c>__stop_X</c> (<c>-z start-stop-visibility</c>); values are those of STV_*.</summary>
public enum StartStopVisibility
{
    /// <summary>STV_DEFAULT.</summary>
    Default = 0,

    /// <summary>STV_INTERNAL.</summary>
    Internal = 1,

    /// <summary>STV_HIDDEN.</summary>
    Hidden = 2,

    /// <summary>STV_PROTECTED.</summary>
    Protected = 3,
}

/// <summary>One <c>-z dead-reloc-in-nonalloc</c> rule.</summary>
/// <param name="Pattern">A glob over section names.</param>
/// <param name="Value">What relocations against dropped sections become there.</param>
public readonly record struct DeadRelocationValue(string Pattern, ulong Value);

public sealed partial class LinkOptions
{
    /// <summary><c>--undefined-glob</c>: every archive symbol that matches is extracted and kept.</summary>
    public IList<string> UndefinedGlobs { get; } = [];

    /// <summary><c>--init</c>: a root.</summary>
    public string InitSymbol { get; set; } = "_init";

    /// <summary><c>--fini</c>: a root.</summary>
    public string FiniSymbol { get; set; } = "_fini";

    /// <summary><c>--ignore-unresolved-symbol</c>: names whose absence is no error.</summary>
    public IList<string> IgnoredUnresolvedSymbols { get; } = [];

    /// <summary><c>--noinhibit-exec</c>: the output is written although there were errors in names and relocations.</summary>
    public bool WriteDespiteErrors { get; set; }

    /// <summary><c>--gnu-unique</c> (default): STB_GNU_UNIQUE symbols keep their binding.</summary>
    public bool GnuUnique { get; set; } = true;

    /// <summary><c>--keep-unique</c>: symbols whose sections are not folded.</summary>
    public IList<string> KeepUnique { get; } = [];

    /// <summary><c>--exclude-libs</c>: archives (or <c>ALL</c>) whose symbols become hidden.</summary>
    public IList<string> ExcludeLibraries { get; } = [];

    /// <summary><c>-z unique-symbol</c>: local symbols of one name are told apart by a suffix.</summary>
    public bool UniqueLocalNames { get; set; }

    /// <summary><c>-z common</c>: symbols that were common have type STT_COMMON in the output.</summary>
    public bool KeepCommonType { get; set; }

    /// <summary><c>-z start-stop-visibility</c>.</summary>
    public StartStopVisibility StartStopVisibility { get; set; } = StartStopVisibility.Protected;

    /// <summary><c>-z dead-reloc-in-nonalloc</c>: last match wins.</summary>
    public IList<DeadRelocationValue> DeadRelocations { get; } = [];

    /// <summary><c>--print-gc-sections=FILE</c>: where the list goes; null is standard output.</summary>
    public string? PrintGcSectionsFile { get; set; }

    /// <summary><c>--gc-keep-exported</c>: symbols with default visibility are roots.</summary>
    public bool GcKeepExported { get; set; }

    /// <summary><c>--why-live</c>: globs of symbols or sections whose chain from a root is printed.</summary>
    public IList<string> WhyLive { get; } = [];

    /// <summary><c>--print-icf-sections</c>: names what was folded into what.</summary>
    public bool PrintIcfSections { get; set; }

    /// <summary><c>--ignore-data-address-equality</c>: read-only data may be folded too.</summary>
    public bool IgnoreDataAddressEquality { get; set; }

    /// <summary><c>--ignore-function-address-equality</c>: functions may be folded whoever takes their address.</summary>
    public bool IgnoreFunctionAddressEquality { get; set; }
}
