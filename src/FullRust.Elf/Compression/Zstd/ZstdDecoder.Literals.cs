// RFC 8878, 3.1.1.3.1: the literals of a block.

using System;
using System.Buffers.Binary;

namespace FullRust.Elf.Compression.Zstd;

/// <content>Literals.</content>
internal sealed partial class ZstdDecoder
{
    private bool TryDecodeLiterals(ref ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty)
            return false;
        int type = block[0] & 3;
        int format = (block[0] >> 2) & 3;
        return type < 2 ? TryReadPlain(ref block, isRepeated: type == 1, format) : TryReadCompressed(ref block, hasTree: type == 2, format);
    }

    private bool TryReadPlain(ref ReadOnlySpan<byte> block, bool isRepeated, int format)
    {
        int headerSize = format switch { 1 => 2, 3 => 3, _ => 1 };
        if (block.Length < headerSize)
            return false;
        int size = headerSize switch
        {
            1 => block[0] >> 3,
            2 => BinaryPrimitives.ReadUInt16LittleEndian(block) >> 4,
            _ => (block[0] | (block[1] << 8) | (block[2] << 16)) >> 4,
        };
        int stored = isRepeated ? 1 : size;
        if (size > ZstdTables.MaxBlockSize || stored > block.Length - headerSize)
            return false;
        if (isRepeated)
            _literals.AsSpan(0, size).Fill(block[headerSize]);
        else
            block.Slice(headerSize, size).CopyTo(_literals);
        _literalCount = size;
        block = block[(headerSize + stored)..];
        return true;
    }

    private bool TryReadCompressed(ref ReadOnlySpan<byte> block, bool hasTree, int format)
    {
        int headerSize = format < 2 ? 3 : format + 2;
        if (block.Length < headerSize)
            return false;
        ulong header = 0;
        for (int i = headerSize - 1; i >= 0; i--)
            header = (header << 8) | block[i];
        int width = format switch { 2 => 14, 3 => 18, _ => 10 };
        int size = (int)(header >> 4) & ((1 << width) - 1);
        int stored = (int)(header >> (4 + width)) & ((1 << width) - 1);
        if (size > ZstdTables.MaxBlockSize || stored > block.Length - headerSize)
            return false;

        ReadOnlySpan<byte> streams = block.Slice(headerSize, stored);
        block = block[(headerSize + stored)..];
        if (hasTree)
        {
            int tree = _huffman.Read(streams);
            if (tree < 0)
                return false;
            streams = streams[tree..];
        }

        _literalCount = size;
        Span<byte> literals = _literals.AsSpan(0, size);
        return format == 0 ? _huffman.TryDecode(streams, literals) : TryDecodeFour(streams, literals);
    }

    // A jump table gives the sizes of the first three streams.
    private bool TryDecodeFour(ReadOnlySpan<byte> streams, Span<byte> literals)
    {
        if (streams.Length < 6)
            return false;
        int quarter = (literals.Length + 3) / 4;
        if (quarter * 3 > literals.Length)
            return false;
        ReadOnlySpan<byte> rest = streams[6..];
        for (int i = 0; i < 3; i++)
        {
            int size = BinaryPrimitives.ReadUInt16LittleEndian(streams[(2 * i)..]);
            if (size > rest.Length || !_huffman.TryDecode(rest[..size], literals.Slice(i * quarter, quarter)))
                return false;
            rest = rest[size..];
        }

        return _huffman.TryDecode(rest, literals[(3 * quarter)..]);
    }
}
