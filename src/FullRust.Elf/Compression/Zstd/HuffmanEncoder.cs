// Huffman coding of literals (RFC 8878, 4.2): code lengths of at most 11 bits, the tree's description, and the streams.

using System;
using System.Numerics;

namespace FullRust.Elf.Compression.Zstd;

/// <summary>Makes a code for one block's literals and encodes them. Not thread-safe.</summary>
internal sealed class HuffmanEncoder
{
    private const int MaxBits = HuffmanDecodingTable.MaxBits;
    private const int WeightLog = 6;

    private readonly byte[] _lengths = new byte[256];
    private readonly ushort[] _codes = new ushort[256];
    private readonly FseEncodingTable _weightTable = new();
    private int _bits;
    private int _last;

    /// <summary>Makes a code; at least two different bytes must occur.</summary>
    public void Build(ReadOnlySpan<int> occurrences)
    {
        Array.Clear(_lengths);
        AssignLengths(occurrences);
        LimitLengths(occurrences);
        _bits = 0;
        for (int symbol = 0; symbol < 256; symbol++)
        {
            _bits = Math.Max(_bits, _lengths[symbol]);
            if (_lengths[symbol] > 0)
                _last = symbol;
        }

        AssignCodes();
    }

    /// <summary>The size of the encoded literals in bits.</summary>
    public long SizeInBits(ReadOnlySpan<int> occurrences)
    {
        long bits = 0;
        for (int symbol = 0; symbol < 256; symbol++)
            bits += (long)occurrences[symbol] * _lengths[symbol];
        return bits;
    }

    /// <summary>Writes the tree: weights by FSE if that is smaller, else four bits each. False if neither can hold it.</summary>
    public bool TryWriteTree(ForwardBitWriter writer)
    {
        Span<byte> weights = stackalloc byte[_last];
        for (int symbol = 0; symbol < _last; symbol++)
            weights[symbol] = (byte)(_lengths[symbol] == 0 ? 0 : _bits + 1 - _lengths[symbol]);

        int start = writer.Length;
        writer.WriteByte(0);
        if (TryWriteWeights(weights, writer) && writer.Length - start - 1 < Math.Min(128, (_last + 1) / 2))
        {
            writer.Patch(start, (uint)(writer.Length - start - 1), 1);
            return true;
        }

        writer.Truncate(start);
        if (_last > 128)
            return false;
        writer.WriteByte((byte)(127 + _last));
        for (int i = 0; i < _last; i += 2)
            writer.WriteByte((byte)((weights[i] << 4) | (i + 1 < _last ? weights[i + 1] : 0)));
        return true;
    }

    public void WriteStream(ReadOnlySpan<byte> literals, ForwardBitWriter writer)
    {
        for (int i = literals.Length - 1; i >= 0; i--)
            writer.Write(_codes[literals[i]], _lengths[literals[i]]);
        writer.Close();
    }

    // Merges the two rarest trees until one is left. Ties are broken by symbol, so the result depends on the counts alone.
    private void AssignLengths(ReadOnlySpan<int> occurrences)
    {
        Span<int> order = stackalloc int[256];
        int count = 0;
        for (int symbol = 0; symbol < 256; symbol++)
        {
            if (occurrences[symbol] > 0)
                order[count++] = symbol;
        }

        Span<long> keys = stackalloc long[count];
        for (int i = 0; i < count; i++)
            keys[i] = ((long)occurrences[order[i]] << 8) | (uint)order[i];
        keys.Sort();

        // Leaves 0 to count - 1, then inner nodes in the order they are made, which is the order of their weights.
        Span<long> weights = stackalloc long[2 * count];
        Span<int> parents = stackalloc int[2 * count];
        for (int i = 0; i < count; i++)
            weights[i] = keys[i] >> 8;
        int leaf = 0;
        int inner = count;
        for (int made = count; made < (2 * count) - 1; made++)
        {
            for (int side = 0; side < 2; side++)
            {
                bool takesLeaf = leaf < count && (inner >= made || weights[leaf] <= weights[inner]);
                int taken = takesLeaf ? leaf++ : inner++;
                weights[made] += weights[taken];
                parents[taken] = made;
            }
        }

        Span<int> depths = stackalloc int[2 * count];
        depths[(2 * count) - 2] = 0;
        for (int node = (2 * count) - 3; node >= 0; node--)
            depths[node] = depths[parents[node]] + 1;
        for (int i = 0; i < count; i++)
            _lengths[(int)(keys[i] & 255)] = (byte)Math.Min(depths[i], 255);
    }

