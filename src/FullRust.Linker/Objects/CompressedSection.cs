// Compressed debug sections among the inputs: SHF_COMPRESSED with zlib or zstd (gABI, Section Compression), and GNU's older .zdebug_*.

using System;
using System.Numerics;
using FullRust.Elf.Compression;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Objects;

internal static class CompressedSection
{
    /// <summary>Uncompresses a section with SHF_COMPRESSED.</summary>
    internal static bool TryDecompress(NativeBytes section, out InputBytes? bytes, out byte alignmentLog2, out string problem)
    {
        bool isKnown = SectionCompression.TryReadHeader(section.Span, out CompressedSectionHeader header);
        return TryDecompress(section, isKnown, header, out bytes, out alignmentLog2, out problem);
    }

    /// <summary>Uncompresses a .zdebug section.</summary>
    internal static bool TryDecompressGnu(NativeBytes section, out InputBytes? bytes, out string problem)
    {
        bool isKnown = SectionCompression.TryReadGnuHeader(section.Span, out CompressedSectionHeader header);
        return TryDecompress(section, isKnown, header, out bytes, out _, out problem);
    }

    private static bool TryDecompress(
        NativeBytes section, bool isKnown, in CompressedSectionHeader header, out InputBytes? bytes, out byte alignmentLog2, out string problem)
    {
        bytes = null;
        alignmentLog2 = 0;
        problem = "the header of the compressed section is damaged, of an unknown kind, or claims more than its data can hold";
        if (!isKnown)
            return false;
        alignmentLog2 = (byte)BitOperations.TrailingZeroCount(header.Alignment);
        bytes = InputBytes.Allocate((int)header.Size, out Span<byte> contents);
        problem = SectionCompression.TryDecompress(section.Span, header, contents) ? "" : "the compressed data is damaged";
        return problem.Length == 0;
    }
}
