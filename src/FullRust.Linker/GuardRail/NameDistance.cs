// How far two names are from each other, for "did you mean". Counts insertions, deletions, substitutions and swaps of neighbours, and
// stops as soon as the answer is known to be past a limit.

using System;

namespace FullRust.Linker.GuardRail;

/// <summary>Bounded edit distance between names. Thread-safe; no heap allocation.</summary>
public static class NameDistance
{
    /// <summary>The largest distance that is looked for.</summary>
    public const int MaxLimit = 24;

    private const int MaxLength = 512;

    /// <summary>How many typing errors a name of this length may plausibly have.</summary>
    /// <param name="length">The length of the name in bytes.</param>
    /// <returns>From 0 (too short to guess) to 3.</returns>
    public static int LimitFor(int length) => length switch
    {
        < 3 => 0,
        < 6 => 1,
        < 12 => 2,
        _ => 3,
    };

    /// <summary>The number of edits from one name to the other.</summary>
    /// <typeparam name="T">Bytes of names as they are in files, or characters.</typeparam>
    /// <param name="left">A name.</param>
    /// <param name="right">Another name.</param>
    /// <param name="limit">The largest number of interest, at most <see cref="MaxLimit"/>.</param>
    /// <returns>The distance, or <paramref name="limit"/> + 1 if it is larger. Names of more than 512 elements are never near.</returns>
    public static int Between<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int limit)
        where T : IEquatable<T>
    {
        limit = Math.Clamp(limit, 0, MaxLimit);
        int tooFar = limit + 1;
        TrimCommon(ref left, ref right);
        if (Math.Abs(left.Length - right.Length) > limit || Math.Max(left.Length, right.Length) > MaxLength)
            return tooFar;

        // Only cells within the limit of the diagonal can matter: three rows of the band.
        Span<int> rows = stackalloc int[3 * ((2 * limit) + 3)];
        return BandedDistance(left, right, limit, rows);
    }

    private static void TrimCommon<T>(ref ReadOnlySpan<T> left, ref ReadOnlySpan<T> right)
        where T : IEquatable<T>
    {
        int prefix = left.CommonPrefixLength(right);
        left = left[prefix..];
        right = right[prefix..];
        while (!left.IsEmpty && !right.IsEmpty && left[^1].Equals(right[^1]))
        {
            left = left[..^1];
            right = right[..^1];
        }
    }

    // Column c of a row stands for position row + c - limit - 1 of the right name; the outermost columns stay "too far".
    private static int BandedDistance<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int limit, Span<int> rows)
        where T : IEquatable<T>
    {
        int width = (2 * limit) + 3;
        int tooFar = limit + 1;
        Span<int> before = rows[..width];
        Span<int> previous = rows.Slice(width, width);
        Span<int> current = rows.Slice(2 * width, width);
        rows.Fill(tooFar);
        for (int column = limit + 1; column < width - 1; column++)
            previous[column] = column - limit - 1;

        for (int i = 1; i <= left.Length; i++)
        {
            current.Fill(tooFar);
            bool isWithin = false;
            for (int column = 1; column < width - 1; column++)
            {
                int j = i + column - limit - 1;
                if (j < 0 || j > right.Length)
                    continue;
                int cost = Cell(left, right, i, j, previous[column + 1], current[column - 1], previous[column], before[column]);
                current[column] = Math.Min(cost, tooFar);
                isWithin |= cost <= limit;
            }

            if (!isWithin)
                return tooFar;
            Span<int> oldest = before;
            before = previous;
            previous = current;
            current = oldest;
        }

        return previous[right.Length - left.Length + limit + 1];
    }

    private static int Cell<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int i, int j, int above, int beside, int diagonal, int swap)
        where T : IEquatable<T>
    {
        if (j == 0)
            return i;
        int cost = Math.Min(Math.Min(above, beside) + 1, diagonal + (left[i - 1].Equals(right[j - 1]) ? 0 : 1));
        bool isSwap = i > 1 && j > 1 && left[i - 1].Equals(right[j - 2]) && left[i - 2].Equals(right[j - 1]);
        return isSwap ? Math.Min(cost, swap + 1) : cost;
    }
}
