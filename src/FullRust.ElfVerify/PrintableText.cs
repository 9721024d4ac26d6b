// Names from a hostile file reach terminals, logs and web pages through here only: control characters, terminal sequences, marks
// that change the direction of text and invalid UTF-8 become visible escapes, and length is bounded.

using System;
using System.Globalization;
using System.Text;
using FullRust.Elf.Memory;

namespace FullRust.ElfVerify;

/// <summary>Makes bytes of a file safe to print. Thread-safe.</summary>
public static class PrintableText
{
    private const int MaxLength = 200;

    /// <summary>Escapes a name.</summary>
    /// <param name="bytes">The bytes, meant as UTF-8.</param>
    /// <returns>Printable text; long names are cut and end in <c>...</c>.</returns>
    public static string Escape(ReadOnlySpan<byte> bytes) => Escape(bytes, MaxLength);

    /// <summary>Escapes a text that may be long, such as a message.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Printable text of at most 4000 characters or so.</returns>
    public static string EscapeLong(string text) => Escape(Encoding.UTF8.GetBytes(text), 20 * MaxLength);

    private static string Escape(ReadOnlySpan<byte> bytes, int maxLength)
    {
        var text = new StringBuilder(Math.Min(bytes.Length, maxLength));
        while (!bytes.IsEmpty && text.Length < maxLength)
        {
            bool isValid = Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done;
            if (isValid && IsHarmless(rune))
                text.Append(rune.ToString());
            else if (isValid && rune.Value > 0xff)
                text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else
                AppendBytes(text, bytes[..consumed]);
            bytes = bytes[consumed..];
        }

        if (!bytes.IsEmpty)
            text.Append("...");
        return text.ToString();
    }

    /// <summary>Escapes a text, such as a path.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Printable text.</returns>
    public static string Escape(string text) => Escape(OsText.EncodeTerminated(text).AsSpan()[..^1]);

    private static void AppendBytes(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
    }

    private static bool IsHarmless(Rune rune)
    {
        if (rune.Value is >= 0x20 and < 0x7f)
            return true;
        return Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator) && rune.Value >= 0x80;
    }
}
