// Reads expressions with C's precedence (GNU ld manual, "Expressions in Linker Scripts"). Nesting is bounded, so that no script can
// exhaust the stack here or in the evaluator.

using System;
using System.Globalization;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Scripts;

/// <summary>Reads expressions from a lexer that a script parser shares.</summary>
/// <param name="lexer">Stands at the expression.</param>
internal sealed class ExpressionParser(ScriptLexer lexer)
{
    private const int DepthLimit = 500;
    private int _depth;

    /// <summary>Reads a text that is one expression, such as the right side of <c>--defsym</c>.</summary>
    /// <param name="origin">What errors name: the option.</param>
    /// <param name="text">The expression.</param>
    /// <param name="sink">Receives an error.</param>
    /// <returns>The expression, or null after an error.</returns>
    internal static Expression? TryParse(string origin, string text, DiagnosticSink sink)
    {
        var lexer = new ScriptLexer(new ScriptFile(origin, text));
        try
        {
            Expression expression = new ExpressionParser(lexer).Parse();
            Token end = lexer.Peek(LexMode.Expression);
            return end.Kind == TokenKind.End ? expression : throw lexer.Error(end.Start, $"unexpected {end.Text} after the expression");
        }
        catch (ScriptException e)
        {
            e.Place.ReportError(sink, e.Message);
            return null;
        }
    }

    /// <summary>Reads one expression.</summary>
    /// <returns>The expression; the lexer stands behind it.</returns>
    /// <exception cref="ScriptException">There is none, or it is malformed.</exception>
    internal Expression Parse()
    {
        Enter();
        Expression condition = ParseBinary(1);
        if (lexer.Peek(LexMode.Expression).Is("?"))
        {
            lexer.Next(LexMode.Expression);
            Expression yes = Parse();
            Expect(":");
            Expression no = Parse();
            condition = Checked(new ConditionalExpression(condition.Place, condition, yes, no));
        }

        _depth--;
        return condition;
    }

    private Expression ParseBinary(int lowest)
    {
        Expression left = ParseUnary();
        while (true)
        {
            Token sign = lexer.Peek(LexMode.Expression);
            (BinaryOperator op, int precedence) = sign.Kind == TokenKind.Sign ? OperatorOf(sign.Text) : default;
            if (precedence < lowest || precedence == 0 || IsDiscardName(sign))
                return left;
            lexer.Next(LexMode.Expression);
            Expression right = ParseBinary(precedence + 1);
            left = Checked(new BinaryExpression(Place(sign), op, left, right));
        }
    }

    /// <summary>The section <c>/DISCARD/</c> may follow a fill expression directly.</summary>
    private bool IsDiscardName(Token sign) => sign.Text == "/" && string.CompareOrdinal(lexer.File.Text, sign.Start, "/DISCARD/", 0, 9) == 0;

    private static (BinaryOperator Operator, int Precedence) OperatorOf(string sign) => sign switch
    {
        "*" => (BinaryOperator.Multiply, 10),
        "/" => (BinaryOperator.Divide, 10),
        "%" => (BinaryOperator.Modulo, 10),
        "+" => (BinaryOperator.Add, 9),
        "-" => (BinaryOperator.Subtract, 9),
        "<<" => (BinaryOperator.ShiftLeft, 8),
        ">>" => (BinaryOperator.ShiftRight, 8),
        "<" => (BinaryOperator.Less, 7),
        "<=" => (BinaryOperator.LessOrEqual, 7),
        ">" => (BinaryOperator.Greater, 7),
        ">=" => (BinaryOperator.GreaterOrEqual, 7),
        "==" => (BinaryOperator.Equal, 6),
        "!=" => (BinaryOperator.NotEqual, 6),
        "&" => (BinaryOperator.And, 5),
        "^" => (BinaryOperator.ExclusiveOr, 4),
        "|" => (BinaryOperator.Or, 3),
        "&&" => (BinaryOperator.AndAlso, 2),
        "||" => (BinaryOperator.OrElse, 1),
        _ => default,
    };

