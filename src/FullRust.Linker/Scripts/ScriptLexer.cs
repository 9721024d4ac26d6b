// Cuts a script into tokens. What a token is depends on where it stands: "a-b*.o" is one name among file and section patterns and
// five tokens in an expression. The parser therefore asks for a token in the mode that it expects, and looks ahead in that mode.

using System;

namespace FullRust.Linker.Scripts;

/// <summary>Where a token stands.</summary>
internal enum LexMode
{
    /// <summary>Names, files and patterns: everything but blanks, braces, parentheses, commas, semicolons and quotes.</summary>
    Name,

    /// <summary>As <see cref="Name"/>, and <c>=</c> ends it too: the first word of a statement, perhaps an assignment's left side.</summary>
    Statement,

    /// <summary>As <see cref="Statement"/>, and <c>:</c> ends it too: the name of an output section or program header.</summary>
    Label,

    /// <summary>Operators, numbers and symbol names.</summary>
    Expression,
}

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the script.</summary>
    End,

    /// <summary>A name, file, pattern or number.</summary>
    Word,

    /// <summary>A name in quotes; the text is without them.</summary>
    Quoted,

    /// <summary>An operator or punctuation.</summary>
    Sign,
}

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters.</param>
/// <param name="Start">First character in the script.</param>
/// <param name="End">The character after it.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End)
{
    /// <summary>Whether it is this sign.</summary>
    internal bool Is(string sign) => Kind == TokenKind.Sign && Text == sign;

    /// <summary>Whether it is this word without quotes.</summary>
    internal bool IsWord(string word) => Kind == TokenKind.Word && Text == word;

    /// <summary>Whether it can be a name.</summary>
    internal bool IsName => Kind is TokenKind.Word or TokenKind.Quoted;
}

/// <summary>Cuts one script into tokens.</summary>
/// <param name="file">The script.</param>
internal sealed class ScriptLexer(ScriptFile file)
{
    // Longest first: the first that fits is taken.
    private static readonly string[] _signs = ["<<=", ">>=", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=", "*=", "/=", "&=", "|=", "^="];

    private readonly string _text = file.Text;

    /// <summary>The next character to read. The parser sets it to take a token or to go back.</summary>
    internal int Position { get; set; }

    /// <summary>The script.</summary>
    internal ScriptFile File => file;

    /// <summary>Reads the token at <see cref="Position"/> without taking it.</summary>
    /// <param name="mode">Where it stands.</param>
    /// <returns>The token.</returns>
    internal Token Peek(LexMode mode)
    {
        int start = SkipBlanks(Position);
        if (start >= _text.Length)
            return new Token(TokenKind.End, "", _text.Length, _text.Length);
        char c = _text[start];
        if (c == '"')
            return Quoted(start);
        int end = mode == LexMode.Expression ? EndOfSymbol(start) : EndOfName(start, mode);
        return end > start ? new Token(TokenKind.Word, _text[start..end], start, end) : Sign(start);
    }

    /// <summary>Takes the next token.</summary>
    /// <param name="mode">Where it stands.</param>
    /// <returns>The token.</returns>
    internal Token Next(LexMode mode)
    {
        Token token = Peek(mode);
        Position = token.End;
        return token;
    }

    /// <summary>An error at a place of this script.</summary>
    internal ScriptException Error(int offset, string message) => new(new ScriptPlace(file, offset), message);

    /// <summary>An error about a token that is not what must stand there.</summary>
    internal ScriptException Expected(string what, Token token) =>
        Error(token.Start, token.Kind == TokenKind.End ? "unexpected EOF" : $"{what} expected, but got {token.Text}");

    private Token Quoted(int start)
    {
        int close = _text.IndexOf('"', start + 1);
        if (close < 0)
            throw Error(start, "unclosed quote");
        return new Token(TokenKind.Quoted, _text[(start + 1)..close], start, close + 1);
    }

    private Token Sign(int start)
    {
        foreach (string sign in _signs)
        {
            if (string.CompareOrdinal(_text, start, sign, 0, sign.Length) == 0)
                return new Token(TokenKind.Sign, sign, start, start + sign.Length);
        }

        return new Token(TokenKind.Sign, _text[start].ToString(), start, start + 1);
    }

    private int SkipBlanks(int at)
    {
        while (at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[at]) || _text[at] == '\0')
                at++;
            else if (_text[at] == '#')
                at = EndOfLine(at);
            else if (string.CompareOrdinal(_text, at, "/*", 0, 2) == 0)
                at = EndOfComment(at);
            else
                break;
        }

        return at;
    }

    private int EndOfLine(int at)
    {
        int end = _text.IndexOf('\n', at);
        return end < 0 ? _text.Length : end;
    }

    private int EndOfComment(int at)
    {
        int end = _text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        return end < 0 ? throw Error(at, "unclosed comment in a linker script") : end + 2;
    }

    private int EndOfName(int at, LexMode mode)
    {
        int start = at;
        while (at < _text.Length && !EndsName(at, start, mode))
            at++;
        return at;
    }

    private bool EndsName(int at, int start, LexMode mode)
    {
        char c = _text[at];
        if (char.IsWhiteSpace(c) || c is '{' or '}' or '(' or ')' or ',' or ';' or '"' or '\0')
            return true;
        if (c == '/' && at + 1 < _text.Length && _text[at + 1] == '*' && !IsPatternSlash(at, start))
            return true;
        return (c == '=' && mode != LexMode.Name) || (c == ':' && mode == LexMode.Label);
    }

    /// <summary><c>*/*.o</c> is a pattern: "/*" inside a word begins a comment only if it is closed.</summary>
    private bool IsPatternSlash(int at, int start) => at > start && _text.IndexOf("*/", at + 2, StringComparison.Ordinal) < 0;

    private int EndOfSymbol(int at)
    {
        while (at < _text.Length && (char.IsLetterOrDigit(_text[at]) || _text[at] is '_' or '.' or '$' or '\\' or '@'))
            at++;
        return at;
    }
}
