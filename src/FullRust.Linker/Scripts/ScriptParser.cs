// Reads linker scripts: this file the commands outside SECTIONS and what all levels share; the other parts are named after
// theirs. What is not supported is an error with its name: ignoring half a script makes wrong programs.

using System;
using System.Collections.Generic;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Scripts;

/// <summary>Reads one script with the files that it includes. Not thread-safe.</summary>
internal sealed partial class ScriptParser
{
    private const int IncludeDepthLimit = 32;
    private const int IncludeLimit = 1000;

    private readonly IScriptFiles? _files;
    private readonly List<string> _includes = [];
    private ScriptLexer _lexer;
    private ExpressionParser _expressions;
    private int _includeDepth;

    private ScriptParser(ScriptFile file, IScriptFiles? files)
    {
        _files = files;
        _lexer = new ScriptLexer(file);
        _expressions = new ExpressionParser(_lexer);
    }

    /// <summary>Reads a script.</summary>
    /// <param name="file">The script.</param>
    /// <param name="files">Finds what it includes; null refuses <c>INCLUDE</c>.</param>
    /// <param name="sink">Receives the first error.</param>
    /// <returns>The script, or null after an error.</returns>
    internal static Script? TryParse(ScriptFile file, IScriptFiles? files, DiagnosticSink sink)
    {
        var parser = new ScriptParser(file, files);
        var commands = new List<ScriptCommand>();
        try
        {
            parser.ParseItems(null, () => parser.ParseTopLevel(commands));
            return new Script(file, commands, parser._includes);
        }
        catch (ScriptException e)
        {
            e.Place.ReportError(sink, e.Message);
            return null;
        }
    }

    /// <summary>Reads items up to a closing sign, or to the end of the file; an <c>INCLUDE</c> stands for the items in its file.</summary>
    private void ParseItems(string? close, Action parseItem)
    {
        while (true)
        {
            Token token = _lexer.Peek(LexMode.Statement);
            if (token.Kind == TokenKind.End)
            {
                if (close is null)
                    return;
                throw _lexer.Expected(close, token);
            }

            if (close is not null && token.Is(close))
            {
                _lexer.Position = token.End;
                return;
            }

            if (token.Is(";"))
                _lexer.Position = token.End;
            else if (token.IsWord("INCLUDE"))
                ParseInclude(parseItem);
            else
                parseItem();
        }
    }

    private void ParseInclude(Action parseItem)
    {
        ScriptPlace place = Place(_lexer.Next(LexMode.Statement));
        string name = NextName();
        if (_includeDepth >= IncludeDepthLimit || _includes.Count >= IncludeLimit)
            throw new ScriptException(place, "there is a cycle in linker script INCLUDEs, or too many files");
        if (_files is null)
            throw new ScriptException(place, "INCLUDE is not possible here");
        if (!_files.TryRead(name, place.File.Path, out ScriptFile file, out string error))
            throw new ScriptException(place, $"cannot find linker script {name}: {error}");
        _includes.Add(file.Path);
        (ScriptLexer lexer, ExpressionParser expressions) = (_lexer, _expressions);
        _lexer = new ScriptLexer(file);
        _expressions = new ExpressionParser(_lexer);
        _includeDepth++;
        ParseItems(null, parseItem);
        _includeDepth--;
        (_lexer, _expressions) = (lexer, expressions);
    }

    private void ParseTopLevel(List<ScriptCommand> commands)
    {
        Token token = _lexer.Next(LexMode.Statement);
        ScriptPlace place = Place(token);
        if (!token.IsName)
            throw Unexpected(token);
        if (TryParseAssignment(token, out AssignmentCommand? assignment))
        {
            commands.Add(assignment);
        }
        else if (token.Kind == TokenKind.Word && ParseNamedCommand(token, place) is { } command)
        {
            commands.Add(command);
        }
        else if (token.Kind != TokenKind.Word || !SkipCommand(token.Text))
        {
            throw new ScriptException(place, $"unknown directive: {token.Text}");
        }
    }

