// What stands in an output section besides inputs: data, text, fill patterns.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace FullRust.Linker.Scripts;

internal sealed partial class ScriptParser
{
    private ScriptCommand ParseContents(Token token, ScriptPlace place)
    {
        switch (token.Text)
        {
            case "BYTE":
                return new DataCommand(place, 1, ParseExpressionInParentheses());
            case "SHORT":
                return new DataCommand(place, 2, ParseExpressionInParentheses());
            case "LONG":
                return new DataCommand(place, 4, ParseExpressionInParentheses());
            case "QUAD" or "SQUAD":
                return new DataCommand(place, 8, ParseExpressionInParentheses());
            case "ASCIZ":
                return new TextCommand(place, [.. Unescape(NextQuoted()), 0]);
            case "ASCII":
                return ParseSizedText(place);
            case "FILL":
                Expect("(");
                FillPattern fill = ParseFill();
                Expect(")");
                return new FillCommand(place, fill);
            case "KEEP":
                Expect("(");
                InputSectionCommand kept = ParseInputSections(_lexer.Next(LexMode.Name), isKept: true);
                Expect(")");
                return kept;
            case "CREATE_OBJECT_SYMBOLS" or "LINKER_VERSION" or "OVERLAY":
                throw new ScriptException(place, $"{token.Text} is not supported");
            default:
                return ParseInputSections(token, isKept: false);
        }
    }

    private TextCommand ParseSizedText(ScriptPlace place)
    {
        if (ParseExpressionInParentheses() is not NumberExpression { Value: <= 1 << 20 } size)
            throw new ScriptException(place, "ASCII needs a literal size");
        byte[] bytes = new byte[size.Value];
        byte[] text = Unescape(NextQuoted());
        text.AsSpan(0, Math.Min(text.Length, bytes.Length)).CopyTo(bytes);
        return new TextCommand(place, bytes);
    }

    private string NextQuoted()
    {
        Token token = _lexer.Next(LexMode.Name);
        return token.Kind == TokenKind.Quoted ? token.Text : throw _lexer.Expected("text in quotes", token);
    }

    /// <summary>C's escapes as GNU ld knows them: \n \r \t, one to three octal digits, anything else as it is.</summary>
    private static byte[] Unescape(string text)
    {
        var bytes = new List<byte>();
        byte[] source = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] != '\\' || i + 1 == source.Length)
            {
                bytes.Add(source[i]);
                continue;
            }

            byte c = source[++i];
            int value = 0;
            int digits = 0;
            for (; digits < 3 && i + digits < source.Length && source[i + digits] is >= (byte)'0' and <= (byte)'7'; digits++)
                value = (value * 8) + source[i + digits] - '0';
            i += Math.Max(0, digits - 1);
            bytes.Add(digits > 0 ? (byte)value : c switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                _ => c,
            });
        }

        return [.. bytes];
    }

    /// <summary>A literal with 0x and without K or M is as long as its digits; everything else is four bytes.</summary>
    private FillPattern ParseFill()
    {
        Token token = _lexer.Peek(LexMode.Expression);
        bool isLiteral = token.Kind == TokenKind.Word && token.Text.Length > 2 && token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && token.Text[^1] is not ('k' or 'K' or 'm' or 'M');
        if (!isLiteral)
            return new FillPattern(null, _expressions.Parse());
        _lexer.Position = token.End;
        string digits = token.Text[2..];
        if (digits.Length % 2 != 0)
            digits = "0" + digits;
        byte[] bytes = new byte[digits.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!byte.TryParse(digits.AsSpan(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
                throw _lexer.Error(token.Start, $"malformed number: {token.Text}");
        }

        return new FillPattern(bytes, null);
    }
}
