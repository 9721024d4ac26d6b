// RFC 8878, 3.1.1.3.2, from the other side: codes for lengths and offsets, tables that fit them, and the bit stream.

using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FullRust.Elf.Compression.Zstd;

/// <summary>Writes the sequences section of blocks. Not thread-safe.</summary>
internal sealed class SequenceEncoder
{
    private readonly FseEncodingTable _literalTable = new();
    private readonly FseEncodingTable _matchTable = new();
    private readonly FseEncodingTable _offsetTable = new();
    private readonly List<int> _offsetValues = [];
    private byte[] _literalCodes = [];
    private byte[] _matchCodes = [];
    private byte[] _offsetCodes = [];

    /// <summary>The three last offsets, as the decoder has them before this block.</summary>
    public (int First, int Second, int Third) Repeats { get; set; } = (1, 4, 8);

    public void Write(List<ZstdSequence> sequences, ForwardBitWriter writer)
    {
        WriteCount(sequences.Count, writer);
        if (sequences.Count == 0)
            return;
        MakeCodes(CollectionsMarshal.AsSpan(sequences));
        int count = sequences.Count;
        int modes = writer.Length;
        writer.WriteByte(0);
        int literalMode = WriteTable(_literalCodes.AsSpan(0, count), _literalTable, ZstdTables.LiteralLengthDefaults, ZstdTables.LiteralLengthDefaultLog, ZstdTables.LiteralLengthMaxLog, writer);
        int offsetMode = WriteTable(_offsetCodes.AsSpan(0, count), _offsetTable, ZstdTables.OffsetDefaults, ZstdTables.OffsetDefaultLog, ZstdTables.OffsetMaxLog, writer);
        int matchMode = WriteTable(_matchCodes.AsSpan(0, count), _matchTable, ZstdTables.MatchLengthDefaults, ZstdTables.MatchLengthDefaultLog, ZstdTables.MatchLengthMaxLog, writer);
        writer.Patch(modes, (uint)((literalMode << 6) | (offsetMode << 4) | (matchMode << 2)), 1);
        WriteStream(CollectionsMarshal.AsSpan(sequences), literalMode == 1, offsetMode == 1, matchMode == 1, writer);
    }

    private static void WriteCount(int count, ForwardBitWriter writer)
    {
        if (count < 128)
        {
            writer.WriteByte((byte)count);
        }
        else if (count < 0x7F00)
        {
            writer.WriteByte((byte)((count >> 8) + 128));
            writer.WriteByte((byte)count);
        }
        else
        {
            writer.WriteByte(255);
            writer.Write((uint)(count - 0x7F00), 16);
        }
    }

    private void MakeCodes(ReadOnlySpan<ZstdSequence> sequences)
    {
        if (_literalCodes.Length < sequences.Length)
        {
            _literalCodes = new byte[sequences.Length];
            _matchCodes = new byte[sequences.Length];
            _offsetCodes = new byte[sequences.Length];
        }

        _offsetValues.Clear();
        for (int i = 0; i < sequences.Length; i++)
        {
            int value = OffsetValue(sequences[i].Offset, sequences[i].LiteralLength);
            _offsetValues.Add(value);
            _offsetCodes[i] = (byte)BitOperations.Log2((uint)value);
            _literalCodes[i] = (byte)CodeOf(sequences[i].LiteralLength, ZstdTables.LiteralLengthBase, 16, 19, 64);
            _matchCodes[i] = (byte)CodeOf(sequences[i].MatchLength, ZstdTables.MatchLengthBase, 35, 36, 131);
        }
    }

    // The code whose range holds the value. Small values are their own codes; large ones go by powers of two.
    private static int CodeOf(int value, ReadOnlySpan<int> bases, int direct, int logDifference, int firstPower)
    {
        if (value >= firstPower)
            return logDifference + BitOperations.Log2((uint)(value - (firstPower == 131 ? 3 : 0)));
        int code = value < direct ? value - bases[0] : direct - bases[0];
        while (code + 1 < bases.Length && bases[code + 1] <= value)
            code++;
        return code;
    }

    // The inverse of the decoder's rule for repeated offsets.
    private int OffsetValue(int offset, int literalLength)
    {
        (int first, int second, int third) = Repeats;
        int shift = literalLength == 0 ? 1 : 0;
        if (offset == first && shift == 0)
            return 1;
        if (offset == second)
        {
            Repeats = (second, first, third);
            return 2 - shift;
        }

        if (offset == third)
        {
            Repeats = (third, first, second);
            return 3 - shift;
        }

        Repeats = (offset, first, second);
        return shift == 1 && offset == first - 1 ? 3 : offset + 3;
    }

    // 0 = predefined, 1 = a single code, 2 = described here.
    private static int WriteTable(
        ReadOnlySpan<byte> codes, FseEncodingTable table, ReadOnlySpan<short> defaults, int defaultLog, int maxLog, ForwardBitWriter writer)
    {
        Span<int> occurrences = stackalloc int[64];
        occurrences.Clear();
        int alphabet = 0;
        foreach (byte code in codes)
        {
            occurrences[code]++;
            alphabet = Math.Max(alphabet, code + 1);
        }

        if (occurrences[codes[0]] == codes.Length)
        {
            writer.WriteByte(codes[0]);
            return 1;
        }

        bool fitsDefaults = alphabet <= defaults.Length;
        if (fitsDefaults && codes.Length < 64)
        {
            table.Build(defaults, defaultLog);
            return 0;
        }

        int log = Math.Clamp(BitOperations.Log2((uint)codes.Length) - 1, 6, maxLog);
        Span<short> counts = stackalloc short[alphabet];
        FseCounts.Normalize(occurrences[..alphabet], codes.Length, log, counts);
        FseCounts.Write(writer, counts, log);
        table.Build(counts, log);
        return 2;
    }

    // Everything from the last sequence to the first, in the reverse of the order in which the decoder reads.
    private void WriteStream(ReadOnlySpan<ZstdSequence> sequences, bool isSingleLiteral, bool isSingleOffset, bool isSingleMatch, ForwardBitWriter writer)
    {
        int last = sequences.Length - 1;
        int matchState = isSingleMatch ? 0 : _matchTable.Start(_matchCodes[last]);
        int offsetState = isSingleOffset ? 0 : _offsetTable.Start(_offsetCodes[last]);
        int literalState = isSingleLiteral ? 0 : _literalTable.Start(_literalCodes[last]);
        for (int i = last; i >= 0; i--)
        {
            if (i < last)
            {
                if (!isSingleOffset)
                    _offsetTable.Encode(ref offsetState, _offsetCodes[i], writer);
                if (!isSingleMatch)
                    _matchTable.Encode(ref matchState, _matchCodes[i], writer);
                if (!isSingleLiteral)
                    _literalTable.Encode(ref literalState, _literalCodes[i], writer);
            }

            int literalCode = _literalCodes[i];
            int matchCode = _matchCodes[i];
            writer.Write((uint)(sequences[i].LiteralLength - ZstdTables.LiteralLengthBase[literalCode]), ZstdTables.LiteralLengthBits[literalCode]);
            writer.Write((uint)(sequences[i].MatchLength - ZstdTables.MatchLengthBase[matchCode]), ZstdTables.MatchLengthBits[matchCode]);
            writer.Write((uint)_offsetValues[i], _offsetCodes[i]);
        }

        if (!isSingleMatch)
            _matchTable.Finish(matchState, writer);
        if (!isSingleOffset)
            _offsetTable.Finish(offsetState, writer);
        if (!isSingleLiteral)
            _literalTable.Finish(literalState, writer);
        writer.Close();
    }
}
