// Changes bytes without knowing what they are: bits, numbers, blocks, words of a dictionary, pieces of other inputs.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace FullRust.Fuzz.Mutation;

/// <summary>Makes changed copies of inputs; the same random numbers make the same copies.</summary>
internal class ByteMutator(IReadOnlyList<byte[]> dictionary)
{
    /// <summary>Values at the edges of what fields hold.</summary>
    protected static readonly ulong[] Painful =
        [0, 1, 2, 3, 7, 8, 15, 16, 0x18, 0x38, 0x40, 0x7f, 0x80, 0xff, 0x100, 0xfff, 0x1000, 0xff00, 0xfffe, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
            0x100000000, 0x7ffffffff000, 0x7fffffffffffffff, 0x8000000000000000, 0xfffffffffffff000, ulong.MaxValue - 1, ulong.MaxValue];

    private const int MaxLength = 1 << 18;

    /// <summary>Makes one changed copy.</summary>
    /// <param name="input">The input.</param>
    /// <param name="other">Another one, for pieces.</param>
    /// <param name="random">Decides.</param>
    internal byte[] Mutate(byte[] input, byte[] other, Random random) => Mutate(input, other, random, 1 << random.Next(5));

    /// <summary>Makes one copy with a number of changes.</summary>
    internal byte[] Mutate(byte[] input, byte[] other, Random random, int changes)
    {
        byte[] copy = [.. input];
        for (; changes > 0; changes--)
        {
            copy = random.Next(3) == 0 ? ChangeBytes(copy, other, random) : ChangeStructure(copy, other, random);
            if (copy.Length == 0)
                copy = [(byte)random.Next(256)];
            else if (copy.Length > MaxLength)
                copy = copy[..MaxLength];
        }

        return copy;
    }

    /// <summary>Changes something that only who knows the format can find.</summary>
    protected virtual byte[] ChangeStructure(byte[] input, byte[] other, Random random) => ChangeBytes(input, other, random);

    /// <summary>Overwrites a number of 1, 2, 4 or 8 bytes.</summary>
    protected static void PutNumber(byte[] input, int at, int width, Random random)
    {
        if (at < 0 || at + width > input.Length)
            return;
        Span<byte> field = stackalloc byte[8];
        input.AsSpan(at, width).CopyTo(field);
        ulong old = BinaryPrimitives.ReadUInt64LittleEndian(field);
        ulong value = random.Next(4) switch
        {
            0 => old + (ulong)random.Next(-16, 17),
            1 => old ^ (1UL << random.Next(width * 8)),
            2 => (ulong)random.Next(64),
            _ => Painful[random.Next(Painful.Length)] + (random.Next(4) == 0 ? (ulong)random.Next(-2, 3) : 0),
        };
        BinaryPrimitives.WriteUInt64LittleEndian(field, value);
        field[..width].CopyTo(input.AsSpan(at));
    }

    private byte[] ChangeBytes(byte[] input, byte[] other, Random random)
    {
        int at = random.Next(input.Length);
        int size = 1 + random.Next(Math.Min(input.Length - at, 1 << random.Next(9)));
        switch (random.Next(9))
        {
            case 0:
                input[at] ^= (byte)(1 << random.Next(8));
                return input;
            case 1:
                input[at] = (byte)random.Next(256);
                return input;
            case 2 or 3:
                int width = 1 << random.Next(4);
                PutNumber(input, at / width * width, width, random);
                return input;
            case 4:
                return [.. input[..at], .. input[(at + size)..]];
            case 5:
                return Insert(input, random.Next(input.Length + 1), input.AsSpan(at, size));
            case 6:
                int from = random.Next(other.Length);
                return Insert(input, at, other.AsSpan(from, 1 + random.Next(Math.Min(other.Length - from, 256))));
            case 7 when dictionary.Count > 0:
                return PutWord(input, at, dictionary[random.Next(dictionary.Count)], random);
            default:
                input.AsSpan(at, size).CopyTo(input.AsSpan(random.Next(input.Length - size + 1)));
                return input;
        }
    }

    private static byte[] PutWord(byte[] input, int at, byte[] word, Random random)
    {
        if (random.Next(2) == 0)
            return Insert(input, at, word);
        word.AsSpan(0, Math.Min(word.Length, input.Length - at)).CopyTo(input.AsSpan(at));
        return input;
    }

    private static byte[] Insert(byte[] input, int at, ReadOnlySpan<byte> piece) => [.. input.AsSpan(0, at), .. piece, .. input.AsSpan(at)];
}
