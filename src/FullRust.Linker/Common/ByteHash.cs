// The hash of contents (that of names is StringHash): sixteen bytes a step in two independent multiplication chains (64-bit products only: the
// wide product has no instruction on the oldest processors that the executable runs on). Not seeded per process, so that nothing in
// the output can depend on a run; it decides where things are looked up, never in which order they come out.

using System;
using System.Numerics;
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
        ulong low = K0 ^ (seed * K2) ^ (ulong)bytes.Length, high = K1 + seed;
        while (bytes.Length > 16)
        {
            low = Step(low, Word(bytes));
            high = Step(high, Word(bytes[8..]));
            bytes = bytes[16..];
        }

        low = Step(low, Tail(bytes, out ulong last));
        high = Step(high, last);
        return Mix(low ^ BitOperations.RotateLeft(high, 23));
    }

    /// <summary>Hashes many bytes to 128 bits, 32 bytes a step in four chains.</summary>
    internal static UInt128 Compute128(ReadOnlySpan<byte> bytes)
    {
        ulong length = (ulong)bytes.Length, a = K0, b = K1, c = K2, d = K0 ^ K1;
        while (bytes.Length >= 32)
        {
            a = WideStep(a, Word(bytes));
            b = WideStep(b, Word(bytes[8..]));
            c = WideStep(c, Word(bytes[16..]));
            d = WideStep(d, Word(bytes[24..]));
            bytes = bytes[32..];
        }

        ulong rest = Compute(bytes, length);
        ulong low = Mix(a ^ BitOperations.RotateLeft(b, 17) ^ rest), high = Mix(c ^ BitOperations.RotateLeft(d, 17) ^ (rest * K1));
        return new UInt128(Mix(high + (low * K0)), Mix(low + BitOperations.RotateLeft(high, 32)));
    }

    /// <summary>Spreads a number over all bits, for tables keyed by numbers.</summary>
    internal static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 32)) * K2;
        value = (value ^ (value >> 29)) * K1;
        return value ^ (value >> 32);
    }

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
    private static ulong Step(ulong hash, ulong word) => BitOperations.RotateLeft((hash ^ word) * K0, 31) * K1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WideStep(ulong hash, ulong word) => BitOperations.RotateLeft(hash ^ word, 29) * K0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<ulong>(bytes);
}
