// The one table of command-line options: spellings, what they take, what they do, and what --help says; for options without effect
// the reason. The rows stand in OptionTable.*.cs by area; this file makes rows and finds them.

using System;

namespace FullRust.Linker.Arguments;

/// <summary>The command-line options.</summary>
internal static partial class OptionTable
{
    /// <summary>All rows, in the order of <c>--help</c>.</summary>
    internal static readonly OptionGroup[] Groups =
    [
        new("Inputs", InputOptions()),
        new("Output", OutputOptions()),
        new("Symbols", SymbolOptions()),
        new("Dropping and folding", PassOptions()),
        new("Layout", LayoutOptions()),
        new("Reports", ReportOptions()),
        new("Messages", MessageOptions()),
        new("Running", RunOptions()),
        new("Refused", RefusedOptions()),
        new("Accepted without effect", IgnoredOptions()),
    ];

    /// <summary>Finds rows by name.</summary>
    internal static readonly OptionIndex Index = new(Groups);

    private static readonly string[] _prefixesWithTwoDashes = ["lto-", "no-lto-", "thinlto-", "android-memtag-", "bp-"];

    /// <summary>Finds a row that takes any ending. All but <c>-flto</c> need two dashes: <c>-lto-x</c> is the library <c>to-x</c>.</summary>
    /// <param name="body">The argument without dashes.</param>
    /// <param name="dashes">1 or 2.</param>
    /// <param name="option">The row.</param>
    /// <returns>False if none matches.</returns>
    internal static bool TryFindPrefix(ReadOnlySpan<char> body, int dashes, out Option option)
    {
        if (body.StartsWith("flto", StringComparison.Ordinal))
            return Index.TryFind("flto", out option);
        if (dashes == 2)
        {
            foreach (string prefix in _prefixesWithTwoDashes)
            {
                if (body.StartsWith(prefix, StringComparison.Ordinal))
                    return Index.TryFind(prefix, out option);
            }
        }

        option = default;
        return false;
    }

    private static Option Flag(string names, string help, Action<CommandLineState> apply) =>
        new(names, Arity.None, "", help, (s, _) => apply(s));

    private static Option Value(string names, string valueName, string help, Action<CommandLineState, string> apply) =>
        new(names, Arity.Required, valueName, help, apply!);

    private static Option Maybe(string names, string valueName, string help, Action<CommandLineState, string?> apply) =>
        new(names, Arity.Optional, valueName, help, apply);

    private static Option Ignored(string names, string why) => new(names, Arity.None, "", why, null);

    private static Option IgnoredValue(string names, string valueName, string why) => new(names, Arity.Required, valueName, why, null);

    private static Option IgnoredMaybe(string names, string valueName, string why) => new(names, Arity.Optional, valueName, why, null);

    private static Option IgnoredPrefix(string names, string why) => new(names, Arity.Prefix, "", why, null);
}
