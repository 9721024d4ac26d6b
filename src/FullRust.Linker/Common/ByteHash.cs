// The one hash of names and string pieces: sixteen bytes a step by a folded 64×64→128 multiplication. Not seeded per process, so
// that nothing in the output can depend on a run; it decides where things are looked up, never in which order they come out.

using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FullRust.Linker.Common;

internal static class ByteHash
{
    private const ulong K0 = 0x9e3779b97f4a7c15, K1 = 0xc2b2ae3d27d4eb4f, K2 = 0xd6e8feb86659fd93;

    /// <summary>Hashes bytes; equal bytes give equal hashes in every run.</summary>
    internal static ulong Compute(ReadOnlySpan<byte> bytes) => Compute(bytes, 0);

    /// <summary>Hashes bytes; different seeds give independent hashes.</summary>
    internal static ulong Compute(ReadOnlySpan<byte> bytes, ulong seed)
    {
        ulong hash = K0 ^ (seed * K2) ^ ((ulong)bytes.Length * K1);
        while (bytes.Length > 16)
        {
            hash = Fold(Word(bytes) ^ K1, Word(bytes[8..]) ^ hash);
            bytes = bytes[16..];
        }

        return Fold(hash ^ K2, Tail(bytes, out ulong high) ^ K1) ^ Fold(high ^ K0, hash);
    }

    /// <summary>Mixes a number, for tables keyed by numbers.</summary>
    internal static ulong Mix(ulong value) => Fold(value ^ K0, K2);

    private static ulong Tail(ReadOnlySpan<byte> bytes, out ulong high)
    {
        if (bytes.Length >= 8)
        {
            high = Word(bytes[^8..]);
            return Word(bytes);
        }

        high = 0;
        if (bytes.Length >= 4)
            return MemoryMarshal.Read<uint>(bytes) | ((ulong)MemoryMarshal.Read<uint>(bytes[^4..]) << 32);
        ulong low = 0;
        for (int i = 0; i < bytes.Length; i++)
            low |= (ulong)bytes[i] << (8 * i);
        return low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<ulong>(bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
