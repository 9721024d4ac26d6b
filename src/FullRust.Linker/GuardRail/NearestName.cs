// "did you mean": the best of many candidates for a name that nobody defines.

using System;

namespace FullRust.Linker.GuardRail;

/// <summary>Collects the candidate that is nearest to a wanted name. The first of equally near ones wins, so candidates offered in a fixed
/// order give a fixed answer. Not thread-safe.</summary>
/// <param name="wanted">The name that is missing; must stay unchanged while this lives.</param>
public ref struct NearestName(ReadOnlySpan<byte> wanted)
{
    private readonly ReadOnlySpan<byte> _wanted = wanted;
    private int _limit = NameDistance.LimitFor(wanted.Length);
    private bool _differsInCaseOnly;

    /// <summary>The identity of the best candidate so far; -1 if none is near.</summary>
    public int Best { get; private set; } = -1;

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