    private Expression ParseUnary()
    {
        Token token = lexer.Peek(LexMode.Expression);
        UnaryOperator? op = token.Kind != TokenKind.Sign ? null : token.Text switch
        {
            "-" => UnaryOperator.Negate,
            "~" => UnaryOperator.Complement,
            "!" => UnaryOperator.Not,
            "+" => UnaryOperator.Plus,
            _ => null,
        };
        if (op is null)
            return ParsePrimary();
        lexer.Next(LexMode.Expression);
        Enter();
        Expression operand = ParseUnary();
        _depth--;
        return Checked(new UnaryExpression(Place(token), op.Value, operand));
    }

    private Expression ParsePrimary()
    {
        Token token = lexer.Next(LexMode.Expression);
        if (token.Is("("))
        {
            Expression inner = Parse();
            Expect(")");
            return inner;
        }

        if (token.Kind == TokenKind.Quoted)
            return new SymbolExpression(Place(token), token.Text);
        if (token.Kind != TokenKind.Word)
            throw lexer.Error(token.Start, token.Kind == TokenKind.End ? "unexpected EOF" : $"malformed number: {token.Text}");
        if (char.IsAsciiDigit(token.Text[0]))
            return new NumberExpression(Place(token), ParseNumber(token));
        if (token.Text is "SIZEOF_HEADERS" or "sizeof_headers")
            return new SizeOfHeadersExpression(Place(token));
        return IsFunction(token.Text) && lexer.Peek(LexMode.Expression).Is("(") ? ParseCall(token) : new SymbolExpression(Place(token), token.Text);
    }

    /// <summary>Other words before a parenthesis are symbols: <c>.data ADDR_OF_DATA (NOLOAD) : { }</c>.</summary>
    private static bool IsFunction(string name) => name is "ABSOLUTE" or "LOG2CEIL" or "NEXT" or "DATA_SEGMENT_END" or "ALIGN" or "BLOCK" or "MAX" or "MIN"
        or "ADDR" or "LOADADDR" or "SIZEOF" or "ALIGNOF" or "DEFINED" or "ORIGIN" or "LENGTH" or "CONSTANT" or "ASSERT" or "SEGMENT_START"
        or "DATA_SEGMENT_ALIGN" or "DATA_SEGMENT_RELRO_END";

    private Expression ParseCall(Token function)
    {
        ScriptPlace place = Place(function);
        lexer.Next(LexMode.Expression);
        Expression result = function.Text switch
        {
            "ABSOLUTE" => new UnaryExpression(place, UnaryOperator.Absolute, Parse()),
            "LOG2CEIL" => new UnaryExpression(place, UnaryOperator.Log2Ceil, Parse()),
            "NEXT" => new UnaryExpression(place, UnaryOperator.Next, Parse()),
            "DATA_SEGMENT_END" => new UnaryExpression(place, UnaryOperator.DataSegmentEnd, Parse()),
            "ALIGN" or "BLOCK" => ParseAlign(place),
            "MAX" => new BinaryExpression(place, BinaryOperator.Max, Parse(), ParseAfterComma()),
            "MIN" => new BinaryExpression(place, BinaryOperator.Min, Parse(), ParseAfterComma()),
            "ADDR" => Named(place, NamedFunction.Address),
            "LOADADDR" => Named(place, NamedFunction.LoadAddress),
            "SIZEOF" => Named(place, NamedFunction.SizeOf),
            "ALIGNOF" => Named(place, NamedFunction.AlignOf),
            "DEFINED" => Named(place, NamedFunction.Defined),
            "ORIGIN" => Named(place, NamedFunction.Origin),
            "LENGTH" => Named(place, NamedFunction.Length),
            "CONSTANT" => ParseConstant(place),
            "ASSERT" => ParseAssert(place),
            "SEGMENT_START" => ParseSegmentStart(place),
            "DATA_SEGMENT_ALIGN" => new DataSegmentAlignExpression(place, Parse(), ParseAfterComma()),
            _ => new DataSegmentRelroEndExpression(place, Parse(), ParseAfterComma()),
        };
        Expect(")");
        return Checked(result);
    }

