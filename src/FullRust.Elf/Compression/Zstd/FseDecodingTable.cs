// Finite state entropy decoding (RFC 8878, 4.1): a state names a symbol, and bits from the stream lead to the next state.

using System;
using System.Numerics;

namespace FullRust.Elf.Compression.Zstd;

/// <summary>A decoding table of up to 512 states.</summary>
internal sealed class FseDecodingTable
{
    public const int MaxLog = 9;

    private readonly byte[] _symbols = new byte[1 << MaxLog];
    private readonly byte[] _bits = new byte[1 << MaxLog];
    private readonly ushort[] _bases = new ushort[1 << MaxLog];

    /// <summary>The table size, as a power of two; 0 for a table with a single symbol.</summary>
    public int Log { get; private set; }

    /// <summary>Whether the table has contents.</summary>
    public bool IsUsable { get; private set; }

    public void Clear() => IsUsable = false;

    public void BuildSingle(byte symbol)
    {
        _symbols[0] = symbol;
        _bits[0] = 0;
        _bases[0] = 0;
        Log = 0;
        IsUsable = true;
    }

    /// <summary>Spreads symbols over the states. The counts sum up to the table's size, where -1 counts as one.</summary>
    public void Build(ReadOnlySpan<short> counts, int log)
    {
        Log = log;
        IsUsable = true;
        Spread(counts, log, _symbols);
        Span<ushort> next = stackalloc ushort[counts.Length];
        for (int symbol = 0; symbol < counts.Length; symbol++)
            next[symbol] = (ushort)(counts[symbol] == -1 ? 1 : counts[symbol]);
        for (int state = 0; state < 1 << log; state++)
        {
            int count = next[_symbols[state]]++;
            int bits = log - BitOperations.Log2((uint)count);
            _bits[state] = (byte)bits;
            _bases[state] = (ushort)((count << bits) - (1 << log));
        }
    }

    /// <summary>Gives each state its symbol; shared with the encoder.</summary>
    public static void Spread(ReadOnlySpan<short> counts, int log, Span<byte> symbols)
    {
        int size = 1 << log;
        int high = size - 1;
        for (int symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] == -1)
                symbols[high--] = (byte)symbol;
        }

        int step = (size >> 1) + (size >> 3) + 3;
        int position = 0;
        for (int symbol = 0; symbol < counts.Length; symbol++)
        {
            for (int i = 0; i < counts[symbol]; i++)
            {
                symbols[position] = (byte)symbol;
                do
                    position = (position + step) & (size - 1);
                while (position > high);
            }
        }
    }

    public byte Symbol(uint state) => _symbols[state];

    public uint Start(ref BackwardBitReader reader) => reader.Read(Log);

    public uint Next(uint state, ref BackwardBitReader reader) => _bases[state] + reader.Read(_bits[state]);
}
