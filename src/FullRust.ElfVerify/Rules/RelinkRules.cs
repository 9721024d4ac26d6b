// Compares the file with what the repeated link gave: the first byte that differs, where it lies, and what explains it.

using System;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class RelinkRules
{
    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        if (run.Options.Relink is not { } relink)
            return;
        run.Begin(RuleId.C03);
        ReadOnlySpan<byte> file = binary.Image.Bytes, again = relink.Image.Span;
        if (file.SequenceEqual(again))
            return;
        foreach (string problem in relink.Problems)
            run.Fail(RuleId.C03, "recording", PrintableText.EscapeLong(problem), 0, 0);
        if (run.Facts.Provenance is { InputsDigest.IsEmpty: false } record && !relink.InputsDigest.IsEmpty && !record.InputsDigest.Span.SequenceEqual(relink.InputsDigest.Span))
            run.Fail(RuleId.C03, "notes", "the recorded inputs are not the ones that the file's record of its link names", 0, 0);
        if (!again.IsEmpty)
            ReportDifference(binary, again, run);
    }

    private static void ReportDifference(in ElfBinary binary, ReadOnlySpan<byte> again, RuleRun run)
    {
        ReadOnlySpan<byte> file = binary.Image.Bytes;
        int first = file.CommonPrefixLength(again), common = Math.Min(file.Length, again.Length);
        string sizes = $"the file has {file.Length} bytes, the repeated link gives {again.Length}";
        if (first == common)
        {
            run.Fail(RuleId.C03, "size", sizes, (ulong)first, (ulong)(file.Length - first));
            return;
        }

        int count = 0;
        for (int i = first; i < common; i++)
            count += file[i] != again[i] ? 1 : 0;
        run.Fail(RuleId.C03, PlaceOf(binary, (ulong)first), $"bytes that differ from the repeated link: {count}, the first at 0x{first:x}: 0x{file[first]:x2}, where the link gives 0x{again[first]:x2}{(file.Length == again.Length ? "" : "; " + sizes)}", (ulong)first, 1);
    }

    private static string PlaceOf(in ElfBinary binary, ulong offset)
    {
        if (offset < Elf64_Ehdr.Size)
            return "ELF header";
        for (int i = 0; i < binary.Sections.Rows.Length; i++)
        {
            Elf64_Shdr row = binary.Sections.Rows[i];
            if (row.sh_type is not (SHT_NULL or SHT_NOBITS) && offset >= row.sh_offset && offset - row.sh_offset < row.sh_size)
                return binary.Sections.PlaceOf(i);
        }

        for (int i = 0; i < binary.Segments.Length; i++)
        {
            if (binary.Segments[i].p_type == PT_LOAD && offset >= binary.Segments[i].p_offset && offset - binary.Segments[i].p_offset < binary.Segments[i].p_filesz)
                return $"program header {i}";
        }

        return "contents";
    }
}
