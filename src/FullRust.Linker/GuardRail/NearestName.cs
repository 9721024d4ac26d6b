// "did you mean": the best of many candidates for a name that nobody defines or knows.

using System;
using System.Collections.Generic;

namespace FullRust.Linker.GuardRail;

/// <summary>Collects the candidate that is nearest to a wanted name. The first of equally near ones wins, so candidates offered in a fixed
/// order give a fixed answer. Not thread-safe.</summary>
/// <param name="wanted">The name that is missing; must stay unchanged while this lives.</param>
public ref struct NearestName(ReadOnlySpan<byte> wanted)
{
    private const int LongestText = 64;

    private readonly ReadOnlySpan<byte> _wanted = wanted;
    private int _limit = NameDistance.LimitFor(wanted.Length);
    private bool _differsInCaseOnly;

    /// <summary>The identity of the best candidate so far; -1 if none is near.</summary>
    public int Best { get; private set; } = -1;

    /// <summary>Finds the nearest of some words, such as options or commands.</summary>
    /// <param name="given">The mistyped word.</param>
    /// <param name="known">Words to choose from; the first of equally near ones is taken.</param>
    /// <returns>A word that differs in at most a third of the given one's letters, or null.</returns>
    public static string? Find(string given, IEnumerable<string> known)
    {
        if (given.Length is < 2 or > LongestText)
            return null;
        string? nearest = null;
        int limit = Math.Max(1, given.Length / 3);
        foreach (string word in known)
        {
            int distance = word.Length < 2 ? limit + 1 : NameDistance.Between<char>(given, word, limit);
            if (distance <= limit)
                (nearest, limit) = (word, distance - 1);
            if (limit < 0)
                break;
        }

        return nearest;
    }

    /// <summary>Considers a candidate.</summary>
    /// <param name="candidate">A name that is defined.</param>
    /// <param name="identity">What the caller knows it by; not negative.</param>
    public void Offer(ReadOnlySpan<byte> candidate, int identity)
    {
        if (_differsInCaseOnly || candidate.SequenceEqual(_wanted))
            return;
        if (candidate.Length == _wanted.Length && System.Text.Ascii.EqualsIgnoreCase(candidate, _wanted))
        {
            Best = identity;
            _differsInCaseOnly = true;
            return;
        }

        if (_limit == 0 || NameDistance.Between(_wanted, candidate, _limit) > _limit)
            return;
        Best = identity;
        _limit = NameDistance.Between(_wanted, candidate, _limit) - 1;
    }
}
