// SHF_COMPRESSED contents (gABI, Section Compression): a header, then a zlib or zstd stream. The size that the header states is
// compared with what such a stream can hold at most before anything is allocated.

using System;
using System.IO;
using System.IO.Compression;
using System.Numerics;
using FullRust.Elf;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Objects;

internal static class CompressedSection
{
    // DEFLATE cannot do better than 1032:1.
    private const ulong MaxZlibRatio = 1032;

    /// <summary>Uncompresses a section.</summary>
    internal static bool TryDecompress(NativeBytes section, out InputBytes? bytes, out byte alignmentLog2, out string problem)
    {
        bytes = null;
        alignmentLog2 = 0;
        if (!new ElfSpan(section.Span).TryRead(0, out Elf64_Chdr header))
        {
            problem = "the compressed section is shorter than its header";
            return false;
        }

        NativeBytes stream = section.Slice(Elf64_Chdr.Size, section.Length - Elf64_Chdr.Size);
        alignmentLog2 = (byte)(header.ch_addralign <= 1 ? 0 : BitOperations.TrailingZeroCount(header.ch_addralign));
        if (header.ch_type != ELFCOMPRESS_ZLIB)
        {
            problem = header.ch_type == ELFCOMPRESS_ZSTD ? "zstd compression is not supported yet" : $"unknown compression type {header.ch_type}";
            return false;
        }

        if (header.ch_size > int.MaxValue || header.ch_size > (ulong)stream.Length * MaxZlibRatio)
        {
            problem = $"{stream.Length} compressed bytes cannot become {header.ch_size}";
            return false;
        }

        bytes = InputBytes.Allocate((int)header.ch_size, out Span<byte> target);
        problem = Inflate(stream, target);
        return problem.Length == 0;
    }

    private static string Inflate(NativeBytes stream, Span<byte> target)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(stream.Span.ToArray()), CompressionMode.Decompress);
            zlib.ReadExactly(target);
            return "";
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            return "the zlib stream is damaged";
        }
    }
}
