// The system's names are bytes, usually UTF-8. Bytes that are not become lone low surrogates (U+DC80 to U+DCFF), which no valid text
// contains, and become the same bytes again on the way out: arguments and variables pass through this program unchanged.

using System;
using System.Collections.Generic;
using System.Text;

namespace FullRust.Driver.Platform;

/// <summary>Converts between the system's byte strings and text without loss.</summary>
internal static class OsText
{
    private const int EscapeBase = 0xdc00;

    /// <summary>Decodes bytes; whatever is not UTF-8 is escaped byte by byte.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done)
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

    /// <summary>Encodes text and ends it with a NUL byte, as the kernel wants its strings.</summary>
    internal static byte[] EncodeTerminated(string text)
    {
        var bytes = new List<byte>(text.Length + 1);
        Span<byte> utf8 = stackalloc byte[4];
        for (int at = 0; at < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, at, out Rune rune))
            {
                bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                at += rune.Utf16SequenceLength;
            }
            else
            {
                bytes.Add((byte)(text[at++] - EscapeBase));
            }
        }

        bytes.Add(0);
        return [.. bytes];
    }

    /// <summary>Splits a block of NUL-terminated strings, such as <c>/proc/self/environ</c>.</summary>
    internal static List<string> SplitTerminated(ReadOnlySpan<byte> block)
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
}
