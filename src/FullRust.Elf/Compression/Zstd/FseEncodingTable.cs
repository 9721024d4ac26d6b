// Finite state entropy encoding, the inverse of FseDecodingTable: symbols are taken from the last to the first, and each moves the
// state to one from which the decoder would have come.

using System;
using System.Numerics;

namespace FullRust.Elf.Compression.Zstd;

/// <summary>An encoding table of up to 512 states and 256 symbols.</summary>
internal sealed class FseEncodingTable
{
    private readonly ushort[] _states = new ushort[1 << FseDecodingTable.MaxLog];
    private readonly int[] _bitsDelta = new int[256];
    private readonly int[] _stateDelta = new int[256];
    private int _log;

    public void Build(ReadOnlySpan<short> counts, int log)
    {
        _log = log;
        int size = 1 << log;
        Span<byte> symbols = stackalloc byte[size];
        FseDecodingTable.Spread(counts, log, symbols);
        Span<int> next = stackalloc int[counts.Length];
        int total = 0;
        for (int symbol = 0; symbol < counts.Length; symbol++)
        {
            int count = Math.Abs((int)counts[symbol]);
            next[symbol] = total;
            SetSymbol(symbol, count, total);
            total += count;
        }

        for (int position = 0; position < size; position++)
            _states[next[symbols[position]]++] = (ushort)(size + position);
    }

    // A state times its symbol's share must stay in [size, 2 * size): the high part of the delta says how many bits go out.
    private void SetSymbol(int symbol, int count, int total)
    {
        if (count == 0)
            return;
        int bits = count == 1 ? _log : _log - BitOperations.Log2((uint)(count - 1));
        _bitsDelta[symbol] = (bits << 16) - (count << bits);
        _stateDelta[symbol] = total - count;
    }

    /// <summary>The state that means the last symbol and writes nothing.</summary>
    public int Start(int symbol)
    {
        int bits = (_bitsDelta[symbol] + (1 << 15)) >> 16;
        int value = (bits << 16) - _bitsDelta[symbol];
        return _states[(value >> bits) + _stateDelta[symbol]];
    }

    public void Encode(ref int state, int symbol, ForwardBitWriter writer)
    {
        int bits = (state + _bitsDelta[symbol]) >> 16;
        writer.Write((uint)state, bits);
        state = _states[(state >> bits) + _stateDelta[symbol]];
    }

    /// <summary>Writes the state that the decoder begins with.</summary>
    public void Finish(int state, ForwardBitWriter writer) => writer.Write((uint)state, _log);
}
