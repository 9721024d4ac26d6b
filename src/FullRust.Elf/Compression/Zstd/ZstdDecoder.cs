// A zstd decoder (RFC 8878) for data whose size is known beforehand: frames, blocks and checksums. The output is one span, which is at
// the same time the window that matches copy from. Nothing is written past it, and nothing is allocated by what the data says.
// Dictionaries are not supported: section contents have none.

using System;
using System.Buffers.Binary;

namespace FullRust.Elf.Compression.Zstd;

/// <summary>Decodes zstd data. Not thread-safe; one instance can be used again.</summary>
internal sealed partial class ZstdDecoder
{
    private readonly HuffmanDecodingTable _huffman = new();
    private readonly FseDecodingTable _literalLengths = new();
    private readonly FseDecodingTable _matchLengths = new();
    private readonly FseDecodingTable _offsets = new();
    private readonly byte[] _literals = new byte[ZstdTables.MaxBlockSize];
    private int _literalCount;
    private uint _repeat1;
    private uint _repeat2;
    private uint _repeat3;

    /// <summary>Decodes all frames.</summary>
    /// <param name="source">The compressed data, to its end.</param>
    /// <param name="output">Takes the data; it must be of exactly its size.</param>
    /// <returns>False if the data is damaged or of another size.</returns>
    public bool TryDecode(ReadOnlySpan<byte> source, Span<byte> output)
    {
        int written = 0;
        while (!source.IsEmpty)
        {
            if (source.Length < 8)
                return false;
            uint magic = BinaryPrimitives.ReadUInt32LittleEndian(source);
            if ((magic & ZstdTables.SkippableMask) == ZstdTables.SkippableMagic)
            {
                uint size = BinaryPrimitives.ReadUInt32LittleEndian(source[4..]);
                if (size > (uint)(source.Length - 8))
                    return false;
                source = source[(8 + (int)size)..];
            }
            else if (magic != ZstdTables.Magic || !TryDecodeFrame(ref source, output[written..], out int size))
            {
                return false;
            }
            else
            {
                written += size;
            }
        }

        return written == output.Length;
    }

    // 3.1.1
    private bool TryDecodeFrame(ref ReadOnlySpan<byte> source, Span<byte> output, out int written)
    {
        written = 0;
        if (!TryReadHeader(ref source, out bool hasChecksum, out ulong? contentSize))
            return false;
        if (contentSize > (ulong)output.Length)
            return false;
        Reset();
        bool isLast;
        do
        {
            if (!TryDecodeBlock(ref source, output, ref written, out isLast))
                return false;
        }
        while (!isLast);

        if (contentSize is { } size && size != (ulong)written)
            return false;
        return !hasChecksum || TryCheck(ref source, output[..written]);
    }

    private void Reset()
    {
        _huffman.Clear();
        _literalLengths.Clear();
        _matchLengths.Clear();
        _offsets.Clear();
        (_repeat1, _repeat2, _repeat3) = (1, 4, 8);
    }

    private static bool TryCheck(ref ReadOnlySpan<byte> source, ReadOnlySpan<byte> output)
    {
        if (source.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(source) != (uint)XxHash64.Hash(output))
            return false;
        source = source[4..];
        return true;
    }

    // 3.1.1.1
    private static bool TryReadHeader(ref ReadOnlySpan<byte> source, out bool hasChecksum, out ulong? contentSize)
    {
        contentSize = null;
        byte descriptor = source[4];
        hasChecksum = (descriptor & 4) != 0;
        bool isSingleSegment = (descriptor & 0x20) != 0;
        int dictionarySize = (descriptor & 3) == 3 ? 4 : descriptor & 3;
        int sizeCode = descriptor >> 6;
        int sizeBytes = sizeCode == 0 ? (isSingleSegment ? 1 : 0) : 1 << sizeCode;
        int at = isSingleSegment ? 5 : 6;
        if ((descriptor & 8) != 0 || source.Length < at + dictionarySize + sizeBytes)
            return false;

        ReadOnlySpan<byte> dictionary = source.Slice(at, dictionarySize);
        if (dictionary.IndexOfAnyExcept((byte)0) >= 0)
            return false;
        at += dictionarySize;
        contentSize = sizeBytes switch
        {
            1 => source[at],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(source[at..]) + 256UL,
            4 => BinaryPrimitives.ReadUInt32LittleEndian(source[at..]),
            8 => BinaryPrimitives.ReadUInt64LittleEndian(source[at..]),
            _ => null,
        };
        source = source[(at + sizeBytes)..];
        return true;
    }

    // 3.1.1.2
    private bool TryDecodeBlock(ref ReadOnlySpan<byte> source, Span<byte> output, ref int written, out bool isLast)
    {
        isLast = false;
        if (source.Length < 3)
            return false;
        int header = source[0] | (source[1] << 8) | (source[2] << 16);
        isLast = (header & 1) != 0;
        int type = (header >> 1) & 3;
        int size = header >> 3;
        source = source[3..];
        int stored = type == 1 ? 1 : size;
        if (size > ZstdTables.MaxBlockSize || type == 3 || stored > source.Length)
            return false;

        ReadOnlySpan<byte> block = source[..stored];
        source = source[stored..];
        if (type == 2)
            return TryDecodeCompressed(block, output, ref written);
        if (size > output.Length - written)
            return false;
        if (type == 0)
            block.CopyTo(output[written..]);
        else
            output.Slice(written, size).Fill(block[0]);
        written += size;
        return true;
    }

    private bool TryDecodeCompressed(ReadOnlySpan<byte> block, Span<byte> output, ref int written)
    {
        int limit = Math.Min(output.Length, written + ZstdTables.MaxBlockSize);
        return TryDecodeLiterals(ref block) && TryDecodeSequences(block, output[..limit], ref written);
    }
}
