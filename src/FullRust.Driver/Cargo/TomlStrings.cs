// The string values of a TOML 1.0 document under their full keys: enough to read profiles from a manifest. Values of other types are stepped
// over. What is not TOML ends the reading quietly, since cargo reads the same file and says what is wrong with it.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace FullRust.Driver.Cargo;

/// <summary>Reads strings from TOML.</summary>
internal ref struct TomlStrings
{
    private readonly Dictionary<string, string> _values = [];
    private ReadOnlySpan<char> _rest;

    private TomlStrings(ReadOnlySpan<char> text) => _rest = text;

    /// <summary>All values that are strings; the parts of a key are joined by <see cref="Key"/>. Elements of arrays are left out.</summary>
    /// <param name="text">The document.</param>
    internal static IReadOnlyDictionary<string, string> Read(string text)
    {
        var reader = new TomlStrings(text);
        reader.ReadDocument();
        return reader._values;
    }

    /// <summary>The name under which a value is kept.</summary>
    internal static string Key(params string[] parts) => string.Join('\u001f', parts);

    private void ReadDocument()
    {
        string[] table = [];
        while (SkipBlank(lines: true))
        {
            if (_rest[0] == '[')
            {
                bool isArray = _rest.StartsWith("[[");
                _rest = _rest[(isArray ? 2 : 1)..];
                if (!TryReadKey(out string[] header) || !Take(']') || (isArray && !Take(']')))
                    return;
                // Tables of an array have no name of their own.
                table = isArray ? [.. header, ""] : header;
            }
            else if (!TryReadPair(table))
            {
                return;
            }
        }
    }

    private bool TryReadPair(string[] table)
    {
        return TryReadKey(out string[] key) && Take('=') && TryReadValue([.. table, .. key]);
    }

    private bool TryReadKey(out string[] key)
    {
        var parts = new List<string>();
        key = [];
        do
        {
            SkipBlank(lines: false);
            if (_rest.IsEmpty)
                return false;
            int length = 0;
            if (_rest[0] is '"' or '\'')
            {
                if (!TryReadString(out string quoted))
                    return false;
                parts.Add(quoted);
                continue;
            }

            while (length < _rest.Length && (char.IsAsciiLetterOrDigit(_rest[length]) || _rest[length] is '_' or '-'))
                length++;
            if (length == 0)
                return false;
            parts.Add(_rest[..length].ToString());
            _rest = _rest[length..];
        }
        while (Take('.'));
        key = [.. parts];
        return true;
    }

    // Arrays and inline tables nest by a stack of closing brackets, so that no input makes this recurse.
    private bool TryReadValue(string[] key)
    {
        var open = new Stack<(char Close, string[] Key)>();
        do
        {
            if (!SkipBlank(lines: open.Count > 0))
                return false;
            if (open.TryPeek(out (char Close, string[] Key) inner) && Take(inner.Close))
            {
                open.Pop();
            }
            else if (open.Count > 0 && Take(','))
            {
                continue;
            }
            else
            {
                string[] own = key;
                if (inner.Close == '}' && (!TryReadKey(out string[] name) || !Take('=') || !SetKey(out own, inner.Key, name)))
                    return false;
                if (inner.Close == ']')
                    own = [.. inner.Key, ""];
                if (Take('['))
                    open.Push((']', own));
                else if (Take('{'))
                    open.Push(('}', own));
                else if (!TryReadScalar(own))
                    return false;
            }
        }
        while (open.Count > 0);
        return true;
    }

    private static bool SetKey(out string[] own, string[] table, string[] name)
    {
        own = [.. table, .. name];
        return true;
    }

    private bool TryReadScalar(string[] key)
    {
        SkipBlank(lines: false);
        if (!_rest.IsEmpty && _rest[0] is '"' or '\'')
        {
            if (!TryReadString(out string text))
                return false;
            if (!key.Contains(""))
                _values.TryAdd(Key(key), text);
            return true;
        }

        int length = _rest.IndexOfAny(",]}#\n");
        if (length < 0)
            length = _rest.Length;
        _rest = _rest[length..];
        return length > 0;
    }

    private bool TryReadString(out string text)
    {
        char quote = _rest[0];
        bool isLong = _rest.Length > 2 && _rest[1] == quote && _rest[2] == quote;
        _rest = _rest[(isLong ? 3 : 1)..];
        var read = new StringBuilder();
        text = "";
        for (int at = 0; at < _rest.Length; at++)
        {
            char c = _rest[at];
            if (c == quote && (!isLong || _rest[at..].StartsWith([quote, quote, quote])))
            {
                _rest = _rest[(at + (isLong ? 3 : 1))..];
                text = read.ToString();
                return true;
            }

            if (c == '\n' && !isLong)
                return false;
            if (c == '\\' && quote == '"')
                at += Unescape(_rest[(at + 1)..], read);
            else
                read.Append(c);
        }

        return false;
    }

    /// <summary>Appends what an escape means; returns how many characters it has after the backslash.</summary>
    private static int Unescape(ReadOnlySpan<char> escape, StringBuilder text)
    {
        if (escape.IsEmpty)
            return 0;
        int digits = escape[0] switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && escape.Length > digits && int.TryParse(escape.Slice(1, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int code)
            && Rune.IsValid(code))
        {
            text.Append(new Rune(code).ToString());
            return 1 + digits;
        }

        text.Append(escape[0] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', 'e' => '\u001b', var c => c });
        return 1;
    }

    private bool Take(char wanted)
    {
        SkipBlank(lines: false);
        if (_rest.IsEmpty || _rest[0] != wanted)
            return false;
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Steps over blanks and comments; false at the end.</summary>
    private bool SkipBlank(bool lines)
    {
        while (!_rest.IsEmpty)
        {
            if (_rest[0] == '#')
                _rest = _rest[(_rest.IndexOf('\n') is var end and >= 0 ? end : _rest.Length)..];
            else if (_rest[0] is ' ' or '\t' || (lines && _rest[0] is '\n' or '\r'))
                _rest = _rest[1..];
            else
                break;
        }

        return !_rest.IsEmpty;
    }
}
