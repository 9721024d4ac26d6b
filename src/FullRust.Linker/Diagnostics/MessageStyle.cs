// How messages look to whom reads them: a person at a terminal (--color-diagnostics), Visual Studio (--vs-diagnostics), a program
// (--message-ids).

using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace FullRust.Linker.Diagnostics;

/// <summary>The looks of messages.</summary>
/// <param name="IsColored">Severities are coloured by ANSI sequences.</param>
/// <param name="PlaceComesFirst">A source line that a message speaks of stands before it as <c>file(line)</c>, instead of the tool's name.</param>
/// <param name="ShowsIds">The first line ends in the number of the message's kind, as <c>[FRL4001]</c>.</param>
public readonly record struct MessageStyle(bool IsColored = false, bool PlaceComesFirst = false, bool ShowsIds = false)
{
    private const string Red = "\u001b[0;1;31m", Magenta = "\u001b[0;1;35m", Plain = "\u001b[0m";

    /// <summary>What stands before a message.</summary>
    internal string PrefixOf(string tool, Diagnostic diagnostic)
    {
        string who = (PlaceComesFirst ? PlaceIn(diagnostic.Notes) : null) ?? tool;
        string severity = diagnostic.Severity switch { Severity.Error => "error: ", Severity.Warning => "warning: ", _ => "" };
        if (IsColored && severity.Length > 0)
            severity = (diagnostic.Severity == Severity.Error ? Red : Magenta) + severity + Plain;
        return $"{who}: {severity}";
    }

    // ">>> referenced by main.c:5 (/src/main.c:5)" is the first place with a line.
    private static string? PlaceIn(IReadOnlyList<string> notes)
    {
        foreach (string note in notes)
        {
            Match match = Regex.Match(note, @"^>>> (?:referenced by|defined at) [^()]+:\d+ \((.+):(\d+)\)$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            if (match.Success)
                return $"{match.Groups[1].Value}({match.Groups[2].Value})";
        }

        return null;
    }
}
