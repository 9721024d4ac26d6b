// The hash of names and of pieces of merged sections, and the search for a name's end, in one pass over its bytes: a link looks at
// every name once. Sixteen bytes a step in two independent chains; the bytes behind the end count as zeros, so that it does not matter
// whether the length was known before. Not seeded per process: nothing in an output may depend on a run.

using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FullRust.Elf.Memory;

/// <summary>Hashes byte strings for tables. Fast, not for keeping secrets or for telling contents apart without comparing them.</summary>
public static unsafe class StringHash
{
    private const int Step = 16;
    private const ulong K0 = 0x9e3779b97f4a7c15, K1 = 0xc2b2ae3d27d4eb4f, K2 = 0xd6e8feb86659fd93;

    /// <summary>Hashes bytes; equal bytes give equal hashes in every run.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The hash.</returns>
    public static ulong Compute(ReadOnlySpan<byte> bytes)
    {
        ulong low = K0, high = K1;
        fixed (byte* start = bytes)
        {
            byte* at = start, end = start + bytes.Length;
            for (; end - at >= Step; at += Step)
                Mix(ref low, ref high, *(ulong*)at, *(ulong*)(at + 8));
            MixRest(ref low, ref high, at, (int)(end - at));
        }

        return Finish(low, high, (ulong)bytes.Length);
    }

    /// <summary>Finds the end of a string that a NUL ends, and hashes it on the way.</summary>
    /// <param name="start">The string.</param>
    /// <param name="limit">Bytes that may be read.</param>
    /// <param name="length">Its length, or -1 if there is no NUL.</param>
    /// <returns>What <see cref="Compute"/> returns for the string.</returns>
    internal static ulong ComputeToNul(byte* start, long limit, out long length)
    {
        ulong low = K0, high = K1;
        byte* at = start, end = start + limit;
        for (; end - at >= Step; at += Step)
        {
            Vector128<byte> block = Vector128.Load(at);
            uint zeros = Vector128.Equals(block, Vector128<byte>.Zero).ExtractMostSignificantBits();
            if (zeros != 0)
            {
                int rest = BitOperations.TrailingZeroCount(zeros);
                ulong first = block.AsUInt64().ToScalar(), second = block.AsUInt64().GetElement(1);
                Mix(ref low, ref high, rest >= 8 ? first : Keep(first, rest), rest <= 8 ? 0 : Keep(second, rest - 8));
                length = at - start + rest;
                return Finish(low, high, (ulong)length);
            }

            Mix(ref low, ref high, block.AsUInt64().ToScalar(), block.AsUInt64().GetElement(1));
        }

        int tail = new ReadOnlySpan<byte>(at, (int)(end - at)).IndexOf((byte)0);
        length = tail < 0 ? -1 : at - start + tail;
        MixRest(ref low, ref high, at, Math.Max(tail, 0));
        return Finish(low, high, (ulong)length);
    }

    // The first bytes of a word, fewer than eight.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Keep(ulong word, int count) => word & ((1UL << (8 * count)) - 1);

    // Fewer than sixteen bytes, without reading past them.
    private static void MixRest(ref ulong low, ref ulong high, byte* at, int count)
    {
        ulong first = 0, second = 0;
        if (count >= 8)
        {
            first = *(ulong*)at;
            second = count == 8 ? 0 : *(ulong*)(at + count - 8) >> (8 * (Step - count));
        }
        else if (count >= 4)
        {
            first = *(uint*)at | (count == 4 ? 0 : ((ulong)*(uint*)(at + count - 4) >> (8 * (8 - count))) << 32);
        }
        else
        {
            for (int i = 0; i < count; i++)
                first |= (ulong)at[i] << (8 * i);
        }

        Mix(ref low, ref high, first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref ulong low, ref ulong high, ulong first, ulong second)
    {
        low = BitOperations.RotateLeft(low ^ first, 31) * K1;
        high = BitOperations.RotateLeft(high ^ second, 29) * K2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Finish(ulong low, ulong high, ulong length)
    {
        ulong hash = (low ^ BitOperations.RotateLeft(high, 32)) + (length * K0);
        hash = (hash ^ (hash >> 32)) * K2;
        hash = (hash ^ (hash >> 29)) * K1;
        return hash ^ (hash >> 32);
    }
}
