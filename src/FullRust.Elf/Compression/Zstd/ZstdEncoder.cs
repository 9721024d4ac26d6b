// A zstd encoder (RFC 8878): one frame with its content size and a checksum, blocks of 128 KiB, each stored, repeated or compressed,
// whichever is smallest. The same input and level give the same bytes.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace FullRust.Elf.Compression.Zstd;

/// <summary>Encodes data as one zstd frame. Not thread-safe; use one instance per input.</summary>
internal sealed class ZstdEncoder
{
    private readonly ForwardBitWriter _output = new();
    private readonly ForwardBitWriter _block = new();
    private readonly HuffmanEncoder _huffman = new();
    private readonly SequenceEncoder _sequenceEncoder = new();
    private readonly List<ZstdSequence> _sequences = [];
    private readonly byte[] _literals = new byte[ZstdTables.MaxBlockSize];
    private readonly int[] _occurrences = new int[256];

    private ZstdEncoder()
    {
    }

    /// <summary>Compresses data.</summary>
    /// <param name="input">The data.</param>
    /// <param name="level">From 1 (fast) on; past 13 nothing changes.</param>
    public static byte[] Encode(ReadOnlySpan<byte> input, int level)
    {
        var encoder = new ZstdEncoder();
        encoder.WriteHeader(input.Length);
        encoder.WriteBlocks(input, new MatchFinder(input.Length, level));
        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, (uint)XxHash64.Hash(input));
        encoder._output.WriteBytes(checksum);
        return encoder._output.Bytes.ToArray();
    }

    // 3.1.1.1: small contents are their own window.
    private void WriteHeader(int length)
    {
        bool isSingleSegment = length <= 1 << MatchFinder.WindowLog;
        _output.Write(ZstdTables.Magic, 32);
        _output.WriteByte((byte)(0x80 | (isSingleSegment ? 0x20 : 0) | 4));
        if (!isSingleSegment)
            _output.WriteByte((MatchFinder.WindowLog - 10) << 3);
        _output.Write((uint)length, 32);
    }

    private void WriteBlocks(ReadOnlySpan<byte> input, MatchFinder finder)
    {
        int start = 0;
        do
        {
            int end = Math.Min(input.Length, start + ZstdTables.MaxBlockSize);
            WriteBlock(input, start, end, finder);
            start = end;
        }
        while (start < input.Length);
    }

    private void WriteBlock(ReadOnlySpan<byte> input, int start, int end, MatchFinder finder)
    {
        ReadOnlySpan<byte> data = input[start..end];
        uint last = end == input.Length ? 1u : 0;
        if (data.Length > 1 && data.IndexOfAnyExcept(data[0]) < 0)
        {
            _output.Write(last | (1 << 1) | ((uint)data.Length << 3), 24);
            _output.WriteByte(data[0]);
            return;
        }

        (int, int, int) repeats = _sequenceEncoder.Repeats;
        Compress(input, start, end, finder);
        if (_block.Length < data.Length)
        {
            _output.Write(last | (2 << 1) | ((uint)_block.Length << 3), 24);
            _output.WriteBytes(_block.Bytes);
            return;
        }

        // The decoder sees no sequences in a stored block.
        _sequenceEncoder.Repeats = repeats;
        _output.Write(last | ((uint)data.Length << 3), 24);
        _output.WriteBytes(data);
    }

    private void Compress(ReadOnlySpan<byte> input, int start, int end, MatchFinder finder)
    {
        _sequences.Clear();
        finder.Find(input, start, end, _sequences);
        int position = start;
        int count = 0;
        foreach (ZstdSequence sequence in _sequences)
        {
            input.Slice(position, sequence.LiteralLength).CopyTo(_literals.AsSpan(count));
            count += sequence.LiteralLength;
            position += sequence.LiteralLength + sequence.MatchLength;
        }

        input[position..end].CopyTo(_literals.AsSpan(count));
        count += end - position;
        _block.Clear();
        WriteLiterals(_literals.AsSpan(0, count));
        _sequenceEncoder.Write(_sequences, _block);
    }

    // 3.1.1.3.1
    private void WriteLiterals(ReadOnlySpan<byte> literals)
    {
        if (literals.Length > 1 && literals.IndexOfAnyExcept(literals[0]) < 0)
        {
            WritePlainHeader(1, literals.Length);
            _block.WriteByte(literals[0]);
            return;
        }

        if (literals.Length >= 32 && TryWriteCompressed(literals))
            return;
        WritePlainHeader(0, literals.Length);
        _block.WriteBytes(literals);
    }

    private void WritePlainHeader(uint type, int size)
    {
        if (size < 32)
            _block.WriteByte((byte)(type | ((uint)size << 3)));
        else if (size < 4096)
            _block.Write(type | (1 << 2) | ((uint)size << 4), 16);
        else
            _block.Write(type | (3 << 2) | ((uint)size << 4), 24);
    }

    private bool TryWriteCompressed(ReadOnlySpan<byte> literals)
    {
        Array.Clear(_occurrences);
        foreach (byte b in literals)
            _occurrences[b]++;
        _huffman.Build(_occurrences);
        if (_huffman.SizeInBits(_occurrences) / 8 > literals.Length - (literals.Length >> 6) - 16)
            return false;

        bool isSingle = literals.Length < 256;
        int width = literals.Length < 1024 ? 10 : literals.Length < 16384 ? 14 : 18;
        int headerSize = (4 + (2 * width) + 7) / 8;
        int header = _block.Length;
        for (int i = 0; i < headerSize; i++)
            _block.WriteByte(0);
        int start = _block.Length;
        if (!_huffman.TryWriteTree(_block))
        {
            _block.Truncate(header);
            return false;
        }

        if (isSingle)
            _huffman.WriteStream(literals, _block);
        else
            WriteFour(literals);
        int size = _block.Length - start;
        if (size >= literals.Length)
        {
            _block.Truncate(header);
            return false;
        }

        ulong format = isSingle ? 0u : width switch { 10 => 1u, 14 => 2u, _ => 3u };
        ulong fields = 2 | (format << 2) | ((ulong)literals.Length << 4) | ((ulong)size << (4 + width));
        _block.Patch(header, (uint)fields, Math.Min(headerSize, 4));
        if (headerSize > 4)
            _block.Patch(header + 4, (uint)(fields >> 32), headerSize - 4);
        return true;
    }

    private void WriteFour(ReadOnlySpan<byte> literals)
    {
        int table = _block.Length;
        for (int i = 0; i < 6; i++)
            _block.WriteByte(0);
        int quarter = (literals.Length + 3) / 4;
        for (int i = 0; i < 4; i++)
        {
            int start = _block.Length;
            _huffman.WriteStream(i < 3 ? literals.Slice(i * quarter, quarter) : literals[(3 * quarter)..], _block);
            if (i < 3)
                _block.Patch(table + (2 * i), (uint)(_block.Length - start), 2);
        }
    }
}
