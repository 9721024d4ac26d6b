// Patterns for paths: "*" matches within a name, "?" one character of a name, "**" anything, folders included.

using System;

namespace FullRust.ElfVerify.Policies;

/// <summary>Matches paths against patterns. Thread-safe; time is the product of both lengths at worst.</summary>
public static class PathPattern
{
    /// <summary>Matches a path.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="path">The path.</param>
    /// <returns>True if the whole path matches the whole pattern.</returns>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        // reached[j]: the pattern so far matches the first j characters of the path.
        var reached = new bool[path.Length + 1];
        reached[0] = true;
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                bool crossesFolders = i + 1 < pattern.Length && pattern[i + 1] == '*';
                i += crossesFolders ? 1 : 0;
                SpreadStar(reached, path, crossesFolders);
                // "**/" also matches no folder at all.
                if (crossesFolders && i + 1 < pattern.Length && pattern[i + 1] == '/')
                    i += MatchFolderEnd(reached, path);
            }
            else
            {
                Step(reached, path, pattern[i]);
            }
        }

        return reached[path.Length];
    }

    private static void SpreadStar(bool[] reached, ReadOnlySpan<char> path, bool crossesFolders)
    {
        for (int j = 0; j < path.Length; j++)
            reached[j + 1] |= reached[j] && (crossesFolders || path[j] != '/');
    }

    private static int MatchFolderEnd(bool[] reached, ReadOnlySpan<char> path)
    {
        int first = Array.IndexOf(reached, true);
        for (int j = path.Length; j > 0; j--)
            reached[j] = j == first || (reached[j] && path[j - 1] == '/');
        return 1;
    }

    private static void Step(bool[] reached, ReadOnlySpan<char> path, char wanted)
    {
        for (int j = path.Length; j > 0; j--)
            reached[j] = reached[j - 1] && (path[j - 1] == wanted || (wanted == '?' && path[j - 1] != '/'));
        reached[0] = false;
    }
}
