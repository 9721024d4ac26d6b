// Version scripts and dynamic lists choose dynamic symbols, which a static executable does not have. They are read all the same, so
// that a malformed one is an error here as it is elsewhere.

using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Scripts;

/// <summary>Checks version scripts and dynamic lists: <c>[NAME] { [global:] PATTERN; [local:] PATTERN; extern "C" { .. }; } [NAME];</c></summary>
internal sealed class VersionScript
{
    private const int NestingLimit = 16;
    private readonly ScriptLexer _lexer;

    private VersionScript(ScriptFile file) => _lexer = new ScriptLexer(file);

    /// <summary>Checks a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="sink">Receives an error if it does not open or is malformed.</param>
    internal static void Check(string path, DiagnosticSink sink)
    {
        if (!TextFile.TryRead(path, out string text, out string error))
        {
            sink.Error(DiagnosticId.CannotOpen, $"cannot find version script {path}: {error}");
            return;
        }

        try
        {
            new VersionScript(new ScriptFile(path, text)).ParseNodes();
        }
        catch (ScriptException e)
        {
            e.Place.ReportError(sink, e.Message);
        }
    }

    private void ParseNodes()
    {
        while (Peek().Kind != TokenKind.End)
        {
            Token token = Next();
            if (token.IsName)
                token = Next();
            if (!token.Is("{"))
                throw _lexer.Error(token.Start, "'{' expected");
            ParsePatterns(0);
            while (Peek().IsName)
                Next();
            ExpectSemicolon();
        }
    }

    private void ParsePatterns(int nesting)
    {
        while (true)
        {
            Token token = Next();
            if (token.Is("}"))
                return;
            if (!token.IsName)
                throw _lexer.Error(token.Start, token.Kind == TokenKind.End ? "'}' expected before the end of the file" : $"unexpected '{token.Text}'");
            if (Peek().Is(":"))
                ParseScope(token);
            else if (token.IsWord("extern") && Peek().Kind == TokenKind.Quoted)
                ParseExtern(nesting);
            else if (!Peek().Is("}"))
                ExpectSemicolon();
        }
    }

    private void ParseScope(Token scope)
    {
        if (scope.Text is not ("global" or "local"))
            throw _lexer.Error(scope.Start, $"'global' or 'local' expected instead of '{scope.Text}'");
        Next();
    }

    private void ParseExtern(int nesting)
    {
        Token language = Next();
        if (language.Text is not ("C" or "C++" or "Java"))
            throw _lexer.Error(language.Start, $"unknown language '{language.Text}'");
        Token open = Next();
        if (!open.Is("{") || nesting >= NestingLimit)
            throw _lexer.Error(open.Start, open.Is("{") ? "nested too deeply" : "'{' expected");
        ParsePatterns(nesting + 1);
        if (Peek().Is(";"))
            Next();
    }

    private void ExpectSemicolon()
    {
        Token token = Next();
        if (!token.Is(";"))
            throw _lexer.Error(token.Start, "';' expected" + (token.Kind == TokenKind.End ? " before the end of the file" : $" instead of '{token.Text}'"));
    }

    /// <summary>Names end at a colon, except that patterns may hold "::" of C++ names.</summary>
    private Token Peek()
    {
        Token token = _lexer.Peek(LexMode.Name);
        int colon = token.Kind == TokenKind.Word ? token.Text.IndexOf(':') : -1;
        if (colon < 0 || token.Text.Contains("::"))
            return token;
        return colon == 0
            ? new Token(TokenKind.Sign, ":", token.Start, token.Start + 1)
            : new Token(TokenKind.Word, token.Text[..colon], token.Start, token.Start + colon);
    }

    private Token Next()
    {
        Token token = Peek();
        _lexer.Position = token.End;
        return token;
    }
}
