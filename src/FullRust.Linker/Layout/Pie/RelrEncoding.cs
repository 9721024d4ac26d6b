// Compact relative relocations (gABI, Relocation: SHT_RELR): an even word is the address of a place, an odd one a bitmap over the
// 63 words behind the last place.

using System;
using System.Collections.Generic;

namespace FullRust.Linker.Layout.Pie;

internal static class RelrEncoding
{
    private const int WordsPerBitmap = 63;

    /// <summary>Encodes places.</summary>
    /// <param name="addresses">Even addresses, ascending.</param>
    internal static List<ulong> Encode(ReadOnlySpan<ulong> addresses)
    {
        var words = new List<ulong>();
        for (int i = 0; i < addresses.Length;)
        {
            words.Add(addresses[i]);
            ulong at = addresses[i++] + 8;
            for (ulong bitmap = NextBitmap(addresses, ref i, at); bitmap != 0; bitmap = NextBitmap(addresses, ref i, at))
            {
                words.Add((bitmap << 1) | 1);
                at += 8 * WordsPerBitmap;
            }
        }

        return words;
    }

    private static ulong NextBitmap(ReadOnlySpan<ulong> addresses, ref int i, ulong start)
    {
        ulong bitmap = 0;
        for (; i < addresses.Length; i++)
        {
            ulong delta = addresses[i] - start;
            if (delta >= 8 * WordsPerBitmap || (delta & 7) != 0)
                break;
            bitmap |= 1UL << (int)(delta >> 3);
        }

        return bitmap;
    }
}
