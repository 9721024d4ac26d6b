// Progress and results for people, on standard error, in the columns and colours of cargo, between whose lines they appear.

using System;
using System.Globalization;

namespace FullRust.Driver.Platform;

/// <summary>Prints lines as cargo does: a right-aligned word, then a text.</summary>
internal static class Status
{
    private const int Column = 12;

    private static bool s_isColored = IsColoredByDefault;

    private static bool IsColoredByDefault => StandardStreams.IsErrorTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Whether progress and success are told (not with <c>-q</c>).</summary>
    internal static bool IsQuiet { get; set; }

    /// <summary>Follows what tells cargo how its own lines look: options, else CARGO_TERM_QUIET and CARGO_TERM_COLOR.</summary>
    /// <param name="isQuiet">Whether <c>-q</c> was given.</param>
    /// <param name="color">The value of <c>--color</c>, or null.</param>
    internal static void Follow(bool isQuiet = false, string? color = null)
    {
        IsQuiet = isQuiet || Environment.GetEnvironmentVariable("CARGO_TERM_QUIET") == "true";
        s_isColored = (color ?? Environment.GetEnvironmentVariable("CARGO_TERM_COLOR")) switch { "always" => true, "never" => false, _ => IsColoredByDefault };
    }

    /// <summary>Says what is being done or was done.</summary>
    internal static void Say(string word, string text)
    {
        if (!IsQuiet)
            StandardStreams.ErrorLine(Paint("1;32", word.PadLeft(Column)) + " " + text);
    }

    /// <summary>Says what went wrong.</summary>
    internal static void Error(string text) => StandardStreams.ErrorLine(Paint("1;31", "error") + ": " + text);

    /// <summary>Says what the user may want to know.</summary>
    internal static void Note(string text)
    {
        if (!IsQuiet)
            StandardStreams.ErrorLine(Paint("1;36", "note") + ": " + text);
    }

    /// <summary>Says what may be wrong.</summary>
    internal static void Warning(string text)
    {
        if (!IsQuiet)
            StandardStreams.ErrorLine(Paint("1;33", "warning") + ": " + text);
    }

    /// <summary>A number of bytes for people: <c>812 B</c>, <c>6.5 KiB</c>, <c>1.20 MiB</c>.</summary>
    internal static string Bytes(long count) => count switch
    {
        < 1024 => count.ToString(CultureInfo.InvariantCulture) + " B",
        < 1024 * 1024 => (count / 1024.0).ToString("0.0", CultureInfo.InvariantCulture) + " KiB",
        _ => (count / (1024.0 * 1024.0)).ToString("0.00", CultureInfo.InvariantCulture) + " MiB",
    };

    private static string Paint(string color, string text) => s_isColored ? $"\u001b[{color}m{text}\u001b[0m" : text;
}
