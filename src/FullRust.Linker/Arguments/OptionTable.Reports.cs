// Options that ask for reports, and how messages look.

using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Arguments;

internal static partial class OptionTable
{
    private static Option[] ReportOptions() =>
    [
        Value("Map", "FILE", "write a map to FILE, - or a folder; % is the output's name", static (s, v) => s.Options.MapFile = v),
        Flag("M print-map", "write a map to standard output", static s => s.PrintsMap = true),
        Flag("print-map-discarded", "the map lists what was dropped (default)", static s => s.Options.MapDiscarded = true),
        Flag("no-print-map-discarded", "it does not", static s => s.Options.MapDiscarded = false),
        Flag("cref", "write a table of symbols and who mentions them", static s => s.Options.CrossReference = true),
        Flag("t trace", "name every input", static s => s.Options.Trace = true),
        Value("y trace-symbol", "SYMBOL", "name the files that mention SYMBOL", static (s, v) => s.Options.TraceSymbols.Add(v)),
        Value("why-extract", "FILE", "write why archive members were loaded", static (s, v) => s.Options.WhyExtractFile = v),
        Value("print-archive-stats", "FILE", "write how many members of each archive were loaded", static (s, v) => s.Options.ArchiveStatsFile = v),
        Value("dependency-file", "FILE", "write a make rule of the files read", static (s, v) => s.Options.DependencyFile = v),
        Value("reproduce repro", "FILE", "write a tar that replays the link", static (s, v) => s.Options.ReproduceFile = v),
        Maybe("verbose dll-verbose", "LEVEL", "say what is opened and how long it took", static (s, v) => SetVerbose(s, v)),
        Flag("stats", "count what was read and written", static s => s.Options.Stats = true),
        Flag("time perf", "say how long each phase took", static s => s.Options.Time = true),
        Maybe("time-trace", "FILE", "write the phases as a trace", static (s, v) => s.Options.TimeTraceFile = v ?? ""),
        Value("time-trace-file", "FILE", "as --time-trace=FILE", static (s, v) => s.Options.TimeTraceFile = v),
        Value("time-trace-granularity", "N", "phases below N microseconds (default 500) appear in the totals only", static (s, v) => s.Options.TimeTraceGranularity = s.Count(v)),
        Value("print-symbol-order", "FILE", "write the order that the call graph gives", static (s, v) => s.Options.SymbolOrderReport = v),
        Flag("print-memory-usage", "say how full the memory regions of a script are", static s => s.Options.PrintMemoryUsage = true),
        Flag("print-sysroot", "print the system root and exit", static s => s.PrintsSysroot = s.HasPrintRequest = true),
        Flag("print-output-format", "print the output format and exit", static s => s.PrintsOutputFormat = s.HasPrintRequest = true),
        Flag("help", "print this help and exit", static s => s.ShowHelp = true),
        Flag("version", "print the version and exit", static s => ShowVersion(s)),
        Flag("v", "print the version and go on", static s => PrintVersion(s)),
        Flag("V", "print the version and the emulations and go on", static s => PrintVersionAndEmulations(s)),
    ];

