// Huffman codes of literals (RFC 8878, 4.2): read from their weights, decoded by looking at as many bits as the longest code has.

using System;
using System.Numerics;

namespace FullRust.Elf.Compression.Zstd;

/// <summary>A decoding table for codes of up to 11 bits.</summary>
internal sealed class HuffmanDecodingTable
{
    public const int MaxBits = 11;
    private const int MaxWeightLog = 6;

    private readonly byte[] _symbols = new byte[1 << MaxBits];
    private readonly byte[] _lengths = new byte[1 << MaxBits];
    private readonly FseDecodingTable _weightTable = new();

    /// <summary>Length of the longest code; 0 while there is no table.</summary>
    public int Bits { get; private set; }

    public void Clear() => Bits = 0;

    /// <summary>Reads a tree description.</summary>
    /// <returns>The number of bytes read, or -1.</returns>
    public int Read(ReadOnlySpan<byte> source)
    {
        Bits = 0;
        if (source.IsEmpty)
            return -1;
        Span<byte> weights = stackalloc byte[256];
        int header = source[0];
        int count;
        int size;
        if (header >= 128)
        {
            count = header - 127;
            size = (count + 1) / 2;
            if (size > source.Length - 1)
                return -1;
            for (int i = 0; i < count; i++)
                weights[i] = (byte)((i & 1) == 0 ? source[1 + (i / 2)] >> 4 : source[1 + (i / 2)] & 15);
        }
        else
        {
            size = header;
            if (size > source.Length - 1 || !TryReadWeights(source.Slice(1, size), weights, out count))
                return -1;
        }

        return TryBuild(weights, count) ? size + 1 : -1;
    }

    /// <summary>Decodes one stream into a span of exactly its length.</summary>
    public bool TryDecode(ReadOnlySpan<byte> stream, Span<byte> output)
    {
        if (Bits == 0 || !BackwardBitReader.TryCreate(stream, out BackwardBitReader reader))
            return false;
        for (int i = 0; i < output.Length; i++)
        {
            uint index = reader.Peek(Bits);
            output[i] = _symbols[index];
            reader.Skip(_lengths[index]);
        }

        return reader.Remaining == 0;
    }

    // Two states take turns; the stream ends when reading on would need more bits than there are.
    private bool TryReadWeights(ReadOnlySpan<byte> source, Span<byte> weights, out int count)
    {
        count = 0;
        Span<short> counts = stackalloc short[256];
        int header = FseCounts.Read(source, MaxWeightLog, counts, out int symbols, out int log);
        if (header < 0 || !BackwardBitReader.TryCreate(source[header..], out BackwardBitReader reader))
            return false;
        _weightTable.Build(counts[..symbols], log);
        uint even = _weightTable.Start(ref reader);
        uint odd = _weightTable.Start(ref reader);
        while (reader.Remaining >= 0)
        {
            if (count >= 254)
                return false;
            weights[count++] = _weightTable.Symbol(even);
            even = _weightTable.Next(even, ref reader);
            if (reader.Remaining < 0)
            {
                weights[count++] = _weightTable.Symbol(odd);
                return true;
            }

            weights[count++] = _weightTable.Symbol(odd);
            odd = _weightTable.Next(odd, ref reader);
            if (reader.Remaining < 0)
            {
                weights[count++] = _weightTable.Symbol(even);
                return true;
            }
        }

        return false;
    }

    // The last symbol's weight is not stored: it fills the table up to a power of two.
    private bool TryBuild(Span<byte> weights, int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            if (weights[i] > MaxBits)
                return false;
            sum += weights[i] == 0 ? 0 : 1 << (weights[i] - 1);
        }

        if (sum == 0 || count > 255)
            return false;
        int bits = BitOperations.Log2((uint)sum) + 1;
        int rest = (1 << bits) - sum;
        if (bits > MaxBits || !BitOperations.IsPow2(rest))
            return false;
        weights[count++] = (byte)(BitOperations.Log2((uint)rest) + 1);
        Fill(weights[..count], bits);
        Bits = bits;
        return true;
    }

    private void Fill(ReadOnlySpan<byte> weights, int bits)
    {
        int position = 0;
        for (int weight = 1; weight <= bits; weight++)
        {
            for (int symbol = 0; symbol < weights.Length; symbol++)
            {
                if (weights[symbol] != weight)
                    continue;
                int span = 1 << (weight - 1);
                _symbols.AsSpan(position, span).Fill((byte)symbol);
                _lengths.AsSpan(position, span).Fill((byte)(bits + 1 - weight));
                position += span;
            }
        }
    }
}
