// Options about names: which must exist, which are made, which may be missing.

using System;

namespace FullRust.Linker.Arguments;

internal static partial class OptionTable
{
    private static Option[] SymbolOptions() =>
    [
        Value("e entry", "SYMBOL", "where the program starts (default _start)", static (s, v) => s.Options.Entry = v),
        Value("u undefined", "SYMBOL", "extract and keep SYMBOL", static (s, v) => s.Options.UndefinedSymbols.Add(v)),
        Value("undefined-glob", "GLOB", "extract and keep archive symbols that match", static (s, v) => s.AddUndefinedGlob(v)),
        Value("require-defined", "SYMBOL", "as -u, and an error if nobody defines it", static (s, v) => s.Options.RequiredSymbols.Add(v)),
        Value("defsym", "SYMBOL=EXPR", "define SYMBOL", static (s, v) => AddDefinedSymbol(s, v)),
        Value("wrap", "SYMBOL", "SYMBOL becomes __wrap_SYMBOL, __real_SYMBOL becomes SYMBOL", static (s, v) => s.Options.WrappedSymbols.Add(v)),
        Value("init", "SYMBOL", "keep this start function (default _init)", static (s, v) => s.Options.InitSymbol = v),
        Value("fini", "SYMBOL", "keep this end function (default _fini)", static (s, v) => s.Options.FiniSymbol = v),
        Flag("allow-multiple-definition", "the first of several definitions wins", static s => s.Options.AllowMultipleDefinitions = true),
        Flag("no-allow-multiple-definition", "several definitions are an error (default)", static s => s.Options.AllowMultipleDefinitions = false),
        Value("unresolved-symbols", "METHOD", "report-all (default), ignore-all, ignore-in-object-files, ignore-in-shared-libs", static (s, v) => Choices.SetUnresolved(s, v)),
        Flag("warn-unresolved-symbols", "undefined symbols are warnings", static s => s.SetUnresolved(null, warns: true)),
        Flag("error-unresolved-symbols", "undefined symbols are errors (default)", static s => s.SetUnresolved(null, warns: false)),
        Flag("no-undefined", "report undefined symbols (default)", static s => s.SetUnresolved(reports: true, null)),
        Value("ignore-unresolved-symbol", "SYMBOL", "SYMBOL may stay undefined", static (s, v) => s.Options.IgnoredUnresolvedSymbols.Add(v)),
        Flag("gnu-unique", "symbols that are unique in a process stay so marked (default)", static s => s.Options.GnuUnique = true),
        Flag("no-gnu-unique", "they become global", static s => s.Options.GnuUnique = false),
        Flag("noinhibit-exec", "write the output in spite of errors", static s => s.Options.WriteDespiteErrors = true),
        Value("keep-unique", "SYMBOL", "do not fold SYMBOL", static (s, v) => s.Options.KeepUnique.Add(v)),
        Value("exclude-libs", "LIBS", "make symbols of these archives hidden; a list with commas or colons, or ALL", static (s, v) => AddExcluded(s, v)),
    ];

    private static void AddDefinedSymbol(CommandLineState state, string definition)
    {
        if (definition.IndexOf('=') is > 0 and int at && at + 1 < definition.Length)
            state.Options.DefinedSymbols.Add(definition);
        else
            state.InvalidValue(definition, "SYMBOL=EXPRESSION");
    }

    private static void AddExcluded(CommandLineState state, string libraries)
    {
        foreach (string library in libraries.Split([',', ':'], StringSplitOptions.RemoveEmptyEntries))
            state.Options.ExcludeLibraries.Add(library);
    }
}
