// Normalised symbol counts of a finite state entropy table and their description in a stream (RFC 8878, 4.1.1).

using System;

namespace FullRust.Elf.Compression.Zstd;

/// <summary>Reads and writes table descriptions.</summary>
internal static class FseCounts
{
    /// <summary>Reads a description.</summary>
    /// <param name="source">The bytes from the description on.</param>
    /// <param name="maxLog">The largest table size allowed, as a power of two.</param>
    /// <param name="counts">Takes the counts; -1 means "less than one".</param>
    /// <param name="symbols">Number of counts read.</param>
    /// <param name="log">The table size, as a power of two.</param>
    /// <returns>The number of bytes read, or -1.</returns>
    public static int Read(ReadOnlySpan<byte> source, int maxLog, Span<short> counts, out int symbols, out int log)
    {
        int bit = 0;
        symbols = 0;
        log = (int)Peek(source, bit, 4) + 5;
        bit += 4;
        if (log > maxLog || source.IsEmpty)
            return -1;

        int remaining = (1 << log) + 1;
        int threshold = 1 << log;
        int width = log + 1;
        while (remaining > 1)
        {
            if (symbols >= counts.Length || bit > source.Length * 8)
                return -1;
            int count = ReadCount(source, ref bit, remaining, threshold, width);
            remaining -= Math.Abs(count);
            counts[symbols++] = (short)count;
            if (count == 0 && !SkipZeros(source, ref bit, counts, ref symbols))
                return -1;
            while (remaining < threshold)
            {
                width--;
                threshold >>= 1;
            }
        }

        int bytes = (bit + 7) / 8;
        return remaining == 1 && bytes <= source.Length ? bytes : -1;
    }

    // Small values take one bit less than large ones.
    private static int ReadCount(ReadOnlySpan<byte> source, ref int bit, int remaining, int threshold, int width)
    {
        int spare = (2 * threshold) - 1 - remaining;
        int value = (int)Peek(source, bit, width);
        if ((value & (threshold - 1)) < spare)
        {
            bit += width - 1;
            return (value & (threshold - 1)) - 1;
        }

        bit += width;
        return (value >= threshold ? value - spare : value) - 1;
    }

    // After a zero, groups of two bits say how many more follow.
    private static bool SkipZeros(ReadOnlySpan<byte> source, ref int bit, Span<short> counts, ref int symbols)
    {
        int more;
        do
        {
            more = (int)Peek(source, bit, 2);
            bit += 2;
            if (symbols + more > counts.Length || bit > source.Length * 8)
                return false;
            counts.Slice(symbols, more).Clear();
            symbols += more;
        }
        while (more == 3);
        return true;
    }

    private static uint Peek(ReadOnlySpan<byte> source, int bit, int count)
    {
        uint value = 0;
        int index = bit >> 3;
        for (int i = 0; i < 4; i++)
            value |= index + i < source.Length ? (uint)source[index + i] << (8 * i) : 0;
        return (value >> (bit & 7)) & ((1u << count) - 1);
    }

    /// <summary>Scales counts so that they sum up to a power of two and every symbol that occurs keeps at least one.</summary>
    public static void Normalize(ReadOnlySpan<int> occurrences, int total, int log, Span<short> counts)
    {
        int size = 1 << log;
        int sum = 0;
        int largest = 0;
        for (int i = 0; i < occurrences.Length; i++)
        {
            long scaled = (((long)occurrences[i] * size) + (total / 2)) / total;
            counts[i] = (short)(occurrences[i] == 0 ? 0 : Math.Max(1, scaled));
            sum += counts[i];
            if (counts[i] > counts[largest])
                largest = i;
        }

        for (; sum < size; sum++)
            counts[largest]++;
        for (; sum > size; sum--)
            counts[IndexOfLargest(counts[..occurrences.Length])]--;
    }

    /// <summary>Writes the description of counts that sum up to <c>1 &lt;&lt; log</c>.</summary>
    public static void Write(ForwardBitWriter writer, ReadOnlySpan<short> counts, int log)
    {
        writer.Write((uint)(log - 5), 4);
        int remaining = (1 << log) + 1;
        int threshold = 1 << log;
        int width = log + 1;
        int symbol = 0;
        while (remaining > 1)
        {
            int count = counts[symbol++];
            int spare = (2 * threshold) - 1 - remaining;
            remaining -= count;
            int value = count + 1;
            if (value >= threshold)
                value += spare;
            writer.Write((uint)value, value < spare ? width - 1 : width);
            if (count == 0)
                symbol = WriteZeros(writer, counts, symbol);
            while (remaining < threshold)
            {
                width--;
                threshold >>= 1;
            }
        }

        writer.AlignToByte();
    }

    private static int WriteZeros(ForwardBitWriter writer, ReadOnlySpan<short> counts, int symbol)
    {
        int start = symbol;
        while (counts[symbol] == 0)
            symbol++;
        for (; symbol - start >= 3; start += 3)
            writer.Write(3, 2);
        writer.Write((uint)(symbol - start), 2);
        return symbol;
    }

    private static int IndexOfLargest(ReadOnlySpan<short> counts)
    {
        int largest = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[largest])
                largest = i;
        }

        return largest;
    }
}
