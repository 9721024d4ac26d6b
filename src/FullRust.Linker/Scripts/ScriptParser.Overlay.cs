// OVERLAY (GNU ld manual, "Overlay Description"): sections that run at one address and are loaded one behind the other. It is written
// out as output sections with the addresses and symbols that the manual promises.

using System.Collections.Generic;
using System.Text;

namespace FullRust.Linker.Scripts;

internal sealed partial class ScriptParser
{
    private void ParseOverlay(ScriptPlace place, List<ScriptCommand> items)
    {
        Expression? address = _lexer.Peek(LexMode.Expression).Is(":") ? null : _expressions.Parse();
        Expect(":");
        bool isNoCrossReferences = TryTakeWord("NOCROSSREFS");
        Expression? load = TryTakeWord("AT") ? ParseExpressionInParentheses() : null;
        var sections = new List<OutputSectionCommand>();
        Expect("{");
        ParseItems("}", () => sections.Add(ParseOverlaySection()));
        var common = new OutputSectionCommand(place, "", []);
        ParsePlacement(ref common);
        if (sections.Count == 0)
            throw new ScriptException(place, "OVERLAY without sections");
        AddOverlay(sections, common with { Address = address, LoadAddress = load }, items);
        if (isNoCrossReferences)
            items.Add(new NoCrossReferencesCommand(place, sections.ConvertAll(static s => s.Name), FromFirstOnly: false));
    }

    private OutputSectionCommand ParseOverlaySection()
    {
        Token name = _lexer.Next(LexMode.Label);
        if (!name.IsName)
            throw Unexpected(name);
        var section = new OutputSectionCommand(Place(name), name.Text, []);
        var statements = new List<ScriptCommand>();
        Expect("{");
        ParseItems("}", () => ParseStatement(statements));
        section = section with { Statements = statements };
        ParsePlacement(ref section);
        return section;
    }

    private static void AddOverlay(List<OutputSectionCommand> sections, OutputSectionCommand common, List<ScriptCommand> items)
    {
        ScriptPlace place = common.Place;
        var start = new NamedExpression(place, NamedFunction.Address, sections[0].Name);
        Expression size = SizeOf(sections[0]);
        var symbols = new List<ScriptCommand>();
        for (int i = 0; i < sections.Count; i++)
        {
            OutputSectionCommand section = sections[i];
            Expression end = EndOfLoad(section);
            if (i > 0)
                size = new BinaryExpression(place, BinaryOperator.Max, size, SizeOf(section));
            items.Add(section with
            {
                Address = i == 0 ? common.Address : start,
                LoadAddress = i == 0 ? common.LoadAddress : EndOfLoad(sections[i - 1]),
                LoadRegion = i == 0 && common.LoadAddress is null ? section.LoadRegion ?? common.LoadRegion : section.LoadRegion,
                Region = section.Region ?? common.Region,
                ProgramHeaders = section.ProgramHeaders.Count > 0 ? section.ProgramHeaders : common.ProgramHeaders,
                Fill = section.Fill ?? common.Fill,
                OverlayEnd = i == sections.Count - 1 ? new BinaryExpression(place, BinaryOperator.Add, new UnaryExpression(place, UnaryOperator.Absolute, start), size) : null,
            });
            string name = SymbolPart(section.Name);
            symbols.Add(new AssignmentCommand(place, "__load_start_" + name, new NamedExpression(place, NamedFunction.LoadAddress, section.Name), AssignmentKind.Provide));
            symbols.Add(new AssignmentCommand(place, "__load_stop_" + name, end, AssignmentKind.Provide));
        }

        items.AddRange(symbols);
    }

    private static NamedExpression SizeOf(OutputSectionCommand section) => new(section.Place, NamedFunction.SizeOf, section.Name);

    private static BinaryExpression EndOfLoad(OutputSectionCommand section) =>
        new(section.Place, BinaryOperator.Add, new NamedExpression(section.Place, NamedFunction.LoadAddress, section.Name), SizeOf(section));

    /// <summary>What C does not take in a name is left out.</summary>
    private static string SymbolPart(string section)
    {
        var text = new StringBuilder();
        foreach (char c in section)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_')
                text.Append(c);
        }

        return text.ToString();
    }

    private bool TryTakeWord(string word)
    {
        Token token = _lexer.Peek(LexMode.Expression);
        if (!token.IsWord(word))
            return false;
        _lexer.Position = token.End;
        return true;
    }

    /// <summary>A section may be called OVERLAY, too: then statements follow, not further sections.</summary>
    private bool StartsSectionNamedOverlay(Token overlay)
    {
        int start = _lexer.Position;
        _lexer.Position = overlay.End;
        bool isSection = _lexer.Next(LexMode.Expression).Is(":") && _lexer.Next(LexMode.Expression).Is("{")
            && !(_lexer.Next(LexMode.Label).IsName && _lexer.Next(LexMode.Expression).Is("{"));
        _lexer.Position = start;
        return isSection;
    }
}
