// Compact relocations (SHT_CREL): a ULEB128 header, then per entry a byte whose low bits say which of symbol, type and addend
// change by a following SLEB128, and whose other bits begin the offset's difference (LLVM "Extensions", CREL).

using System;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;

namespace FullRust.Linker.Objects;

internal static class Crel
{
    /// <summary>Decodes a whole section.</summary>
    /// <param name="bytes">The section's bytes.</param>
    /// <param name="relocations">The relocations in file order, or null.</param>
    /// <returns>False if the section is cut off.</returns>
    internal static bool TryDecode(ReadOnlySpan<byte> bytes, out NativeList<Elf64_Rela>? relocations)
    {
        relocations = null;
        if (!Leb128.TryUnsigned(ref bytes, out ulong header))
            return false;
        ulong count = header >> 3;
        bool hasAddends = (header & 4) != 0;
        int flagBits = hasAddends ? 3 : 2;
        int shift = (int)(header & 3);

        // Every entry takes a byte at least.
        if (count > (ulong)bytes.Length)
            return false;
        var result = new NativeList<Elf64_Rela>((int)count);
        ulong offset = 0, addend = 0;
        uint symbol = 0, type = 0;
        for (ulong i = 0; i < count; i++)
        {
            if (!TryEntry(ref bytes, flagBits, ref offset, ref symbol, ref type, ref addend))
            {
                result.Dispose();
                return false;
            }

            result.Add(new Elf64_Rela { r_offset = offset << shift, r_info = ((ulong)symbol << 32) | type, r_addend = (long)addend });
        }

        relocations = result;
        return true;
    }

    private static bool TryEntry(ref ReadOnlySpan<byte> bytes, int flagBits, ref ulong offset, ref uint symbol, ref uint type, ref ulong addend)
    {
        if (bytes.IsEmpty)
            return false;
        byte first = bytes[0];
        bytes = bytes[1..];
        unchecked
        {
            offset += (ulong)(first & 0x7f) >> flagBits;
            if ((first & 0x80) != 0)
            {
                if (!Leb128.TryUnsigned(ref bytes, out ulong rest))
                    return false;
                offset += rest << (7 - flagBits);
            }

            if ((first & 1) != 0)
            {
                if (!Leb128.TrySigned(ref bytes, out long delta))
                    return false;
                symbol += (uint)delta;
            }

            if ((first & 2) != 0)
            {
                if (!Leb128.TrySigned(ref bytes, out long delta))
                    return false;
                type += (uint)delta;
            }

            if (flagBits == 3 && (first & 4) != 0)
            {
                if (!Leb128.TrySigned(ref bytes, out long delta))
                    return false;
                addend += (ulong)delta;
            }
        }

        return true;
    }
}