    // Cutting long codes down oversubscribes the code; lengthening the rarest of the others makes room, and what is left over then
    // shortens the most frequent that fit, until the code is complete as the format demands.
    private void LimitLengths(ReadOnlySpan<int> occurrences)
    {
        int used = 0;
        for (int symbol = 0; symbol < 256; symbol++)
        {
            if (_lengths[symbol] > MaxBits)
                _lengths[symbol] = MaxBits;
            if (_lengths[symbol] > 0)
                used += 1 << (MaxBits - _lengths[symbol]);
        }

        while (used > 1 << MaxBits)
        {
            int symbol = Rarest(occurrences, longest: MaxBits - 1);
            used -= 1 << (MaxBits - _lengths[symbol] - 1);
            _lengths[symbol]++;
        }

        while (used < 1 << MaxBits)
        {
            int symbol = MostFrequentThatFits(occurrences, (1 << MaxBits) - used);
            used += 1 << (MaxBits - _lengths[symbol]);
            _lengths[symbol]--;
        }
    }

    private int Rarest(ReadOnlySpan<int> occurrences, int longest)
    {
        int best = -1;
        for (int symbol = 0; symbol < 256; symbol++)
        {
            int length = _lengths[symbol];
            if (length == 0 || length > longest)
                continue;
            if (best < 0 || length > _lengths[best] || (length == _lengths[best] && occurrences[symbol] < occurrences[best]))
                best = symbol;
        }

        return best;
    }

    private int MostFrequentThatFits(ReadOnlySpan<int> occurrences, int room)
    {
        int best = -1;
        for (int symbol = 0; symbol < 256; symbol++)
        {
            if (_lengths[symbol] > 1 && 1 << (MaxBits - _lengths[symbol]) <= room && (best < 0 || occurrences[symbol] > occurrences[best]))
                best = symbol;
        }

        return best;
    }

    // Lower weights come first in the decoder's table; a code is the start of its symbol's range without the bits it does not look at.
    private void AssignCodes()
    {
        int position = 0;
        for (int length = _bits; length >= 1; length--)
        {
            for (int symbol = 0; symbol <= _last; symbol++)
            {
                if (_lengths[symbol] != length)
                    continue;
                _codes[symbol] = (ushort)(position >> (_bits - length));
                position += 1 << (_bits - length);
            }
        }
    }

    private bool TryWriteWeights(ReadOnlySpan<byte> weights, ForwardBitWriter writer)
    {
        Span<int> occurrences = stackalloc int[MaxBits + 1];
        occurrences.Clear();
        int alphabet = 0;
        foreach (byte weight in weights)
        {
            occurrences[weight]++;
            alphabet = Math.Max(alphabet, weight + 1);
        }

        // One weight alone, or each only once, is nothing that FSE can describe in less.
        if (weights.Length < 4 || occurrences.IndexOf(weights.Length) >= 0)
            return false;
        int log = Math.Clamp(BitOperations.Log2((uint)weights.Length - 1) - 1, 5, WeightLog);
        Span<short> counts = stackalloc short[alphabet];
        FseCounts.Normalize(occurrences[..alphabet], weights.Length, log, counts);
        FseCounts.Write(writer, counts, log);
        _weightTable.Build(counts, log);
        WriteWithTwoStates(weights, writer);
        return true;
    }

    private void WriteWithTwoStates(ReadOnlySpan<byte> weights, ForwardBitWriter writer)
    {
        int last = weights.Length - 1;
        Span<int> states = stackalloc int[2];
        states[last & 1] = _weightTable.Start(weights[last]);
        states[(last - 1) & 1] = _weightTable.Start(weights[last - 1]);
        for (int i = last - 2; i >= 0; i--)
            _weightTable.Encode(ref states[i & 1], weights[i], writer);
        _weightTable.Finish(states[1], writer);
        _weightTable.Finish(states[0], writer);
        writer.Close();
    }
}