    private static Option[] MessageOptions() =>
    [
        Flag("warn-common", "say where common symbols are merged", static s => s.Options.WarnCommon = true),
        Flag("no-warn-common", "do not (default)", static s => s.Options.WarnCommon = false),
        Flag("warn-once", "one place for each undefined symbol", static s => s.Options.WarnOnce = true),
        Flag("warn-backrefs", "name orders of inputs that a one-pass linker refuses", static s => s.Options.WarnBackReferences = true),
        Flag("no-warn-backrefs", "do not (default)", static s => s.Options.WarnBackReferences = false),
        Value("warn-backrefs-exclude", "GLOB", "but not for these archives", static (s, v) => s.Options.WarnBackReferencesExclude.Add(v)),
        Flag("warn-execstack", "name inputs that ask for an executable stack (default)", static s => s.Options.WarnExecutableStack = true),
        Flag("no-warn-execstack", "do not", static s => s.Options.WarnExecutableStack = false),
        Flag("error-execstack", "an executable stack is an error", static s => s.Options.ErrorExecutableStack = true),
        Flag("no-error-execstack", "it is not (default)", static s => s.Options.ErrorExecutableStack = false),
        Flag("warn-symbol-ordering", "name symbols of --symbol-ordering-file that have no place (default)", static s => s.Options.WarnSymbolOrdering = true),
        Flag("no-warn-symbol-ordering", "do not", static s => s.Options.WarnSymbolOrdering = false),
        Flag("warn-rwx-segments", "name segments that are writable and executable (default)", static s => s.Options.WarnRwxSegments = true),
        Flag("no-warn-rwx-segments", "do not", static s => s.Options.WarnRwxSegments = false),
        Flag("error-rwx-segments", "such a segment is an error", static s => s.Options.ErrorRwxSegments = true),
        Flag("no-error-rwx-segments", "it is not (default)", static s => s.Options.ErrorRwxSegments = false),
        Flag("warn-section-align", "name sections whose alignment moves them", static s => s.Options.WarnSectionAlign = true),
        Flag("fatal-warnings", "warnings are errors", static s => s.Sink.FatalWarnings = true),
        Flag("no-fatal-warnings", "they are not (default)", static s => s.Sink.FatalWarnings = false),
        Flag("w no-warnings", "no warnings", static s => s.Sink.NoWarnings = true),
        Maybe("demangle", "STYLE", "readable names in messages (default)", static (s, _) => s.Options.Demangle = true),
        Flag("no-demangle", "names as they are in the files", static s => s.Options.Demangle = false),
        Maybe("color-diagnostics", "WHEN", "coloured messages: auto (default), always or never", static (s, v) => Choices.SetColor(s, v)),
        Flag("no-color-diagnostics", "as --color-diagnostics=never", static s => s.Options.Color = ColorPolicy.Never),
        Value("error-limit", "N", "print at most N errors (default 20), 0 for all", static (s, v) => s.Options.ErrorLimit = s.Count(v)),
        Value("error-handling-script", "FILE", "run FILE for missing symbols and libraries", static (s, v) => s.Options.ErrorHandlingScript = v),
        Flag("message-ids", "messages end in the numbers of docs/diagnostics.md", static s => s.Options.MessageIds = true),
        Flag("vs-diagnostics", "messages in the form of Visual Studio", static s => s.Options.VisualStudioDiagnostics = true),
    ];

    private static Option[] RunOptions() =>
    [
        Maybe("threads", "N", "use N threads", static (s, v) => SetThreads(s, v)),
        Value("thread-count", "N", "as --threads=N", static (s, v) => SetThreads(s, v)),
        Flag("no-threads", "use one thread", static s => s.Options.Threads = 1),
        Flag("fork", "end when the output is there; memory is freed after that (default)", static s => s.Options.ReleasesAfterExit = true),
        Flag("no-fork", "leave no process behind that frees memory", static s => s.Options.ReleasesAfterExit = false),
        Value("C directory", "DIR", "change to DIR first", static (s, v) => s.Options.WorkingDirectory = v),
        Value("rsp-quoting", "STYLE", "quoting in response files: posix (default) or windows", static (s, v) => CheckQuoting(s, v)),
        Value("flavor", "FLAVOR", "gnu, ld or ld.lld", static (s, v) => CheckFlavor(s, v)),
    ];

    private static void SetVerbose(CommandLineState state, string? level)
    {
        state.Options.Verbose = level is null ? 1 : state.Count(level);
        PrintVersionAndEmulations(state);
    }

    private static void ShowVersion(CommandLineState state)
    {
        PrintVersion(state);
        state.ShowVersionOnly = true;
    }

    private static void PrintVersion(CommandLineState state)
    {
        if (!state.HasPrintedVersion)
            state.Output.Append(LinkerVersion.Line).Append('\n');
        state.HasPrintRequest = state.HasPrintedVersion = true;
    }

    private static void PrintVersionAndEmulations(CommandLineState state)
    {
        PrintVersion(state);
        state.Output.Append("  Supported emulations:\n   ").Append(LinkerVersion.Emulation).Append('\n');
    }

    private static void SetThreads(CommandLineState state, string? count)
    {
        int threads = count is null ? 0 : state.Count(count);
        if (count is not null && threads == 0)
            state.Error(DiagnosticId.InvalidOptionValue, $"--threads: expected a positive integer, but got '{count}'");
        state.Options.Threads = threads;
    }

    /// <summary>The quoting itself is chosen before response files are read.</summary>
    private static void CheckQuoting(CommandLineState state, string style)
    {
        if (style is not ("posix" or "windows"))
            state.Error(DiagnosticId.InvalidOptionValue, $"invalid response file quoting: {style}", "= expected posix or windows");
    }

    private static void CheckFlavor(CommandLineState state, string flavor)
    {
        if (flavor is not ("gnu" or "ld" or "ld.lld"))
            state.Refuse($"unknown flavor '{flavor}': this linker is an ELF linker with GNU's command line", "= pass -flavor gnu, or nothing");
    }
}
