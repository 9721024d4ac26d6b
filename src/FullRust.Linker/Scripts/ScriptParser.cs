// Reads linker scripts: this file the commands outside SECTIONS and what all levels share, the other parts SECTIONS, and MEMORY and
// PHDRS. What is not supported is an error with its name: ignoring half a script makes wrong programs.

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
        int opened = _lexer.Position;
        while (true)
        {
            Token token = _lexer.Peek(LexMode.Statement);
            if (token.Kind == TokenKind.End && close is not null)
                throw _lexer.Error(Math.Max(opened - 1, 0), $"'{close}' expected before the end of the file");
            if (token.Kind == TokenKind.End)
                return;
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
            throw new ScriptException(place, $"INCLUDE of '{name}': too many files, or a file that includes itself");
        if (_files is null)
            throw new ScriptException(place, "INCLUDE is not possible here");
        if (!_files.TryRead(name, place.File.Path, out ScriptFile file, out string error))
            throw new ScriptException(place, $"cannot open {name}: {error}");
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
            if (assignment.Symbol == ".")
                throw new ScriptException(place, "the location counter can be set inside SECTIONS only");
            commands.Add(assignment);
        }
        else if (token.Kind == TokenKind.Word && ParseNamedCommand(token, place) is { } command)
        {
            commands.Add(command);
        }
        else if (token.Kind != TokenKind.Word || !SkipCommand(token.Text))
        {
            throw new ScriptException(place, $"unknown command '{token.Text}'");
        }
    }

    private ScriptCommand? ParseNamedCommand(Token token, ScriptPlace place) => token.Text switch
    {
        "INPUT" or "GROUP" => new InputCommand(place, ParseInputs(), IsStartup: false),
        "STARTUP" => new InputCommand(place, ParseInputs(), IsStartup: true),
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
                throw _lexer.Error(token.Start, "'}' expected before the end of the file");
            depth += token.Is("{") ? 1 : token.Is("}") ? -1 : 0;
        }
    }

    private List<ScriptInput> ParseInputs()
    {
        var inputs = new List<ScriptInput>();
        Expect("(");
        ParseInputList(inputs, isAsNeeded: false);
        return inputs;
    }

    private void ParseInputList(List<ScriptInput> inputs, bool isAsNeeded)
    {
        while (true)
        {
            Token token = _lexer.Next(LexMode.Name);
            if (token.Is(")"))
                return;
            if (token.Is(","))
                continue;
            if (!token.IsName)
                throw Unexpected(token);
            if (token.IsWord("AS_NEEDED"))
            {
                if (isAsNeeded)
                    throw _lexer.Error(token.Start, "AS_NEEDED inside AS_NEEDED");
                Expect("(");
                ParseInputList(inputs, isAsNeeded: true);
                continue;
            }

            bool isLibrary = token.Text.StartsWith("-l", StringComparison.Ordinal);
            string name = isLibrary ? token.Text[2..] : token.Text;
            if (name.Length == 0 && _lexer.Peek(LexMode.Name).IsName)
                name = _lexer.Next(LexMode.Name).Text;
            inputs.Add(new ScriptInput(Place(token), name, isLibrary, isAsNeeded));
        }
    }

    private RegionAliasCommand ParseRegionAlias(ScriptPlace place)
    {
        List<string> names = ParseNamesInParentheses();
        return names.Count == 2 ? new RegionAliasCommand(place, names[0], names[1]) : throw new ScriptException(place, "REGION_ALIAS needs an alias and a region");
    }

    private AssertCommand ParseAssert(ScriptPlace place)
    {
        Expect("(");
        Expression condition = _expressions.Parse();
        Expect(",");
        string message = NextName();
        Expect(")");
        SkipSemicolon();
        return new AssertCommand(place, condition, message);
    }

    private AssignmentCommand ParseProvide(AssignmentKind kind)
    {
        Expect("(");
        Token symbol = _lexer.Next(LexMode.Statement);
        if (!symbol.IsName || symbol.Text == ".")
            throw Unexpected(symbol);
        Expect("=");
        Expression value = _expressions.Parse();
        Expect(")");
        SkipSemicolon();
        return new AssignmentCommand(Place(symbol), symbol.Text, value, kind);
    }

    /// <summary>Reads the rest of an assignment if an assignment operator follows. In <c>a+=1</c> the lexer has taken <c>a+</c>.</summary>
    private bool TryParseAssignment(Token name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AssignmentCommand? assignment)
    {
        assignment = null;
        string symbol = name.Text;
        string sign = "=";
        bool isJoined = name.Kind == TokenKind.Word && name.End < _lexer.File.Text.Length && _lexer.File.Text[name.End] == '=';
        string joined = isJoined ? TrailingOperator(symbol) : "";
        Token token = _lexer.Peek(LexMode.Expression);
        if (joined.Length > 0)
            (symbol, sign) = (symbol[..^joined.Length], joined + "=");
        else if (token.Kind == TokenKind.Sign && token.Text is "=" or "+=" or "-=" or "*=" or "/=" or "<<=" or ">>=" or "&=" or "|=" or "^=")
            sign = token.Text;
        else
            return false;
        _lexer.Position = joined.Length > 0 ? name.End + 1 : token.End;
        Expression value = _expressions.Parse();
        if (sign != "=")
            value = new BinaryExpression(Place(name), CompoundOperator(sign), new SymbolExpression(Place(name), symbol), value);
        Token end = _lexer.Next(LexMode.Expression);
        if (!end.Is(";") && !end.Is(","))
            throw _lexer.Error(end.Start, "';' expected" + (end.Kind == TokenKind.End ? "" : $" instead of '{end.Text}'"));
        assignment = new AssignmentCommand(Place(name), symbol, value, AssignmentKind.Plain);
        return true;
    }

    private static string TrailingOperator(string symbol)
    {
        if (symbol.Length > 2 && (symbol.EndsWith("<<", StringComparison.Ordinal) || symbol.EndsWith(">>", StringComparison.Ordinal)))
            return symbol[^2..];
        return symbol.Length > 1 && symbol[^1] is '+' or '-' or '*' or '/' or '&' or '|' or '^' ? symbol[^1..] : "";
    }

    private static BinaryOperator CompoundOperator(string sign) => sign switch
    {
        "+=" => BinaryOperator.Add,
        "-=" => BinaryOperator.Subtract,
        "*=" => BinaryOperator.Multiply,
        "/=" => BinaryOperator.Divide,
        "<<=" => BinaryOperator.ShiftLeft,
        ">>=" => BinaryOperator.ShiftRight,
        "&=" => BinaryOperator.And,
        "|=" => BinaryOperator.Or,
        _ => BinaryOperator.ExclusiveOr,
    };

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
        while (true)
        {
            Token token = _lexer.Next(LexMode.Name);
            if (token.Is(")"))
                return names;
            if (token.IsName)
                names.Add(token.Text);
            else if (!token.Is(","))
                throw Unexpected(token);
        }
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
        return token.IsName ? token.Text : throw _lexer.Error(token.Start, "name expected" + (token.Kind == TokenKind.End ? "" : $" instead of '{token.Text}'"));
    }

    private void Expect(string sign)
    {
        Token token = _lexer.Next(LexMode.Expression);
        if (!token.Is(sign))
            throw _lexer.Error(token.Start, $"'{sign}' expected" + (token.Kind == TokenKind.End ? " before the end of the file" : $" instead of '{token.Text}'"));
    }

    private void SkipSemicolon()
    {
        Token token = _lexer.Peek(LexMode.Expression);
        if (token.Is(";"))
            _lexer.Position = token.End;
    }

    private ScriptException Unexpected(Token token) =>
        _lexer.Error(token.Start, token.Kind == TokenKind.End ? "unexpected end of the file" : $"unexpected '{token.Text}'");

    private ScriptPlace Place(Token token) => new(_lexer.File, token.Start);
}
