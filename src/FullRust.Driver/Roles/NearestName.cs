using System;
using System.Collections.Generic;

namespace FullRust.Driver.Roles;

/// <summary>Finds what a mistyped name was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>The nearest name by edits (Levenshtein), or null if too much of the name would have to change.</summary>
    internal static string? Find(string given, IEnumerable<string> names)
    {
        string? nearest = null;
        int best = (given.Length < 4 ? 1 : Math.Max(2, given.Length / 3)) + 1;
        foreach (string name in names)
        {
            int distance = Distance(given, name);
            if (distance < best)
                (nearest, best) = (name, distance);
        }

        return nearest;
    }

    private static int Distance(string a, string b)
    {
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[b.Length];
    }
}