    private Expression ParseAlign(ScriptPlace place)
    {
        Expression first = Parse();
        return lexer.Peek(LexMode.Expression).Is(",")
            ? new BinaryExpression(place, BinaryOperator.Align, first, ParseAfterComma())
            : new UnaryExpression(place, UnaryOperator.AlignDot, first);
    }

    private AssertExpression ParseAssert(ScriptPlace place)
    {
        Expression condition = Parse();
        Expect(",");
        return new AssertExpression(place, condition, NextName(LexMode.Name));
    }

    private SegmentStartExpression ParseSegmentStart(ScriptPlace place)
    {
        string segment = NextName(LexMode.Name);
        Expect(",");
        return new SegmentStartExpression(place, segment, Parse());
    }

    private NamedExpression ParseConstant(ScriptPlace place)
    {
        NamedExpression constant = Named(place, NamedFunction.Constant);
        return constant.Name is "MAXPAGESIZE" or "COMMONPAGESIZE"
            ? constant
            : throw new ScriptException(place, $"unknown constant: {constant.Name}");
    }

    private Expression ParseAfterComma()
    {
        Expect(",");
        return Parse();
    }

    private NamedExpression Named(ScriptPlace place, NamedFunction function) => new(place, function, NextName(LexMode.Name));

    private string NextName(LexMode mode)
    {
        Token token = lexer.Next(mode);
        return token.IsName ? token.Text : throw lexer.Expected("name", token);
    }

    /// <summary>Numbers as in C, or with a suffix: K and M multiply; h, x, o, b and d say the base.</summary>
    private ulong ParseNumber(Token token)
    {
        string digits = token.Text;
        int radix = 10;
        ulong factor = 1;
        bool isPrefixed = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (isPrefixed)
            (radix, digits) = (16, digits[2..]);
        else if (BaseOfSuffix(digits[^1]) is > 0 and int suffixed)
            return Digits(token, digits.AsSpan(0, digits.Length - 1), suffixed);
        if (digits.Length > 0 && char.ToLowerInvariant(digits[^1]) is 'k' or 'm')
            (factor, digits) = (char.ToLowerInvariant(digits[^1]) == 'k' ? 1UL << 10 : 1UL << 20, digits[..^1]);
        if (!isPrefixed && digits.Length > 1 && digits[0] == '0')
            radix = 8;
        ulong value = Digits(token, digits, radix);
        return Math.BigMul(value, factor, out ulong product) == 0 ? product : throw lexer.Error(token.Start, $"malformed number: {token.Text}");
    }

    private static int BaseOfSuffix(char suffix) => suffix switch
    {
        'h' or 'H' or 'x' or 'X' => 16,
        'o' or 'O' => 8,
        'b' or 'B' => 2,
        'd' or 'D' => 10,
        _ => 0,
    };

    private ulong Digits(Token token, ReadOnlySpan<char> digits, int radix)
    {
        ulong value = 0;
        foreach (char c in digits)
        {
            if (!int.TryParse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int digit) || digit >= radix)
                throw lexer.Error(token.Start, $"malformed number: {token.Text}");
            if (Math.BigMul(value, (ulong)radix, out ulong product) != 0 || product + (ulong)digit < product)
                throw lexer.Error(token.Start, $"malformed number: {token.Text}");
            value = product + (ulong)digit;
        }

        return digits.IsEmpty ? throw lexer.Error(token.Start, $"malformed number: {token.Text}") : value;
    }

    private void Expect(string sign)
    {
        Token token = lexer.Next(LexMode.Expression);
        if (!token.Is(sign))
            throw lexer.Expected(sign, token);
    }

    private void Enter()
    {
        if (++_depth > DepthLimit)
            throw lexer.Error(lexer.Position, "expression is nested too deeply");
    }

    private Expression Checked(Expression expression) =>
        expression.Depth <= DepthLimit ? expression : throw new ScriptException(expression.Place, "expression is nested too deeply");

    private ScriptPlace Place(Token token) => new(lexer.File, token.Start);
}
