// Input section descriptions: which sections of which files go to the place where the description stands, and in which order.

using System.Collections.Generic;

namespace FullRust.Linker.Scripts;

internal sealed partial class ScriptParser
{
    private InputSectionCommand ParseInputSections(Token token, bool isKept)
    {
        ScriptPlace place = Place(token);
        ulong required = 0;
        ulong forbidden = 0;
        if (token.IsWord("INPUT_SECTION_FLAGS"))
        {
            ParseSectionFlags(ref required, ref forbidden);
            token = _lexer.Next(LexMode.Name);
        }

        if (token.IsWord("KEEP"))
            throw _lexer.Error(token.Start, "KEEP must enclose the whole description");
        List<FilePattern> excluded = [];
        bool sortsFiles = false;
        int open = 0;
        while (token.Kind == TokenKind.Word && token.Text is "EXCLUDE_FILE" or "SORT" or "SORT_BY_NAME" or "SORT_NONE")
        {
            if (token.Text == "EXCLUDE_FILE")
            {
                ParseExcludedFiles(excluded);
            }
            else
            {
                sortsFiles |= token.Text != "SORT_NONE";
                Expect("(");
                open++;
            }

            token = _lexer.Next(LexMode.Name);
        }

        if (!token.IsName)
            throw Unexpected(token);
        for (; open > 0; open--)
            Expect(")");
        var sections = new List<SectionPattern>();
        if (_lexer.Peek(LexMode.Name).Is("("))
        {
            Expect("(");
            ParseSectionPatterns(sections, SortKey.None, SortKey.None, isReversed: false, []);
            if (sections.Count == 0)
                throw new ScriptException(place, "no section pattern between the parentheses");
        }

        return new InputSectionCommand(place, FilePattern.Parse(token.Text), excluded, sortsFiles, sections, isKept, required, forbidden);
    }

    /// <summary>Reads patterns up to the closing parenthesis. <c>EXCLUDE_FILE</c> holds for the pattern after it.</summary>
    private void ParseSectionPatterns(List<SectionPattern> sections, SortKey outer, SortKey inner, bool isReversed, List<FilePattern> excluded)
    {
        List<FilePattern> excludedForNext = [.. excluded];
        while (TryNextInList(out Token token))
        {
            if (token.IsWord("EXCLUDE_FILE"))
            {
                ParseExcludedFiles(excludedForNext);
                continue;
            }

            if (token.Kind == TokenKind.Word && _lexer.Peek(LexMode.Name).Is("("))
                ParseSorted(token, sections, outer, inner, isReversed, excludedForNext);
            else
                sections.Add(new SectionPattern(Place(token), new Glob(token.Text), excludedForNext, outer, inner, isReversed));
            excludedForNext = [.. excluded];
        }
    }

    private void ParseSorted(Token token, List<SectionPattern> sections, SortKey outer, SortKey inner, bool isReversed, List<FilePattern> excluded)
    {
        SortKey? key = token.Text switch
        {
            "SORT" or "SORT_BY_NAME" => SortKey.Name,
            "SORT_BY_ALIGNMENT" => SortKey.Alignment,
            "SORT_BY_INIT_PRIORITY" => SortKey.InitPriority,
            "SORT_NONE" => SortKey.InputOrder,
            "REVERSE" => SortKey.None,
            _ => null,
        };
        if (key is null)
            throw _lexer.Error(token.Start, $"unknown order '{token.Text}'");
        Expect("(");
        if (key == SortKey.None)
            ParseSectionPatterns(sections, outer, inner, isReversed: true, excluded);
        else if (outer == SortKey.None)
            ParseSectionPatterns(sections, key.Value, inner, isReversed, excluded);
        else if (inner == SortKey.None)
            ParseSectionPatterns(sections, outer, key.Value, isReversed, excluded);
        else
            throw _lexer.Error(token.Start, "more than two orders inside each other");
    }

    private void ParseExcludedFiles(List<FilePattern> excluded)
    {
        foreach (string name in ParseNamesInParentheses())
            excluded.Add(FilePattern.Parse(name));
    }

    /// <summary><c>(SHF_ALLOC &amp; !SHF_WRITE)</c></summary>
    private void ParseSectionFlags(ref ulong required, ref ulong forbidden)
    {
        Expect("(");
        while (true)
        {
            Token token = _lexer.Next(LexMode.Expression);
            bool isNegated = token.Is("!");
            if (isNegated)
                token = _lexer.Next(LexMode.Expression);
            if (!ElfNames.TryGetSectionFlag(token.Text, out ulong flag))
                throw _lexer.Error(token.Start, $"unknown section flag '{token.Text}'");
            if (isNegated)
                forbidden |= flag;
            else
                required |= flag;
            Token next = _lexer.Next(LexMode.Expression);
            if (next.Is(")"))
                return;
            if (!next.Is("&"))
                throw Unexpected(next);
        }
    }
}
