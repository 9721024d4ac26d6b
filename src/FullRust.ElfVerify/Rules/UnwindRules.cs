// The unwind table: .eh_frame_hdr as a panic's or a debugger's unwinder reads it (LSB Core, Exception Frames). The usual encodings,
// pcrel|sdata4 for the frame pointer, udata4 for the count and datarel|sdata4 for the rows, are the only ones linkers write.

using System;
using System.Buffers.Binary;
using FullRust.Elf;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class UnwindRules
{
    private const byte PcRelSigned4 = 0x1b, Unsigned4 = 0x03, DataRelSigned4 = 0x3b, Omit = 0xff;

    private const int HeaderSize = 12, RowSize = 8;

    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        for (int i = 0; i < binary.Segments.Length; i++)
        {
            if (binary.Segments[i].p_type != PT_GNU_EH_FRAME)
                continue;
            run.Begin(RuleId.U01, RuleId.U02);
            string problem = CheckTable(binary, binary.Segments[i], run);
            if (problem.Length != 0)
                run.Fail(RuleId.U01, $"program header {i}", $"PT_GNU_EH_FRAME {problem}", binary.OffsetOfSegment(i), Elf64_Phdr.Size);
            break;
        }

        run.NotApplicable(RuleId.U01);
        run.NotApplicable(RuleId.U02);
    }

    private static string CheckTable(in ElfBinary binary, in Elf64_Phdr segment, RuleRun run)
    {
        if (!binary.TryFileRange(segment.p_vaddr, segment.p_filesz, out ElfSpan bytes, out ulong offset) || offset != segment.p_offset)
            return $"at 0x{segment.p_vaddr:x} is not inside the file bytes of a PT_LOAD";
        ReadOnlySpan<byte> table = bytes.Bytes;
        if (table.Length < 8 || table[0] != 1)
            return "does not begin with version 1";
        if (table[1] != PcRelSigned4)
            return $"has frame pointer encoding 0x{table[1]:x}, which is not the usual 0x1b";
        ulong frames = unchecked(segment.p_vaddr + 4 + (ulong)BinaryPrimitives.ReadInt32LittleEndian(table[4..]));
        if (binary.LoadAt(frames) < 0)
            return $"points to frames at 0x{frames:x}, in no PT_LOAD";
        if (table[2] == Omit && table[3] == Omit)
            return "";
        if (table[2] != Unsigned4 || table[3] != DataRelSigned4)
            return $"has table encodings 0x{table[2]:x} and 0x{table[3]:x}, which are not the usual 0x03 and 0x3b";
        uint count = table.Length < HeaderSize ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(table[8..]);
        if (table.Length < HeaderSize || count > (table.Length - HeaderSize) / RowSize)
            return $"has {table.Length} bytes, too few for {count} rows";
        run.Facts.UnwindEntries = (int)count;
        return CheckRows(binary, segment.p_vaddr, table.Slice(HeaderSize, (int)count * RowSize), offset + HeaderSize, run);
    }

    private static string CheckRows(in ElfBinary binary, ulong tableAddress, ReadOnlySpan<byte> rows, ulong offset, RuleRun run)
    {
        long previous = long.MinValue;
        for (int at = 0; at < rows.Length; at += RowSize)
        {
            int start = BinaryPrimitives.ReadInt32LittleEndian(rows[at..]), frame = BinaryPrimitives.ReadInt32LittleEndian(rows[(at + 4)..]);
            if (start < previous)
                return $"is not sorted at row {at / RowSize}";
            previous = start;
            ulong function = unchecked(tableAddress + (ulong)start);
            int host = binary.LoadAt(function);
            if (host < 0 || (binary.Segments[host].p_flags & PF_X) == 0)
                return $"names a function at 0x{function:x}, which is not executable, in row {at / RowSize}";
            string problem = CheckFrame(binary, unchecked(tableAddress + (ulong)frame), function);
            if (problem.Length != 0)
                run.Fail(RuleId.U02, $"unwind row {at / RowSize}", problem, offset + (ulong)at, RowSize);
        }

        return "";
    }

    // FDE: length, CIE pointer (not 0), then the function's address in the encoding of its CIE; pcrel|sdata4 is what compilers write.
    private static string CheckFrame(in ElfBinary binary, ulong frame, ulong function)
    {
        if (!binary.TryFileRange(frame, 12, out ElfSpan bytes, out _))
            return $"its description at 0x{frame:x} is not in the file bytes of a PT_LOAD";
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Bytes), cie = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Bytes[4..]);
        if (size == uint.MaxValue)
            return "";
        if (size < 8 || cie == 0)
            return $"its description at 0x{frame:x} is not that of a function";
        ulong described = unchecked(frame + 8 + (ulong)BinaryPrimitives.ReadInt32LittleEndian(bytes.Bytes[8..]));
        return described == function || !HasUsualEncoding(binary, frame + 4 - cie)
            ? ""
            : $"its description at 0x{frame:x} is that of 0x{described:x}, not of 0x{function:x}";
    }

    // CIE: length, 0, version, augmentation text; "zR" and the like carry the encoding at its R.
    private static bool HasUsualEncoding(in ElfBinary binary, ulong cie)
    {
        if (!binary.TryFileRange(cie, 4, out ElfSpan lengthBytes, out _))
            return false;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes.Bytes);
        if (length is < 9 or > 4096 || !binary.TryFileRange(cie + 4, length, out ElfSpan bytes, out _))
            return false;
        var reader = new CieReader(bytes.Bytes);
        return reader.FunctionEncoding() == PcRelSigned4;
    }
}
