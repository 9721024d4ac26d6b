// MEMORY, REGION_ALIAS and PHDRS.

using System.Collections.Generic;

namespace FullRust.Linker.Scripts;

internal sealed partial class ScriptParser
{
    private MemoryCommand ParseMemory(ScriptPlace place)
    {
        var regions = new List<MemoryRegion>();
        Expect("{");
        ParseItems("}", () => regions.Add(ParseRegion()));
        return new MemoryCommand(place, regions);
    }

    private MemoryRegion ParseRegion()
    {
        Token name = _lexer.Next(LexMode.Label);
        if (!name.IsName)
            throw Unexpected(name);
        string attributes = "";
        if (_lexer.Peek(LexMode.Expression).Is("("))
            attributes = string.Concat(ParseNamesInParentheses());
        foreach (char c in attributes)
        {
            if (!"rRwWxXaAiIlL!".Contains(c))
                throw _lexer.Error(name.Start, "invalid memory region attribute");
        }

        Expect(":");
        Expression origin = ParseRegionValue("ORIGIN", "org", "o");
        if (_lexer.Peek(LexMode.Expression).Is(","))
            Expect(",");
        return new MemoryRegion(Place(name), name.Text, attributes, origin, ParseRegionValue("LENGTH", "len", "l"));
    }

    private Expression ParseRegionValue(string keyword, string shorter, string shortest)
    {
        Token token = _lexer.Next(LexMode.Expression);
        if (!token.IsWord(keyword) && !token.IsWord(shorter) && !token.IsWord(shortest))
            throw _lexer.Error(token.Start, $"expected one of: {keyword}, {shorter}, or {shortest}");
        Expect("=");
        return _expressions.Parse();
    }

    private RegionAliasCommand ParseRegionAlias(ScriptPlace place)
    {
        Expect("(");
        string alias = NextName();
        Expect(",");
        string region = NextName();
        Expect(")");
        return new RegionAliasCommand(place, alias, region);
    }

    private ProgramHeadersCommand ParseProgramHeaders(ScriptPlace place)
    {
        var headers = new List<ProgramHeaderDescription>();
        Expect("{");
        ParseItems("}", () => headers.Add(ParseProgramHeader()));
        return new ProgramHeadersCommand(place, headers);
    }

    private ProgramHeaderDescription ParseProgramHeader()
    {
        Token name = _lexer.Next(LexMode.Name);
        if (!name.IsName)
            throw Unexpected(name);
        Token typeName = _lexer.Peek(LexMode.Expression);
        Expression type;
        if (ElfNames.TryGetSegmentType(typeName.Text, out ulong number))
        {
            _lexer.Position = typeName.End;
            type = new NumberExpression(Place(typeName), number);
        }
        else if (typeName.Kind == TokenKind.Word && !char.IsAsciiDigit(typeName.Text[0]))
        {
            throw _lexer.Error(typeName.Start, $"invalid program header type: {typeName.Text}");
        }
        else
        {
            type = _expressions.Parse();
        }

        var header = new ProgramHeaderDescription(Place(name), name.Text, type, false, false, null, null);
        while (true)
        {
            Token token = _lexer.Next(LexMode.Expression);
            if (token.Is(";"))
                return header;
            header = token.Text switch
            {
                "FILEHDR" => header with { IncludesFileHeader = true },
                "PHDRS" => header with { IncludesProgramHeaders = true },
                "AT" => header with { Address = ParseExpressionInParentheses() },
                "FLAGS" => header with { Flags = ParseExpressionInParentheses() },
                _ => throw _lexer.Error(token.Start, $"unexpected header attribute: {token.Text}"),
            };
        }
    }
}
