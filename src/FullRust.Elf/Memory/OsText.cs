// The system's names are bytes, usually UTF-8. Bytes that are not become lone low surrogates (U+DC80 to U+DCFF), which no valid text
// contains, and become the same bytes again on the way out: paths, arguments and variables pass through unchanged. Every path that
// reaches the kernel from here is encoded by this file; the base library's own file functions would put a replacement in its place.

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Unicode;

namespace FullRust.Elf.Memory;

/// <summary>Converts between the system's byte strings and text without loss. Thread-safe.</summary>
public static class OsText
{
    private const int EscapeBase = 0xdc00;

    /// <summary>Decodes bytes; whatever is not UTF-8 is escaped byte by byte.</summary>
    /// <param name="bytes">A path, argument or any text that may hold some.</param>
    /// <returns>The text. <see cref="Encode"/> gives the same bytes again.</returns>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
                bytes = bytes[consumed..];
            }
            else
            {
                text.Append((char)(EscapeBase + bytes[0]));
                bytes = bytes[1..];
            }
        }

        return text.ToString();
    }

    /// <summary>Encodes text; escaped bytes become themselves.</summary>
    /// <param name="text">What <see cref="Decode"/> gave, or any text.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return HasEscape(text) ? EncodeEscapes(text) : Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Encodes text and ends it with a NUL byte, as the kernel wants its strings.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The bytes.</returns>
    public static byte[] EncodeTerminated(string text) => Encode(text + "\0");

    /// <summary>As <see cref="EncodeTerminated(string)"/>, without an array for what is short.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scratch">Room for the bytes.</param>
    /// <returns>The bytes, there or elsewhere.</returns>
    public static ReadOnlySpan<byte> EncodeTerminated(string text, Span<byte> scratch)
    {
        if (scratch.IsEmpty || HasEscape(text) || !Encoding.UTF8.TryGetBytes(text, scratch[..^1], out int length))
            return EncodeTerminated(text);
        scratch[length] = 0;
        return scratch[..(length + 1)];
    }

    /// <summary>Splits a block of NUL-terminated strings, such as <c>/proc/self/environ</c>.</summary>
    /// <param name="block">The block; the last string may lack its NUL.</param>
    /// <returns>The decoded strings.</returns>
    public static List<string> SplitTerminated(ReadOnlySpan<byte> block)
    {
        var strings = new List<string>();
        while (!block.IsEmpty)
        {
            int end = block.IndexOf((byte)0);
            if (end < 0)
                end = block.Length;
            strings.Add(Decode(block[..end]));
            block = block[Math.Min(end + 1, block.Length)..];
        }

        return strings;
    }

    private static bool HasEscape(string text) => text.AsSpan().IndexOfAnyInRange((char)(EscapeBase + 0x80), (char)(EscapeBase + 0xff)) >= 0;

    private static byte[] EncodeEscapes(string text)
    {
        var bytes = new List<byte>(text.Length + 1);
        Span<byte> utf8 = stackalloc byte[4];
        for (int at = 0; at < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, at, out Rune rune))
            {
                bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                at += rune.Utf16SequenceLength;
                continue;
            }

            char single = text[at++];
            if (single is >= (char)(EscapeBase + 0x80) and <= (char)(EscapeBase + 0xff))
                bytes.Add((byte)(single - EscapeBase));
            else
                bytes.AddRange(utf8[..Rune.ReplacementChar.EncodeToUtf8(utf8)]);
        }

        return [.. bytes];
    }
}
