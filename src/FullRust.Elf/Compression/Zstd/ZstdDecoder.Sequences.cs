// RFC 8878, 3.1.1.3.2 and 3.1.1.4: the sequences of a block and what they do.

using System;
using System.Buffers.Binary;

namespace FullRust.Elf.Compression.Zstd;

/// <content>Sequences.</content>
internal sealed partial class ZstdDecoder
{
    private bool TryDecodeSequences(ReadOnlySpan<byte> block, Span<byte> output, ref int written)
    {
        if (!TryReadCount(ref block, out int count))
            return false;
        int literal = 0;
        if (count > 0)
        {
            if (!TryReadTables(ref block) || !TryRun(block, count, output, ref written, ref literal))
                return false;
        }
        else if (!block.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = _literals.AsSpan(literal, _literalCount - literal);
        if (rest.Length > output.Length - written)
            return false;
        rest.CopyTo(output[written..]);
        written += rest.Length;
        return true;
    }

    private static bool TryReadCount(ref ReadOnlySpan<byte> block, out int count)
    {
        count = 0;
        if (block.IsEmpty)
            return false;
        int first = block[0];
        int size = first < 128 ? 1 : first < 255 ? 2 : 3;
        if (block.Length < size)
            return false;
        count = size switch
        {
            1 => first,
            2 => ((first - 128) << 8) + block[1],
            _ => BinaryPrimitives.ReadUInt16LittleEndian(block[1..]) + 0x7F00,
        };
        block = block[size..];
        return true;
    }

    private bool TryReadTables(ref ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty)
            return false;
        byte modes = block[0];
        block = block[1..];
        return (modes & 3) == 0
            && TryReadTable(ref block, modes >> 6, _literalLengths, ZstdTables.LiteralLengthDefaults, ZstdTables.LiteralLengthDefaultLog, ZstdTables.LiteralLengthMaxLog, ZstdTables.MaxLiteralLengthCode)
            && TryReadTable(ref block, (modes >> 4) & 3, _offsets, ZstdTables.OffsetDefaults, ZstdTables.OffsetDefaultLog, ZstdTables.OffsetMaxLog, ZstdTables.MaxOffsetCode)
            && TryReadTable(ref block, (modes >> 2) & 3, _matchLengths, ZstdTables.MatchLengthDefaults, ZstdTables.MatchLengthDefaultLog, ZstdTables.MatchLengthMaxLog, ZstdTables.MaxMatchLengthCode);
    }

    private static bool TryReadTable(
        ref ReadOnlySpan<byte> block, int mode, FseDecodingTable table, ReadOnlySpan<short> defaults, int defaultLog, int maxLog, int maxSymbol)
    {
        switch (mode)
        {
            case 0:
                table.Build(defaults, defaultLog);
                return true;
            case 1:
                if (block.IsEmpty || block[0] > maxSymbol)
                    return false;
                table.BuildSingle(block[0]);
                block = block[1..];
                return true;
            case 2:
                Span<short> counts = stackalloc short[maxSymbol + 1];
                int size = FseCounts.Read(block, maxLog, counts, out int symbols, out int log);
                if (size < 0)
                    return false;
                table.Build(counts[..symbols], log);
                block = block[size..];
                return true;
            default:
                return table.IsUsable;
        }
    }

    private bool TryRun(ReadOnlySpan<byte> stream, int count, Span<byte> output, ref int written, ref int literal)
    {
        if (!BackwardBitReader.TryCreate(stream, out BackwardBitReader reader))
            return false;
        uint literalState = _literalLengths.Start(ref reader);
        uint offsetState = _offsets.Start(ref reader);
        uint matchState = _matchLengths.Start(ref reader);
        for (int i = 0; i < count; i++)
        {
            int offsetCode = _offsets.Symbol(offsetState);
            int matchCode = _matchLengths.Symbol(matchState);
            int literalCode = _literalLengths.Symbol(literalState);
            if (offsetCode > ZstdTables.MaxOffsetCode)
                return false;
            uint offsetValue = (1u << offsetCode) + reader.Read(offsetCode);
            int matchLength = ZstdTables.MatchLengthBase[matchCode] + (int)reader.Read(ZstdTables.MatchLengthBits[matchCode]);
            int literalLength = ZstdTables.LiteralLengthBase[literalCode] + (int)reader.Read(ZstdTables.LiteralLengthBits[literalCode]);
            if (reader.Remaining < 0)
                return false;
            uint offset = TakeOffset(offsetValue, literalLength);
            if (!TryCopy(output, ref written, ref literal, literalLength, matchLength, offset))
                return false;
            if (i == count - 1)
                break;
            literalState = _literalLengths.Next(literalState, ref reader);
            matchState = _matchLengths.Next(matchState, ref reader);
            offsetState = _offsets.Next(offsetState, ref reader);
        }

        return reader.Remaining == 0;
    }

    // Values 1 to 3 mean one of the last three offsets; without literals before it, the newest of them makes no sense.
    private uint TakeOffset(uint value, int literalLength)
    {
        if (value > 3)
        {
            (_repeat1, _repeat2, _repeat3) = (value - 3, _repeat1, _repeat2);
            return _repeat1;
        }

        uint index = literalLength == 0 ? value + 1 : value;
        switch (index)
        {
            case 1:
                break;
            case 2:
                (_repeat1, _repeat2) = (_repeat2, _repeat1);
                break;
            case 3:
                (_repeat1, _repeat2, _repeat3) = (_repeat3, _repeat1, _repeat2);
                break;
            default:
                (_repeat1, _repeat2, _repeat3) = (unchecked(_repeat1 - 1), _repeat1, _repeat2);
                break;
        }

        return _repeat1;
    }

    private bool TryCopy(Span<byte> output, ref int written, ref int literal, int literalLength, int matchLength, uint offset)
    {
        if (literalLength > _literalCount - literal || literalLength + matchLength > output.Length - written)
            return false;
        _literals.AsSpan(literal, literalLength).CopyTo(output[written..]);
        literal += literalLength;
        written += literalLength;
        if (offset == 0 || offset > (uint)written)
            return false;

        // A match may reach into what it is about to write: copy in pieces that are there already.
        int from = written - (int)offset;
        while (matchLength > 0)
        {
            int piece = Math.Min(matchLength, written - from);
            output.Slice(from, piece).CopyTo(output[written..]);
            written += piece;
            matchLength -= piece;
        }

        return true;
    }
}
