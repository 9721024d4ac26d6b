// Bytes that the tables do not account for: page tails that become executable, gaps, what follows the last part; and paths of dynamic
// loaders in loaded memory.

using System;
using FullRust.Elf;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class ContentRules
{
    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        CheckExecutablePages(binary, run);
        CheckLoaderPaths(binary, run);
        CheckParts(binary, run);
    }

    private static void CheckExecutablePages(in ElfBinary binary, RuleRun run)
    {
        run.Begin(RuleId.N02);
        for (int i = 0; i < binary.Segments.Length; i++)
        {
            Elf64_Phdr segment = binary.Segments[i];
            if (segment.p_type != PT_LOAD || (segment.p_flags & PF_X) == 0 || segment.p_filesz == 0 || !binary.Image.Contains(segment.p_offset, segment.p_filesz))
                continue;
            ulong length = (ulong)binary.Image.Length, end = segment.p_offset + segment.p_filesz;
            ulong foreign = CountNonZero(binary.Image, ElfBinary.PageStart(segment.p_offset), segment.p_offset)
                + CountNonZero(binary.Image, end, Math.Min(ElfBinary.PageEnd(end), length));
            if (foreign != 0)
            {
                run.Fail(RuleId.N02, $"program header {i}", $"{foreign} bytes beside the segment are mapped executable with it",
                    ElfBinary.PageStart(segment.p_offset), ElfBinary.PageEnd(end) - ElfBinary.PageStart(segment.p_offset));
            }
        }
    }

    private static ulong CountNonZero(ElfSpan image, ulong from, ulong to)
    {
        if (to <= from || !image.TrySlice(from, to - from, out ElfSpan bytes))
            return 0;
        return (ulong)(bytes.Length - System.MemoryExtensions.Count(bytes.Bytes, (byte)0));
    }

    private static void CheckLoaderPaths(in ElfBinary binary, RuleRun run)
    {
        if (run.Facts.Interpreter is not null)
        {
            run.NotApplicable(RuleId.S05);
            return;
        }

        run.Begin(RuleId.S05);
        int at = FindLoaderPath(binary.Image.Bytes);
        if (at < 0)
            return;
        ReadOnlySpan<byte> rest = binary.Image.Bytes[at..];
        int end = rest[..Math.Min(rest.Length, 64)].IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        ReadOnlySpan<byte> text = rest[..(end < 0 ? Math.Min(rest.Length, 64) : end)];
        run.Fail(RuleId.S05, "contents", $"the file holds the path \"{PrintableText.Escape(text)}\" of a dynamic loader", (ulong)at, (ulong)text.Length);
    }

    private static int FindLoaderPath(ReadOnlySpan<byte> bytes)
    {
        for (int from = 0; ;)
        {
            int at = bytes[from..].IndexOf("/ld-"u8);
            if (at < 0)
                return -1;
            from += at;
            if (bytes[from..].StartsWith("/ld-linux"u8) || bytes[from..].StartsWith("/ld-musl-"u8))
                return from;
            from += 4;
        }
    }

    private static void CheckParts(in ElfBinary binary, RuleRun run)
    {
        var parts = new FileParts(binary);
        run.Begin(RuleId.O02, RuleId.O03);
        ulong length = (ulong)binary.Image.Length, end = parts.End;
        if (end < length)
        {
            run.Facts.TrailingBytes = length - end;
            run.Fail(RuleId.O02, "end of file", $"{length - end} bytes follow the last part of the file ({KindOf(binary.Image.Bytes[(int)end..])})", end, length - end);
        }

        for (int i = 0; i < parts.GapCount; i++)
        {
            (ulong from, ulong to) = parts.GapAt(i);
            ulong foreign = CountNonZero(binary.Image, from, to);
            if (foreign != 0)
                run.Fail(RuleId.O03, "gap", $"{foreign} bytes that are not zero lie between the parts of the file at 0x{from:x}..0x{to:x}", from, to - from);
        }
    }

    private static string KindOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.ContainsAnyExcept((byte)0))
            return bytes.StartsWith("PK\u0003\u0004"u8) ? "a zip archive" : bytes.StartsWith("\u007fELF"u8) ? "an ELF file" : "data";
        return "zeros";
    }
}
