// Compressed sections, in and out: the headers (gABI, Section Compression, and GNU's older .zdebug form) and the contents. zlib comes
// from the platform; zstd is our own. What a header claims is compared with what the format can hold before memory is taken for it.

using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Numerics;
using FullRust.Elf.Compression.Zstd;
using FullRust.Elf.Native;

namespace FullRust.Elf.Compression;

/// <summary>What the header of a compressed section says.</summary>
/// <param name="Kind">The compression.</param>
/// <param name="Size">The size of the contents in bytes.</param>
/// <param name="Alignment">The alignment of the contents, a power of two; 1 for the old form, which does not say.</param>
/// <param name="HeaderSize">The number of bytes before the compressed data.</param>
public readonly record struct CompressedSectionHeader(CompressionKind Kind, ulong Size, ulong Alignment, int HeaderSize);

/// <summary>Reads and makes compressed sections. Thread-safe; never throws on bad data.</summary>
public static class SectionCompression
{
    private const int GnuHeaderSize = 12;

    /// <summary>Reads the header of a section with <c>SHF_COMPRESSED</c>.</summary>
    /// <param name="section">The section as it is in the file.</param>
    /// <param name="header">What it says.</param>
    /// <returns>False if it is too short, of an unknown compression, misaligned, or claims more than its data can hold.</returns>
    public static bool TryReadHeader(ReadOnlySpan<byte> section, out CompressedSectionHeader header)
    {
        header = default;
        if (!new ElfSpan(section).TryRead(0, out Elf64_Chdr raw))
            return false;
        header = new CompressedSectionHeader((CompressionKind)raw.ch_type, raw.ch_size, Math.Max(raw.ch_addralign, 1), Elf64_Chdr.Size);
        return header.Kind is CompressionKind.Zlib or CompressionKind.Zstd && BitOperations.IsPow2(header.Alignment) && IsPlausible(section, header);
    }

    /// <summary>Reads the header of a <c>.zdebug</c> section: "ZLIB" and the size, highest byte first.</summary>
    /// <param name="section">The section as it is in the file.</param>
    /// <param name="header">What it says.</param>
    /// <returns>False if it has no such header, or claims more than its data can hold.</returns>
    public static bool TryReadGnuHeader(ReadOnlySpan<byte> section, out CompressedSectionHeader header)
    {
        header = default;
        if (section.Length < GnuHeaderSize || !section.StartsWith("ZLIB"u8))
            return false;
        header = new CompressedSectionHeader(CompressionKind.Zlib, BinaryPrimitives.ReadUInt64BigEndian(section[4..]), 1, GnuHeaderSize);
        return IsPlausible(section, header);
    }

    /// <summary>Decompresses a section.</summary>
    /// <param name="section">The section as it is in the file, with its header.</param>
    /// <param name="header">What its header says.</param>
    /// <param name="contents">Takes the contents; of exactly <see cref="CompressedSectionHeader.Size"/> bytes.</param>
    /// <returns>False if the data is damaged or of another size; the contents are then undefined.</returns>
    public static bool TryDecompress(ReadOnlySpan<byte> section, in CompressedSectionHeader header, Span<byte> contents)
    {
        if (header.HeaderSize > section.Length || (ulong)contents.Length != header.Size)
            return false;
        ReadOnlySpan<byte> data = section[header.HeaderSize..];
        return header.Kind switch
        {
            CompressionKind.Zlib => TryInflate(data, contents),
            CompressionKind.Zstd => new ZstdDecoder().TryDecode(data, contents),
            _ => false,
        };
    }

    /// <summary>Makes a compressed section, with its header. Equal arguments give equal bytes.</summary>
    /// <param name="contents">The contents.</param>
    /// <param name="kind">The compression; not <see cref="CompressionKind.None"/>.</param>
    /// <param name="alignment">The alignment of the contents in bytes.</param>
    /// <param name="level">1 is fast; zlib knows up to 9, zstd up to 13; 0 is the default.</param>
    /// <returns>The section, or null if it would not be smaller than the contents.</returns>
    public static byte[]? Compress(ReadOnlySpan<byte> contents, CompressionKind kind, ulong alignment, int level = 0)
    {
        byte[] data = kind == CompressionKind.Zstd ? ZstdEncoder.Encode(contents, level == 0 ? 3 : level) : Deflate(contents, level);
        if (data.Length + Elf64_Chdr.Size >= contents.Length)
            return null;
        byte[] section = new byte[Elf64_Chdr.Size + data.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(section, (uint)kind);
        BinaryPrimitives.WriteUInt64LittleEndian(section.AsSpan(8), (ulong)contents.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(section.AsSpan(16), alignment);
        data.CopyTo(section, Elf64_Chdr.Size);
        return section;
    }

    // Deflate cannot expand by more than 1032 to 1. A zstd block of 4 bytes can stand for 128 KiB, and arrays end at 2 GiB anyway.
    private static bool IsPlausible(ReadOnlySpan<byte> section, in CompressedSectionHeader header)
    {
        ulong data = (ulong)(section.Length - header.HeaderSize);
        ulong most = header.Kind == CompressionKind.Zlib ? (data * 1032) + 64 : ((data / 4) + 1) * 128 * 1024;
        return header.Size <= most && header.Size <= (ulong)Array.MaxLength;
    }

    private static bool TryInflate(ReadOnlySpan<byte> data, Span<byte> contents)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
            stream.ReadExactly(contents);
            return stream.ReadByte() < 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return false;
        }
    }

    private static byte[] Deflate(ReadOnlySpan<byte> contents, int level)
    {
        var output = new MemoryStream();
        var options = new ZLibCompressionOptions { CompressionLevel = level == 0 ? 6 : Math.Clamp(level, 1, 9) };
        using (var stream = new ZLibStream(output, options, leaveOpen: true))
            stream.Write(contents);
        return output.ToArray();
    }
}
