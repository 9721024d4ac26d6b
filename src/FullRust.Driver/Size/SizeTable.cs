using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace FullRust.Driver.Size;

/// <summary>Prints a program's parts as text.</summary>
internal static class SizeTable
{
    /// <summary>Sections, crates and the largest symbols.</summary>
    /// <param name="parts">The program.</param>
    /// <param name="limit">How many crates and symbols are listed; the rest is one row.</param>
    internal static string Format(ProgramParts parts, int limit)
    {
        var text = new StringBuilder();
        Append(text, "sections", [.. parts.Sections.Select(static s => (s.Name + (s.IsLoaded ? "" : " (not loaded)"), s.Size))], parts.FileSize, int.MaxValue);
        if (parts.Symbols.Count == 0)
        {
            text.Append("no symbols: build with strip = \"none\" (or the dev profile) to see crates and symbols\n");
            return text.ToString();
        }

        Append(text, "crates", parts.ByCrate(), parts.FileSize, limit);
        Append(text, "symbols", [.. parts.Symbols.Select(static s => (s.Name, s.Size))], parts.FileSize, limit);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<(string Name, long Size)> rows, long whole, int limit)
    {
        text.Append(CultureInfo.InvariantCulture, $"{"bytes",10} {"of file",8}  {title}\n");
        foreach ((string name, long size) in rows.Take(limit))
            AppendRow(text, name, size, whole);
        if (rows.Count > limit)
            AppendRow(text, $"({rows.Count - limit} more)", rows.Skip(limit).Sum(static r => r.Size), whole);
        text.Append('\n');
    }

    private static void AppendRow(StringBuilder text, string name, long size, long whole) =>
        text.Append(CultureInfo.InvariantCulture, $"{size,10} {100.0 * size / Math.Max(1, whole),7:0.0}%  {name}\n");
}
