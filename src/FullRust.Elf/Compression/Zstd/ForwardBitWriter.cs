// Writes bits from the lowest on, into a buffer that grows.

using System;

namespace FullRust.Elf.Compression.Zstd;

/// <summary>A growing buffer of bytes with a bit accumulator at its end.</summary>
internal sealed class ForwardBitWriter
{
    private byte[] _bytes = new byte[1024];
    private ulong _pending;
    private int _pendingBits;

    /// <summary>Whole bytes written.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Forgets the contents.</summary>
    public void Clear()
    {
        Length = 0;
        _pending = 0;
        _pendingBits = 0;
    }

    /// <summary>Forgets the bytes from a position on; only between whole bytes.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Appends the low bits of a value, at most 32.</summary>
    public void Write(uint value, int count)
    {
        _pending |= (value & ((1UL << count) - 1)) << _pendingBits;
        _pendingBits += count;
        while (_pendingBits >= 8)
        {
            WriteByte((byte)_pending);
            _pending >>= 8;
            _pendingBits -= 8;
        }
    }

    /// <summary>Fills the last byte with zeros.</summary>
    public void AlignToByte()
    {
        if (_pendingBits > 0)
            Write(0, 8 - _pendingBits);
    }

    /// <summary>Ends a stream that is read backward: a set bit, then zeros.</summary>
    public void Close()
    {
        Write(1, 1);
        AlignToByte();
    }

    public void WriteByte(byte value)
    {
        if (Length == _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        _bytes[Length++] = value;
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Writes a little-endian number at a place that was written before.</summary>
    public void Patch(int position, uint value, int size)
    {
        for (int i = 0; i < size; i++)
            _bytes[position + i] = (byte)(value >> (8 * i));
    }
}
