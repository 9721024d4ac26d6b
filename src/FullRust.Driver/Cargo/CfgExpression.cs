// Cargo's `cfg(…)` expressions in `[target.'cfg(…)']` tables: all, any, not, names, and name = "value" (Cargo Book, "Platform specific
// dependencies"). Needed to know whether such a table applies to our target.

using System;
using System.Collections.Generic;

namespace FullRust.Driver.Cargo;

/// <summary>Evaluates <c>cfg(…)</c> expressions against what <c>rustc --print cfg</c> prints.</summary>
internal ref struct CfgExpression
{
    private readonly IReadOnlySet<string> _facts;
    private ReadOnlySpan<char> _rest;

    private CfgExpression(ReadOnlySpan<char> text, IReadOnlySet<string> facts)
    {
        _rest = text;
        _facts = facts;
    }

    /// <summary>Whether a table's key applies.</summary>
    /// <param name="key">A triple, or <c>cfg(…)</c>.</param>
    /// <param name="triple">The triple built for.</param>
    /// <param name="facts">Lines such as <c>unix</c> and <c>target_os="linux"</c>.</param>
    /// <returns>False also for an expression that cannot be read: cargo reports those itself.</returns>
    internal static bool Applies(string key, string triple, IReadOnlySet<string> facts)
    {
        if (!key.StartsWith("cfg(", StringComparison.Ordinal) || !key.EndsWith(')'))
            return key == triple;
        var expression = new CfgExpression(key.AsSpan()[4..^1], facts);
        return expression.TryEvaluate(out bool value) && expression._rest.Trim().IsEmpty && value;
    }

    private bool TryEvaluate(out bool value)
    {
        value = false;
        string name = TakeName();
        if (name.Length == 0)
            return false;
        if (Take('('))
            return TryEvaluateList(name, out value);
        string fact = name;
        if (Take('='))
        {
            int end = Take('"') ? _rest.IndexOf('"') : -1;
            if (end < 0)
                return false;
            fact = $"{name}=\"{_rest[..end]}\"";
            _rest = _rest[(end + 1)..];
        }

        value = fact == "true" || (fact != "false" && _facts.Contains(fact));
        return true;
    }

    private bool TryEvaluateList(string name, out bool value)
    {
        int count = 0, trueCount = 0;
        value = false;
        while (!Take(')'))
        {
            if (!TryEvaluate(out bool element))
                return false;
            count++;
            trueCount += element ? 1 : 0;
            if (!Take(',') && !_rest.TrimStart().StartsWith(")"))
                return false;
        }

        value = name switch { "all" => trueCount == count, "any" => trueCount > 0, _ => trueCount == 0 };
        return name is "all" or "any" || (name == "not" && count == 1);
    }

    private string TakeName()
    {
        _rest = _rest.TrimStart();
        int length = 0;
        while (length < _rest.Length && (char.IsAsciiLetterOrDigit(_rest[length]) || _rest[length] == '_'))
            length++;
        string name = _rest[..length].ToString();
        _rest = _rest[length..];
        return name;
    }

    private bool Take(char wanted)
    {
        _rest = _rest.TrimStart();
        if (_rest.IsEmpty || _rest[0] != wanted)
            return false;
        _rest = _rest[1..];
        return true;
    }
}
