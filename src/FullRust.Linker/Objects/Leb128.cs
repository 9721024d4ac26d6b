// Variable-length numbers as DWARF defines them (DWARF 5, section 7.6), from bytes that may be cut off.

using System;

namespace FullRust.Linker.Objects;

internal static class Leb128
{
    /// <summary>Reads an unsigned number and moves past it.</summary>
    internal static bool TryUnsigned(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0, shift = 0; i < bytes.Length && i < 10; i++, shift += 7)
        {
            value |= (ulong)(bytes[i] & 0x7f) << shift;
            if ((bytes[i] & 0x80) != 0)
                continue;
            bytes = bytes[(i + 1)..];
            return true;
        }

        return false;
    }

    /// <summary>Reads a signed number and moves past it.</summary>
    internal static bool TrySigned(ref ReadOnlySpan<byte> bytes, out long value)
    {
        value = 0;
        for (int i = 0, shift = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (long)(bytes[i] & 0x7f) << shift;
            shift += 7;
            if ((bytes[i] & 0x80) != 0)
                continue;
            if (shift < 64 && (bytes[i] & 0x40) != 0)
                value |= -1L << shift;
            bytes = bytes[(i + 1)..];
            return true;
        }

        return false;
    }
}
