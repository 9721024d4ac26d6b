// Numbers as GNU ld's options write them: decimal, hexadecimal with 0x, octal with a leading 0. No sign and no size suffix.

using System;
using System.Globalization;

namespace FullRust.Linker.Arguments;

/// <summary>Reads numbers of the command line.</summary>
internal static class Number
{
    /// <summary>Reads a number in the base that its prefix says.</summary>
    /// <param name="text">The digits.</param>
    /// <param name="value">The number.</param>
    /// <returns>False for anything but digits and for what does not fit 64 bits.</returns>
    internal static bool TryParse(ReadOnlySpan<char> text, out ulong value)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        if (text.Length > 1 && text[0] == '0')
            return TryParseOctal(text[1..], out value);
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads an address, which is hexadecimal with or without 0x (GNU ld manual, <c>-Ttext</c> and <c>--section-start</c>).</summary>
    /// <param name="text">The digits.</param>
    /// <param name="value">The number.</param>
    /// <returns>False for anything but digits and for what does not fit 64 bits.</returns>
    internal static bool TryParseAddress(ReadOnlySpan<char> text, out ulong value)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            text = text[2..];
        return ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseOctal(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        foreach (char c in text)
        {
            if (c is < '0' or > '7' || value >> 61 != 0)
                return false;
            value = value << 3 | (uint)(c - '0');
        }

        return true;
    }
}
