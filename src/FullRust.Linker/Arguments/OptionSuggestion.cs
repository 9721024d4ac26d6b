// The nearest known spelling of an option that nobody knows. Runs only when there is an error.

using System;
using System.Collections.Generic;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.GuardRail;

namespace FullRust.Linker.Arguments;

/// <summary>Finds the spelling that was probably meant.</summary>
internal static class OptionSuggestion
{
    /// <summary>Reports an unknown option with the nearest known one.</summary>
    internal static void ReportUnknown(CommandLineState state, string argument)
    {
        string? nearest = Nearest(argument);
        string hint = nearest is null ? "" : $", did you mean '{nearest}'";
        state.Error(DiagnosticId.UnknownOption, $"unknown argument '{argument}'{hint}");
    }

    /// <summary>Finds the known option nearest to an argument.</summary>
    /// <param name="argument">With its dashes and perhaps a value.</param>
    /// <returns>The spelling with dashes and the value, or null if nothing is near.</returns>
    internal static string? Nearest(string argument)
    {
        int dashes = argument.StartsWith("--", StringComparison.Ordinal) ? 2 : 1;
        int equals = argument.IndexOf('=');
        string name = equals < 0 ? argument[dashes..] : argument[dashes..equals];
        string? nearest = NearestName.Find(name, Spellings(OptionTable.Groups));
        if (nearest is null)
            return null;
        if (nearest[0] == 'o')
            dashes = 2;
        return argument[..1] + (dashes == 2 ? "-" : "") + nearest + (equals < 0 ? "" : argument[equals..]);
    }

    /// <summary>All names of options that do not take any beginning.</summary>
    internal static IEnumerable<string> Spellings(OptionGroup[] groups)
    {
        foreach (OptionGroup group in groups)
        {
            foreach (Option option in group.Options)
            {
                if (option.Arity == Arity.Prefix)
                    continue;
                foreach (string name in option.Names.Split(' '))
                    yield return name;
            }
        }
    }
}
