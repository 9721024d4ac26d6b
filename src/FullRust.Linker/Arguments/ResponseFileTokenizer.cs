// Splits the text of a response file into arguments, by GNU's rules or by those of the Microsoft C run-time.

using System;
using System.Collections.Generic;
using System.Text;

namespace FullRust.Linker.Arguments;

/// <summary>The two quoting rules of response files.</summary>
internal static class ResponseFileTokenizer
{
    /// <summary>GNU: both kinds of quotes group, a backslash takes the next character as it is, everywhere.</summary>
    /// <param name="text">The file.</param>
    /// <param name="arguments">Receives the arguments; a quoted nothing is an empty argument.</param>
    internal static void SplitGnu(ReadOnlySpan<char> text, List<string> arguments)
    {
        var token = new StringBuilder();
        bool isOpen = false;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote == '\0' && IsBlank(c))
            {
                Flush(token, ref isOpen, arguments);
                continue;
            }

            isOpen = true;
            if (c == '\\' && i + 1 < text.Length)
                token.Append(text[++i]);
            else if (quote != '\0' ? c == quote : c is '\'' or '"')
                quote = quote == '\0' ? c : '\0';
            else
                token.Append(c);
        }

        Flush(token, ref isOpen, arguments);
    }

    /// <summary>Windows: only double quotes group; backslashes are literal except before a quote; two quotes inside quotes are one.</summary>
    /// <param name="text">The file.</param>
    /// <param name="arguments">Receives the arguments; a quoted nothing is an empty argument.</param>
    internal static void SplitWindows(ReadOnlySpan<char> text, List<string> arguments)
    {
        var token = new StringBuilder();
        bool isOpen = false;
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (!isQuoted && IsBlank(c))
            {
                Flush(token, ref isOpen, arguments);
                continue;
            }

            isOpen = true;
            if (c == '\\')
                i = AppendBackslashes(text, i, token);
            else if (c != '"')
                token.Append(c);
            else if (isQuoted && i + 1 < text.Length && text[i + 1] == '"')
                token.Append(text[++i]);
            else
                isQuoted = !isQuoted;
        }

        Flush(token, ref isOpen, arguments);
    }

    /// <summary>2n backslashes before a quote are n, and one more escapes the quote; elsewhere they stand for themselves.</summary>
    private static int AppendBackslashes(ReadOnlySpan<char> text, int at, StringBuilder token)
    {
        int end = at;
        while (end < text.Length && text[end] == '\\')
            end++;
        int count = end - at;
        if (end >= text.Length || text[end] != '"')
        {
            token.Append('\\', count);
            return end - 1;
        }

        token.Append('\\', count / 2);
        if (count % 2 == 0)
            return end - 1;
        token.Append('"');
        return end;
    }

    private static void Flush(StringBuilder token, ref bool isOpen, List<string> arguments)
    {
        if (isOpen)
            arguments.Add(token.ToString());
        token.Clear();
        isOpen = false;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r' or '\v' or '\f';
}
