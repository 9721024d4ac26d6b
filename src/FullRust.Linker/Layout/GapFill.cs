// What stands between the parts of a section: what the script says, else no-ops where control may run through a gap (.init and .fini,
// and code that a script puts together, as GNU ld has it), else a trap between functions, and zeros between data.

using System;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

/// <summary>The bytes of the gaps of one output section.</summary>
internal static class GapFill
{
    private const byte Trap = 0xcc;
    private const int LongestNop = 10;

    // Intel SDM, "Recommended Multi-Byte Sequence of NOP Instruction", and its ten-byte form with a segment prefix; by length.
    private static ReadOnlySpan<byte> Nop(int length) => length switch
    {
        1 => [0x90],
        2 => [0x66, 0x90],
        3 => [0x0f, 0x1f, 0x00],
        4 => [0x0f, 0x1f, 0x40, 0x00],
        5 => [0x0f, 0x1f, 0x44, 0x00, 0x00],
        6 => [0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00],
        7 => [0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00],
        8 => [0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
        9 => [0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
        _ => [0x66, 0x2e, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
    };

    /// <summary>Fills a gap.</summary>
    /// <param name="gap">Its bytes.</param>
    /// <param name="output">The section.</param>
    /// <param name="start">Where the gap begins in it.</param>
    internal static void Write(Span<byte> gap, OutputSection output, ulong start)
    {
        ReadOnlySpan<byte> pattern = PatternAt(output, start);
        if (!pattern.IsEmpty)
            Repeat(gap, pattern);
        else if ((output.Flags & SHF_EXECINSTR) == 0)
            gap.Clear();
        else if (output.Fills is not null || output.Name.Span.SequenceEqual(".init"u8) || output.Name.Span.SequenceEqual(".fini"u8))
            WriteNops(gap);
        else
            gap.Fill(Trap);
    }

    private static ReadOnlySpan<byte> PatternAt(OutputSection output, ulong start)
    {
        byte[] pattern = [];
        if (output.Fills is null)
            return pattern;
        foreach ((ulong from, byte[] bytes) in output.Fills)
        {
            if (from <= start)
                pattern = bytes;
        }

        return pattern;
    }

    private static void Repeat(Span<byte> target, ReadOnlySpan<byte> pattern)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = pattern[i % pattern.Length];
    }

    private static void WriteNops(Span<byte> gap)
    {
        while (gap.Length > 0)
        {
            ReadOnlySpan<byte> nop = Nop(Math.Min(gap.Length, LongestNop));
            nop.CopyTo(gap);
            gap = gap[nop.Length..];
        }
    }
}
