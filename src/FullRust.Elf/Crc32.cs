// CRC-32 as .gnu_debuglink uses it: the reflected polynomial 0xedb88320 of ISO 3309, eight bytes a step.

using System;
using System.Buffers.Binary;

namespace FullRust.Elf;

/// <summary>CRC-32 of bytes that come in parts. Not thread-safe.</summary>
public struct Crc32
{
    private const uint Polynomial = 0xedb88320;
    private const int Lanes = 8;
    private static readonly uint[] s_tables = MakeTables();
    private uint _inverted;

    /// <summary>The sum of what was added so far.</summary>
    public readonly uint Value => _inverted;

    /// <summary>Adds bytes.</summary>
    /// <param name="bytes">The next part.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~_inverted;
        ReadOnlySpan<uint> tables = s_tables;
        for (; bytes.Length >= Lanes; bytes = bytes[Lanes..])
        {
            ulong next = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = 0;
            for (int lane = 0; lane < Lanes; lane++, next >>= 8)
                crc ^= tables[((Lanes - 1 - lane) * 256) + (int)(next & 0xff)];
        }

        foreach (byte b in bytes)
            crc = tables[(int)((crc ^ b) & 0xff)] ^ (crc >> 8);
        _inverted = ~crc;
    }

    private static uint[] MakeTables()
    {
        uint[] tables = new uint[Lanes * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            tables[i] = crc;
        }

        for (int i = 256; i < tables.Length; i++)
            tables[i] = tables[(int)(tables[i - 256] & 0xff)] ^ (tables[i - 256] >> 8);
        return tables;
    }
}
