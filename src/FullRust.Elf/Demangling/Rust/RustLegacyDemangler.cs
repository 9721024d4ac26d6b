// Rust's legacy mangling: an Itanium nested name whose last part is a hash, "17h" and 16 hexadecimal digits, with characters that
// C++ has no letters for written as $XX$. The hash tells nothing to a reader and is dropped.

using System;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FullRust.Elf.Demangling.Rust;

/// <summary>Demangles <c>_ZN…17h&lt;hash&gt;E</c>.</summary>
internal static class RustLegacyDemangler
{
    private const int HashLength = 17;

    public static bool TryDemangle(ReadOnlySpan<byte> name, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!name.StartsWith("_ZN"u8))
            return false;

        ReadOnlySpan<byte> rest = name[3..];
        if (!EndsInHash(rest, out int elements, out ReadOnlySpan<byte> suffix))
            return false;

        var output = new DemangledText();
        for (int i = 0; i < elements - 1; i++)
        {
            TryTakeElement(ref rest, out ReadOnlySpan<byte> element);
            if (i > 0)
                output.Append("::");
            AppendElement(element, output);
        }

        if (!suffix.StartsWith(".llvm."u8))
            output.AppendUtf8(suffix);
        text = output.IsTruncated ? null : output.ToString();
        return text != null;
    }

    // A C++ name can look the same up to here; what tells them apart is the last element.
    private static bool EndsInHash(ReadOnlySpan<byte> rest, out int elements, out ReadOnlySpan<byte> suffix)
    {
        elements = 0;
        suffix = default;
        ReadOnlySpan<byte> last = default;
        while (TryTakeElement(ref rest, out ReadOnlySpan<byte> element))
        {
            last = element;
            elements++;
        }

        if (rest.IsEmpty || rest[0] != (byte)'E' || elements < 2 || last.Length != HashLength || last[0] != (byte)'h')
            return false;
        suffix = rest[1..];
        return (suffix.IsEmpty || suffix[0] == (byte)'.') && IsLowerHex(last[1..]);
    }

    private static bool IsLowerHex(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept("0123456789abcdef"u8) < 0;

    private static bool TryTakeElement(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> element)
    {
        element = default;
        int length = 0;
        int digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit((char)rest[digits]))
        {
            length = (length * 10) + (rest[digits++] - '0');
            if (length > rest.Length)
                return false;
        }

        if (digits == 0 || length == 0 || length > rest.Length - digits)
            return false;
        element = rest.Slice(digits, length);
        rest = rest[(digits + length)..];
        return true;
    }

    private static void AppendElement(ReadOnlySpan<byte> element, DemangledText output)
    {
        // An identifier cannot begin with '$', so the compiler puts a '_' in front of an escape.
        if (element.StartsWith("_$"u8))
            element = element[1..];

        while (!element.IsEmpty)
        {
            int special = element.IndexOfAny((byte)'$', (byte)'.');
            if (special != 0)
            {
                int length = special < 0 ? element.Length : special;
                output.AppendUtf8(element[..length]);
                element = element[length..];
            }
            else if (element.StartsWith(".."u8))
            {
                output.Append("::");
                element = element[2..];
            }
            else if (element[0] == (byte)'.')
            {
                output.Append('.');
                element = element[1..];
            }
            else if (!TryAppendEscape(ref element, output))
            {
                output.AppendUtf8(element);
                return;
            }
        }
    }

    private static bool TryAppendEscape(ref ReadOnlySpan<byte> element, DemangledText output)
    {
        int end = element[1..].IndexOf((byte)'$');
        if (end <= 0)
            return false;
        if (!TryUnescape(element.Slice(1, end), out Rune rune))
            return false;
        output.Append(rune);
        element = element[(end + 2)..];
        return true;
    }

    private static bool TryUnescape(ReadOnlySpan<byte> escape, out Rune rune)
    {
        char simple = escape switch
        {
            [(byte)'S', (byte)'P'] => '@',
            [(byte)'B', (byte)'P'] => '*',
            [(byte)'R', (byte)'F'] => '&',
            [(byte)'L', (byte)'T'] => '<',
            [(byte)'G', (byte)'T'] => '>',
            [(byte)'L', (byte)'P'] => '(',
            [(byte)'R', (byte)'P'] => ')',
            [(byte)'C'] => ',',
            _ => '\0',
        };
        rune = new Rune(simple);
        if (simple != '\0')
            return true;

        if (escape.Length is < 2 or > 7 || escape[0] != (byte)'u' || !IsLowerHex(escape[1..]))
            return false;
        int value = 0;
        foreach (byte digit in escape[1..])
            value = (value * 16) + Convert.ToInt32(((char)digit).ToString(), 16);
        return Rune.TryCreate(value, out rune) && !Rune.IsControl(rune);
    }
}
