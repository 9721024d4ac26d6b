// RFC 2603 and its extension to structural values: constants in generic arguments and array lengths.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace FullRust.Elf.Demangling.Rust;

/// <content>Constants.</content>
internal ref partial struct RustV0Demangler
{
    private void PrintConst(bool inValue)
    {
        if (!Enter())
            return;

        char tag = (char)Next();
        switch (tag)
        {
            case 'p':
                Print('_');
                break;
            case 'h' or 't' or 'm' or 'y' or 'o' or 'j':
                PrintInteger();
                break;
            case 'a' or 's' or 'l' or 'x' or 'n' or 'i':
                if (TryTake('n'))
                    Print('-');
                PrintInteger();
                break;
            case 'b':
                PrintBool();
                break;
            case 'c':
                PrintChar();
                break;
            case 'B':
                if (TryEnterBackReference(out int returnPosition))
                {
                    PrintConst(inValue);
                    _position = returnPosition;
                }

                break;
            default:
                PrintStructuredConst(tag, inValue);
                break;
        }

        Leave();
    }

    // Outside of a value these are expressions and need braces.
    private void PrintStructuredConst(char tag, bool inValue)
    {
        bool isPlainString = tag == 'R' && Peek() == (byte)'e';
        bool needsBraces = !inValue && !isPlainString;
        if (needsBraces)
            Print('{');
        switch (tag)
        {
            case 'e':
                Print('*');
                PrintString();
                break;
            case 'R' when isPlainString:
                _position++;
                PrintString();
                break;
            case 'R' or 'Q':
                Print(tag == 'R' ? "&" : "&mut ");
                PrintConst(inValue: true);
                break;
            case 'A':
                Print('[');
                PrintConstList();
                Print(']');
                break;
            case 'T':
                Print('(');
                Print(PrintConstList() == 1 ? ",)" : ")");
                break;
            case 'V':
                PrintPath(inValue: true);
                PrintFields();
                break;
            default:
                Fail();
                break;
        }

        if (needsBraces)
            Print('}');
    }

    private int PrintConstList()
    {
        int count = 0;
        for (; !_hasFailed && !TryTake('E'); count++)
        {
            if (count > 0)
                Print(", ");
            PrintConst(inValue: true);
        }

        return count;
    }

    private void PrintFields()
    {
        switch ((char)Next())
        {
            case 'U':
                break;
            case 'T':
                Print('(');
                PrintConstList();
                Print(')');
                break;
            case 'S':
                Print(" { ");
                for (bool isFirst = true; !_hasFailed && !TryTake('E'); isFirst = false)
                {
                    if (!isFirst)
                        Print(", ");
                    ParseDisambiguator();
                    PrintIdentifier();
                    Print(": ");
                    PrintConst(inValue: true);
                }

                Print(" }");
                break;
            default:
                Fail();
                break;
        }
    }

    // const-data = ["n"] {hex-digit} "_"
    private ReadOnlySpan<byte> ParseHex()
    {
        int start = _position;
        while (Peek() is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f'))
            _position++;
        int end = _position;
        if (!TryTake('_'))
            Fail();
        return _hasFailed ? default : _mangled[start..end];
    }

    private void PrintInteger()
    {
        ReadOnlySpan<byte> hex = ParseHex();
        ReadOnlySpan<byte> digits = hex.TrimStart((byte)'0');
        if (_hasFailed)
            return;
        if (digits.Length <= 16)
        {
            Print(ParseUInt64(digits));
            return;
        }

        Print("0x");
        Print(Encoding.ASCII.GetString(digits));
    }

    private static ulong ParseUInt64(ReadOnlySpan<byte> digits) =>
        digits.IsEmpty ? 0 : ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private void PrintBool()
    {
        ReadOnlySpan<byte> hex = ParseHex();
        if (hex is [(byte)'0'] or [(byte)'1'])
            Print(hex[0] == (byte)'1' ? "true" : "false");
        else
            Fail();
    }

    private void PrintChar()
    {
        ReadOnlySpan<byte> digits = ParseHex().TrimStart((byte)'0');
        if (digits.Length > 6 || !Rune.TryCreate((uint)ParseUInt64(digits), out Rune rune))
        {
            Fail();
            return;
        }

        Print('\'');
        PrintEscaped(rune, '\'');
        Print('\'');
    }

    // A string constant is its UTF-8 bytes, two hexadecimal digits each.
    private void PrintString()
    {
        ReadOnlySpan<byte> hex = ParseHex();
        if (_hasFailed || (hex.Length & 1) != 0)
        {
            Fail();
            return;
        }

        var bytes = new List<byte>(hex.Length / 2);
        for (int i = 0; i < hex.Length; i += 2)
            bytes.Add((byte)ParseUInt64(hex.Slice(i, 2)));
        Print('"');
        foreach (Rune rune in Encoding.UTF8.GetString(bytes.ToArray()).EnumerateRunes())
            PrintEscaped(rune, '"');
        Print('"');
    }

    private readonly void PrintEscaped(Rune rune, char quote)
    {
        string? escape = rune.Value switch
        {
            '\t' => "\\t",
            '\r' => "\\r",
            '\n' => "\\n",
            0 => "\\0",
            '\\' => "\\\\",
            _ when rune.Value == quote => "\\" + quote,
            _ when Rune.IsControl(rune) => "\\u{" + rune.Value.ToString("x", CultureInfo.InvariantCulture) + "}",
            _ => null,
        };
        if (escape != null)
            Print(escape);
        else if (!IsSilent)
            _output.Append(rune);
    }
}
