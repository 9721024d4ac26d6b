// SECTIONS: output section descriptions and what stands in them.

using System.Collections.Generic;

namespace FullRust.Linker.Scripts;

internal sealed partial class ScriptParser
{
    private SectionsCommand ParseSections(ScriptPlace place)
    {
        var items = new List<ScriptCommand>();
        Expect("{");
        ParseItems("}", () => ParseSectionsItem(items));
        Token token = _lexer.Peek(LexMode.Statement);
        if (!token.IsWord("INSERT"))
            return new SectionsCommand(place, items, null, InsertsAfter: false);
        _lexer.Position = token.End;
        Token where = _lexer.Next(LexMode.Name);
        if (!where.IsWord("AFTER") && !where.IsWord("BEFORE"))
            throw _lexer.Error(where.Start, $"expected AFTER/BEFORE, but got '{where.Text}'");
        return new SectionsCommand(place, items, NextName(), where.Text == "AFTER");
    }

    private void ParseSectionsItem(List<ScriptCommand> items)
    {
        Token token = _lexer.Peek(LexMode.Label);
        if (token.IsWord("OVERLAY") && !StartsSectionNamedOverlay(token))
        {
            _lexer.Position = token.End;
            ParseOverlay(Place(token), items);
        }
        else
        {
            items.Add(ParseSectionsItem());
        }
    }

    private ScriptCommand ParseSectionsItem()
    {
        Token token = _lexer.Next(LexMode.Label);
        ScriptPlace place = Place(token);
        if (!token.IsName)
            throw Unexpected(token);
        if (TryParseAssignment(token, out AssignmentCommand? assignment))
            return assignment;
        if (token.Kind == TokenKind.Word)
        {
            if (token.Text == "ENTRY")
                return new EntryCommand(place, ParseNameInParentheses());
            if (ParseSymbolCommand(token, place) is { } command)
                return command;
        }

        return ParseOutputSection(token);
    }

    private OutputSectionCommand ParseOutputSection(Token name)
    {
        var section = new OutputSectionCommand(Place(name), name.Text, []);
        if (!_lexer.Peek(LexMode.Expression).Is(":") && !TryParseKind(ref section))
        {
            section = section with { Address = _expressions.Parse() };
            TryParseKind(ref section);
        }

        Expect(":");
        ParseAttributes(ref section);
        var statements = new List<ScriptCommand>();
        Expect("{");
        ParseItems("}", () => ParseStatement(statements));
        section = section with { Statements = statements };
        ParsePlacement(ref section);
        return section;
    }

    /// <summary>Reads <c>(NOLOAD)</c> and the like; an expression in parentheses is left alone.</summary>
    private bool TryParseKind(ref OutputSectionCommand section)
    {
        int start = _lexer.Position;
        if (_lexer.Next(LexMode.Expression).Is("("))
        {
            Token word = _lexer.Next(LexMode.Expression);
            OutputSectionKind? kind = word.Kind != TokenKind.Word ? null : word.Text switch
            {
                "NOLOAD" => OutputSectionKind.NoLoad,
                "DSECT" or "COPY" or "INFO" or "OVERLAY" => OutputSectionKind.NotAllocated,
                "READONLY" => OutputSectionKind.ReadOnly,
                "TYPE" => OutputSectionKind.Normal,
                _ => null,
            };
            if (kind is not null)
            {
                section = section with { Kind = kind.Value, Type = ParseSectionType(word) };
                Expect(")");
                return true;
            }
        }

        _lexer.Position = start;
        return false;
    }

    private NumberExpression? ParseSectionType(Token word)
    {
        bool isNested = word.Text == "READONLY" && _lexer.Peek(LexMode.Expression).Is("(");
        if (isNested)
        {
            Expect("(");
            word = _lexer.Next(LexMode.Expression);
            if (!word.IsWord("TYPE"))
                throw Unexpected(word);
        }

        if (word.Text != "TYPE")
            return null;
        Expect("=");
        Token type = _lexer.Next(LexMode.Expression);
        NumberExpression value = ElfNames.TryGetSectionType(type.Text, out ulong number)
            ? new NumberExpression(Place(type), number)
            : throw _lexer.Error(type.Start, $"unknown section type: {type.Text}");
        if (isNested)
            Expect(")");
        return value;
    }

    private void ParseAttributes(ref OutputSectionCommand section)
    {
        while (true)
        {
            Token token = _lexer.Peek(LexMode.Expression);
            if (token.Kind != TokenKind.Word)
                return;
            _lexer.Position = token.End;
            section = token.Text switch
            {
                "AT" => section with { LoadAddress = ParseExpressionInParentheses() },
                "ALIGN" => section with { Alignment = ParseExpressionInParentheses() },
                "ALIGN_WITH_INPUT" => section with { AlignsLoadAddressWithInput = true },
                "SUBALIGN" => section with { SubAlignment = ParseExpressionInParentheses() },
                "ONLY_IF_RO" => section with { Constraint = OutputSectionConstraint.OnlyIfReadOnly },
                "ONLY_IF_RW" => section with { Constraint = OutputSectionConstraint.OnlyIfWritable },
                _ => throw _lexer.Expected("{", token),
            };
        }
    }

    /// <summary>What follows the closing brace: regions, program headers, fill.</summary>
    private void ParsePlacement(ref OutputSectionCommand section)
    {
        while (true)
        {
            Token token = _lexer.Peek(LexMode.Expression);
            if (token.Is(">"))
            {
                _lexer.Position = token.End;
                section = section with { Region = NextName() };
            }
            else if (token.IsWord("AT"))
            {
                _lexer.Position = token.End;
                Expect(">");
                section = section with { LoadRegion = NextName() };
            }
            else if (token.Is(":"))
            {
                _lexer.Position = token.End;
                section = section with { ProgramHeaders = [.. section.ProgramHeaders, _lexer.Next(LexMode.Label).Text] };
            }
            else if (token.Is("="))
            {
                _lexer.Position = token.End;
                section = section with { Fill = ParseFill() };
            }
            else
            {
                if (token.Is(","))
                    _lexer.Position = token.End;
                return;
            }
        }
    }

    private void ParseStatement(List<ScriptCommand> statements)
    {
        Token token = _lexer.Next(LexMode.Statement);
        ScriptPlace place = Place(token);
        if (token.Is(","))
            return;
        if (!token.IsName)
            throw Unexpected(token);
        if (TryParseAssignment(token, out AssignmentCommand? assignment))
            statements.Add(assignment);
        else if (token.Kind == TokenKind.Quoted)
            statements.Add(ParseInputSections(token, isKept: false));
        else if (ParseSymbolCommand(token, place) is { } command)
            statements.Add(command);
        else if (token.Text != "CONSTRUCTORS" && !IsSortedConstructors(token))
            statements.Add(ParseContents(token, place));
    }

    /// <summary><c>SORT(CONSTRUCTORS)</c> and <c>CONSTRUCTORS</c> concern a.out; ELF has init arrays.</summary>
    private bool IsSortedConstructors(Token token)
    {
        if (token.Text is not ("SORT" or "SORT_BY_NAME"))
            return false;
        int start = _lexer.Position;
        if (_lexer.Next(LexMode.Name).Is("(") && _lexer.Next(LexMode.Name).IsWord("CONSTRUCTORS") && _lexer.Next(LexMode.Name).Is(")"))
            return true;
        _lexer.Position = start;
        return false;
    }
}