    private ScriptCommand? ParseNamedCommand(Token token, ScriptPlace place) => token.Text switch
    {
        "INPUT" or "GROUP" => new InputCommand(place, ParseInputs()),
        "STARTUP" => new InputCommand(place, ParseInputs().ConvertAll(static i => i with { ComesFirst = true })),
        "ENTRY" => new EntryCommand(place, ParseNameInParentheses()),
        "EXTERN" => new ExternCommand(place, ParseNamesInParentheses()),
        "OUTPUT" => new OutputCommand(place, ParseNameInParentheses()),
        "OUTPUT_FORMAT" => new OutputFormatCommand(place, ParseNamesInParentheses()),
        "OUTPUT_ARCH" => new OutputArchCommand(place, ParseNameInParentheses()),
        "SEARCH_DIR" => new SearchDirCommand(place, ParseNameInParentheses()),
        "REGION_ALIAS" => ParseRegionAlias(place),
        "SECTIONS" => ParseSections(place),
        "MEMORY" => ParseMemory(place),
        "PHDRS" => ParseProgramHeaders(place),
        "NOCROSSREFS" => new NoCrossReferencesCommand(place, ParseNamesInParentheses(), FromFirstOnly: false),
        "NOCROSSREFS_TO" => new NoCrossReferencesCommand(place, ParseNamesInParentheses(), FromFirstOnly: true),
        "INSERT" => throw new ScriptException(place, "INSERT must follow SECTIONS"),
        _ => ParseSymbolCommand(token, place),
    };

    /// <summary>Commands that stand outside SECTIONS and at every level inside.</summary>
    private ScriptCommand? ParseSymbolCommand(Token token, ScriptPlace place) => token.Text switch
    {
        "ASSERT" => ParseAssert(place),
        "PROVIDE" => ParseProvide(AssignmentKind.Provide),
        "PROVIDE_HIDDEN" => ParseProvide(AssignmentKind.ProvideHidden),
        "HIDDEN" => ParseProvide(AssignmentKind.Hidden),
        _ => null,
    };

    /// <summary>Commands without meaning for a static ELF executable.</summary>
    private bool SkipCommand(string name)
    {
        switch (name)
        {
            case "TARGET" or "LD_FEATURE":
                ParseNamesInParentheses();
                return true;
            case "FORCE_COMMON_ALLOCATION" or "INHIBIT_COMMON_ALLOCATION" or "FORCE_GROUP_ALLOCATION" or "FLOAT" or "NOFLOAT":
                return true;
            case "VERSION":
                SkipBraces();
                return true;
            default:
                return false;
        }
    }

    private void SkipBraces()
    {
        Expect("{");
        int depth = 1;
        while (depth > 0)
        {
            Token token = _lexer.Next(LexMode.Name);
            if (token.Kind == TokenKind.End)
                throw _lexer.Expected("}", token);
            depth += token.Is("{") ? 1 : token.Is("}") ? -1 : 0;
        }
    }

    private string ParseNameInParentheses()
    {
        Expect("(");
        string name = NextName();
        Expect(")");
        return name;
    }

    private List<string> ParseNamesInParentheses()
    {
        var names = new List<string>();
        Expect("(");
        while (TryNextInList(out Token name))
            names.Add(name.Text);
        return names;
    }

    // The next name of a list that ends with a closing parenthesis; commas between names may be left out.
    private bool TryNextInList(out Token name)
    {
        do
            name = _lexer.Next(LexMode.Name);
        while (name.Is(","));
        if (!name.IsName && !name.Is(")"))
            throw Unexpected(name);
        return name.IsName;
    }

    private Expression ParseExpressionInParentheses()
    {
        Expect("(");
        Expression expression = _expressions.Parse();
        Expect(")");
        return expression;
    }

    private string NextName()
    {
        Token token = _lexer.Next(LexMode.Name);
        return token.IsName ? token.Text : throw _lexer.Expected("name", token);
    }

    private void Expect(string sign)
    {
        Token token = _lexer.Next(LexMode.Expression);
        if (!token.Is(sign))
            throw _lexer.Expected(sign, token);
    }

    private void SkipSemicolon()
    {
        Token token = _lexer.Peek(LexMode.Expression);
        if (token.Is(";"))
            _lexer.Position = token.End;
    }

    private ScriptException Unexpected(Token token) =>
        _lexer.Error(token.Start, token.Kind == TokenKind.End ? "unexpected EOF" : $"unexpected {token.Text}");

    private ScriptPlace Place(Token token) => new(_lexer.File, token.Start);
}
