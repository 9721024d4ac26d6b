// The nearest known spelling of an option that nobody knows. Runs only when there is an error.

using System;
using System.Collections.Generic;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Arguments;

/// <summary>Finds near spellings by edit distance.</summary>
internal static class OptionSuggestion
{
    private const int LongestCompared = 64;

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
        string? nearest = NearestName(name, Spellings(OptionTable.Groups));
        if (nearest is null)
            return null;
        if (nearest[0] == 'o')
            dashes = 2;
        return argument[..1] + (dashes == 2 ? "-" : "") + nearest + (equals < 0 ? "" : argument[equals..]);
    }

    /// <summary>Finds the nearest of some names.</summary>
    /// <param name="name">The misspelt name.</param>
    /// <param name="known">Names to choose from; the first of equally near ones is taken.</param>
    /// <returns>A name that differs in at most a third of its letters, or null.</returns>
    internal static string? NearestName(string name, IEnumerable<string> known)
    {
        if (name.Length is < 2 or > LongestCompared)
            return null;
        string? nearest = null;
        int limit = Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in known)
        {
            if (candidate.Length < 2 || Math.Abs(candidate.Length - name.Length) >= limit)
                continue;
            int distance = Distance(name, candidate);
            if (distance < limit)
            {
                limit = distance;
                nearest = candidate;
            }
        }

        return nearest;
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

    /// <summary>Edit distance where a swap of two neighbours counts once (optimal string alignment).</summary>
    internal static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        int width = b.Length + 1;
        Span<int> rows = new int[3 * width];
        for (int j = 0; j < width; j++)
            rows[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            Span<int> before = rows.Slice((i + 1) % 3 * width, width);
            Span<int> above = rows.Slice((i - 1) % 3 * width, width);
            Span<int> row = rows.Slice(i % 3 * width, width);
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
        }

        return rows[a.Length % 3 * width + b.Length];
    }
}
