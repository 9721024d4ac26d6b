// Finds repeated strings: hash chains over four bytes, greedy or one step lazy, within a window. The result is a list of sequences
// (literals, then a match) for one block.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace FullRust.Elf.Compression.Zstd;

/// <summary>Some literals and the match that follows them.</summary>
internal readonly record struct ZstdSequence(int LiteralLength, int MatchLength, int Offset);

/// <summary>Searches one input from its start to its end, block by block.</summary>
internal sealed class MatchFinder
{
    /// <summary>How far back a match may reach; every decoder has to manage 8 MiB (RFC 8878, 3.1.1.1.2).</summary>
    public const int WindowLog = 22;

    private const int MinMatch = 4;
    private const int HashLog = 16;

    private readonly int[] _heads = new int[1 << HashLog];
    private readonly int[] _previous;
    private readonly int _mask;
    private readonly int _attempts;
    private readonly bool _isLazy;
    private int _lastOffset = 1;
    private int _inserted = -1;

    public MatchFinder(int inputLength, int level)
    {
        int log = 10;
        while (log < WindowLog && 1 << log < inputLength)
            log++;
        _previous = new int[1 << log];
        _mask = (1 << log) - 1;
        Array.Fill(_heads, -1);
        _attempts = level switch { <= 1 => 1, 2 => 2, 3 => 6, <= 5 => 16, <= 8 => 48, <= 12 => 128, _ => 512 };
        _isLazy = level >= 3;
    }

    public void Find(ReadOnlySpan<byte> input, int start, int end, List<ZstdSequence> sequences)
    {
        int position = start;
        int literals = start;
        int misses = 0;
        while (position + MinMatch <= end)
        {
            int length = Longest(input, position, end, out int offset);
            if (length < MinMatch)
            {
                // Data that does not repeat is stepped over faster and faster.
                int step = 1 + (_isLazy ? 0 : misses++ >> 6);
                Insert(input, position);
                position += step;
                continue;
            }

            misses = 0;
            Insert(input, position);
            if (_isLazy && position + 1 + MinMatch <= end)
            {
                int next = Longest(input, position + 1, end, out int nextOffset);
                if (next > length + 1)
                {
                    position++;
                    Insert(input, position);
                    (length, offset) = (next, nextOffset);
                }
            }

            while (position > literals && position - offset > 0 && input[position - 1] == input[position - offset - 1])
            {
                position--;
                length++;
            }

            sequences.Add(new ZstdSequence(position - literals, length, offset));
            _lastOffset = offset;
            InsertAll(input, position + 1, position + length);
            position += length;
            literals = position;
        }
    }

    private int Longest(ReadOnlySpan<byte> input, int position, int end, out int offset)
    {
        int best = 0;
        offset = 0;

        // Repeating the last distance costs next to nothing.
        if (_lastOffset <= position)
        {
            best = Length(input, position - _lastOffset, position, end);
            offset = _lastOffset;
            best = best < MinMatch ? 0 : best;
        }

        int candidate = _heads[Hash(input, position)];
        for (int attempts = _attempts; attempts > 0 && candidate >= 0 && position - candidate <= _mask && candidate < position; attempts--)
        {
            if (position + best < end && input[candidate + best] == input[position + best])
            {
                int length = Length(input, candidate, position, end);
                if (length > best + (offset == _lastOffset && best > 0 ? 1 : 0))
                {
                    best = length;
                    offset = position - candidate;
                }
            }

            int next = _previous[candidate & _mask];
            if (next >= candidate)
                break;
            candidate = next;
        }

        return best;
    }

    private static int Length(ReadOnlySpan<byte> input, int candidate, int position, int end) =>
        input[position..end].CommonPrefixLength(input[candidate..]);

    private static int Hash(ReadOnlySpan<byte> input, int position) =>
        (int)(unchecked(MemoryMarshal.Read<uint>(input[position..]) * 2654435761u) >> (32 - HashLog));

    private void Insert(ReadOnlySpan<byte> input, int position)
    {
        if (position <= _inserted || position + MinMatch > input.Length)
            return;
        _inserted = position;
        int hash = Hash(input, position);
        _previous[position & _mask] = _heads[hash];
        _heads[hash] = position;
    }

    // The fast levels remember only some places inside a match.
    private void InsertAll(ReadOnlySpan<byte> input, int from, int to)
    {
        int step = _isLazy ? 1 : 3;
        for (int i = from; i < to; i += step)
            Insert(input, i);
    }
}
