// Punycode (RFC 3492) as Rust v0 names use it for identifiers outside ASCII: the delimiter between the plain letters and the
// deltas is '_' instead of '-'.

using System;
using System.Collections.Generic;
using System.Text;

namespace FullRust.Elf.Demangling.Rust;

/// <summary>Decodes punycoded identifiers.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int TMin = 1;
    private const int TMax = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int InitialN = 0x80;

    // The insertions are quadratic in the length; no identifier that a person wrote comes near.
    private const int MaxLength = 1024;

    public static bool TryDecode(ReadOnlySpan<byte> encoded, DemangledText output)
    {
        int delimiter = encoded.LastIndexOf((byte)'_');
        ReadOnlySpan<byte> plain = delimiter < 0 ? default : encoded[..delimiter];
        ReadOnlySpan<byte> deltas = encoded[(delimiter + 1)..];
        if (deltas.IsEmpty || encoded.Length > MaxLength)
            return false;

        var runes = new List<Rune>(encoded.Length);
        foreach (byte b in plain)
        {
            if (b >= InitialN)
                return false;
            runes.Add(new Rune(b));
        }

        if (!TryInsert(deltas, runes))
            return false;
        foreach (Rune rune in runes)
            output.Append(rune);
        return true;
    }

    // RFC 3492 section 6.2.
    private static bool TryInsert(ReadOnlySpan<byte> deltas, List<Rune> runes)
    {
        int n = InitialN;
        bool isFirst = true;
        int bias = InitialBias;
        int position = 0;
        while (!deltas.IsEmpty)
        {
            if (!TryReadDelta(ref deltas, bias, out int delta))
                return false;

            int count = runes.Count + 1;
            bias = Adapt(delta, count, isFirst);
            isFirst = false;
            long next = (long)position + delta;
            if (n + (next / count) > 0x10FFFF)
                return false;
            n += (int)(next / count);
            position = (int)(next % count);
            if (!Rune.TryCreate(n, out Rune rune) || Rune.IsControl(rune))
                return false;
            runes.Insert(position++, rune);
        }

        return true;
    }

    private static bool TryReadDelta(ref ReadOnlySpan<byte> deltas, int bias, out int delta)
    {
        delta = 0;
        long weight = 1;
        for (int k = Base; ; k += Base)
        {
            if (deltas.IsEmpty || !TryReadDigit(deltas[0], out int digit))
                return false;
            deltas = deltas[1..];
            long sum = delta + (digit * weight);
            if (sum > int.MaxValue)
                return false;
            delta = (int)sum;
            int threshold = Math.Clamp(k - bias, TMin, TMax);
            if (digit < threshold)
                return true;
            weight *= Base - threshold;
            if (weight > int.MaxValue)
                return false;
        }
    }

    private static bool TryReadDigit(byte b, out int digit)
    {
        digit = b switch
        {
            >= (byte)'a' and <= (byte)'z' => b - 'a',
            >= (byte)'0' and <= (byte)'9' => b - '0' + 26,
            _ => -1,
        };
        return digit >= 0;
    }

    // RFC 3492 section 6.1.
    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta /= isFirst ? Damp : 2;
        delta += delta / count;
        int k = 0;
        while (delta > (Base - TMin) * TMax / 2)
        {
            delta /= Base - TMin;
            k += Base;
        }

        return k + ((Base - TMin + 1) * delta / (delta + Skew));
    }
}
