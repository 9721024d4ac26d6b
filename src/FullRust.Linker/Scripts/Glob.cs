// File-name patterns as in scripts and options: "*" any run (also across "/"), "?" one byte, "[a-z]", "[!a]" and "[^a]" sets, and a
// backslash that takes the next byte as it is (POSIX fnmatch without flags, which is what GNU ld uses).

using System;
using System.Text;

namespace FullRust.Linker.Scripts;

/// <summary>A compiled pattern over bytes. Thread-safe.</summary>
internal sealed class Glob
{
    private readonly byte[] _pattern;
    private readonly byte[]? _literal;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern; UTF-8 when it is compared.</param>
    internal Glob(string pattern)
    {
        Text = pattern;
        _pattern = Encoding.UTF8.GetBytes(pattern);
        _literal = pattern.AsSpan().IndexOfAny("*?[\\") < 0 ? _pattern : null;
    }

    /// <summary>The pattern as it was written.</summary>
    internal string Text { get; }

    /// <summary>Whether it matches every name.</summary>
    internal bool MatchesAll => _pattern is [(byte)'*'];

    /// <summary>Whether it matches one name only, itself.</summary>
    internal bool IsLiteral => _literal is not null;

    /// <summary>Whether a set begins and does not end.</summary>
    internal static bool HasOpenSet(string pattern)
    {
        for (int at = 0; (at = pattern.IndexOf('[', at)) >= 0;)
        {
            int close = at + 2 < pattern.Length ? pattern.IndexOf(']', at + 2) : -1;
            if (close < 0)
                return true;
            at = close + 1;
        }

        return false;
    }

    /// <summary>Whether a name matches. Time is at most the product of both lengths.</summary>
    /// <param name="name">The name's bytes.</param>
    /// <returns>True for a match of the whole name.</returns>
    internal bool Matches(ReadOnlySpan<byte> name) => _literal is not null ? name.SequenceEqual(_literal) : Matches(_pattern, name);

    /// <summary>Whether a name matches.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True for a match of the whole name.</returns>
    internal bool Matches(string name) => MatchesAll || Matches(Encoding.UTF8.GetBytes(name));

    /// <summary>One star is remembered at a time: after a mismatch it takes one byte more, which suffices because a later star
    /// can always stand for what an earlier one would have taken.</summary>
    private static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name)
    {
        int p = 0;
        int n = 0;
        int star = -1;
        int afterStar = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                afterStar = n;
            }
            else if (p < pattern.Length && MatchOne(pattern, ref p, name[n]))
            {
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++afterStar;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    private static bool MatchOne(ReadOnlySpan<byte> pattern, ref int p, byte c)
    {
        switch (pattern[p])
        {
            case (byte)'?':
                p++;
                return true;
            case (byte)'[' when TryMatchSet(pattern, ref p, c, out bool isMember):
                return isMember;
            case (byte)'\\' when p + 1 < pattern.Length:
                p += 2;
                return pattern[p - 1] == c;
            default:
                return pattern[p++] == c;
        }
    }

    /// <summary>Matches a bracket expression; one that is not closed is an ordinary bracket.</summary>
    private static bool TryMatchSet(ReadOnlySpan<byte> pattern, ref int p, byte c, out bool isMember)
    {
        int i = p + 1;
        bool isNegated = i < pattern.Length && (pattern[i] is (byte)'!' or (byte)'^');
        if (isNegated)
            i++;
        int first = i;
        isMember = false;
        for (; i < pattern.Length && (pattern[i] != ']' || i == first); i++)
        {
            byte low = pattern[i];
            byte high = low;
            if (i + 2 < pattern.Length && pattern[i + 1] == '-' && pattern[i + 2] != ']')
            {
                high = pattern[i + 2];
                i += 2;
            }

            isMember |= low <= c && c <= high;
        }

        if (i >= pattern.Length)
            return false;
        p = i + 1;
        isMember ^= isNegated;
        return true;
    }
}
