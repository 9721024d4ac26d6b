// A cursor over a DWARF section. A read past the end gives zero and sets a flag that stays set, so that parsing code needs one check
// at the end of a step instead of one at each byte.

using System;
using System.Buffers.Binary;

namespace FullRust.Elf.Dwarf;

/// <summary>Reads DWARF's encodings (DWARF 5, 7.4 to 7.6), little-endian.</summary>
internal ref struct DwarfReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The next byte to read, counted from the start of the section.</summary>
    public int Position { get; set; }

    /// <summary>Whether something was read that is not there.</summary>
    public bool HasFailed { get; private set; }

    public readonly bool IsAtEnd => HasFailed || Position >= _bytes.Length;

    public byte U8()
    {
        ReadOnlySpan<byte> bytes = Take(1);
        return bytes.IsEmpty ? (byte)0 : bytes[0];
    }

    public ulong Unsigned(int size)
    {
        ReadOnlySpan<byte> bytes = Take((ulong)size);
        return bytes.Length switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            8 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            _ => 0,
        };
    }

    public ulong Uleb()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = U8();
            if (shift < 64)
                value |= (ulong)(b & 0x7f) << shift;
            if ((b & 0x80) == 0)
                return value;
        }
    }

    public long Sleb()
    {
        long value = 0;
        int shift = 0;
        byte b;
        do
        {
            b = U8();
            if (shift < 64)
                value |= (long)(b & 0x7f) << shift;
            shift += 7;
        }
        while ((b & 0x80) != 0);

        if (shift < 64 && (b & 0x40) != 0)
            value |= -1L << shift;
        return value;
    }

    /// <summary>The bytes before a NUL, which is read too.</summary>
    public ReadOnlySpan<byte> String()
    {
        int length = HasFailed ? -1 : _bytes[Position..].IndexOf((byte)0);
        if (length < 0)
        {
            HasFailed = true;
            return default;
        }

        ReadOnlySpan<byte> text = _bytes.Slice(Position, length);
        Position += length + 1;
        return text;
    }

    public void Skip(ulong count) => Take(count);

    /// <summary>An initial length: the number of bytes that follow, and whether offsets have 8 bytes.</summary>
    public ulong InitialLength(out int offsetSize)
    {
        ulong length = Unsigned(4);
        offsetSize = length == 0xffffffff ? 8 : 4;
        return offsetSize == 8 ? Unsigned(8) : length;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (HasFailed || count > (ulong)(_bytes.Length - Position))
        {
            HasFailed = true;
            return default;
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }
}
