// zstd's entropy-coded streams are written forward and read from their end (RFC 8878, 4.1). The last byte's highest set bit marks
// where the data begins.

using System;
using System.Buffers.Binary;
using System.Numerics;

namespace FullRust.Elf.Compression.Zstd;

/// <summary>Reads bits from the end of a stream. Reading past its start gives zeros and makes <see cref="Remaining"/> negative.</summary>
internal ref struct BackwardBitReader
{
    private readonly ReadOnlySpan<byte> _bytes;

    private BackwardBitReader(ReadOnlySpan<byte> bytes, long bits)
    {
        _bytes = bytes;
        Remaining = bits;
    }

    /// <summary>The number of unread bits; negative if too many were read.</summary>
    public long Remaining { get; private set; }

    public static bool TryCreate(ReadOnlySpan<byte> bytes, out BackwardBitReader reader)
    {
        reader = default;
        if (bytes.IsEmpty || bytes[^1] == 0)
            return false;
        reader = new BackwardBitReader(bytes, ((bytes.Length - 1) * 8L) + BitOperations.Log2(bytes[^1]));
        return true;
    }

    public uint Read(int count)
    {
        uint value = Peek(count);
        Remaining -= count;
        return value;
    }

    public void Skip(int count) => Remaining -= count;

    /// <summary>The next bits, at most 32, highest first.</summary>
    public readonly uint Peek(int count)
    {
        long position = Remaining - count;
        if (position < 0)
            return Remaining <= 0 ? 0 : (uint)(Extract(0, (int)Remaining) << (int)-position);
        return (uint)Extract(position, count);
    }

    private readonly ulong Extract(long position, int count)
    {
        int index = (int)(position >> 3);
        ulong word = 0;
        if (index + 8 <= _bytes.Length)
        {
            word = BinaryPrimitives.ReadUInt64LittleEndian(_bytes[index..]);
        }
        else
        {
            for (int i = _bytes.Length - 1; i >= index; i--)
                word = (word << 8) | _bytes[i];
        }

        return (word >> (int)(position & 7)) & ((1UL << count) - 1);
    }
}
