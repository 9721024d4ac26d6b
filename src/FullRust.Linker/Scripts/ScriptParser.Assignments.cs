// Assignments in all their forms, and ASSERT.

using System;

namespace FullRust.Linker.Scripts;

internal sealed partial class ScriptParser
{
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
            throw _lexer.Expected(";", end);
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
}
