// Nothing but the kernel takes part in starting the program: no interpreter, no dynamic table, no sections that tell other readers
// of one. Linux takes the first PT_INTERP wherever it stands; loaders find a dynamic table by p_vaddr, tools by p_offset, so both
// views are shown.

using System;
using System.Collections.Generic;
using FullRust.Elf;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class StaticRules
{
    private const int MaxNeeded = 32;

    internal static void CheckSegments(in ElfBinary binary, RuleRun run)
    {
        run.Begin(RuleId.S01, RuleId.S02);
        for (int i = 0; i < binary.Segments.Length; i++)
        {
            if (binary.Segments[i].p_type == PT_INTERP)
                ReportInterpreter(binary, i, run);
            else if (binary.Segments[i].p_type == PT_DYNAMIC)
                CheckDynamic(binary, i, run);
        }
    }

    private static void ReportInterpreter(in ElfBinary binary, int index, RuleRun run)
    {
        Elf64_Phdr segment = binary.Segments[index];
        string path = "(unreadable)";
        if (binary.Image.TrySlice(segment.p_offset, segment.p_filesz, out ElfSpan text))
        {
            int end = text.Bytes.IndexOf((byte)0);
            path = PrintableText.Escape(end < 0 ? text.Bytes : text.Bytes[..end]);
        }

        bool isFirst = run.Facts.Interpreter is null;
        run.Facts.Interpreter ??= path;
        string role = isFirst ? "the kernel starts this program instead" : "the kernel takes the first one";
        run.Fail(RuleId.S01, $"program header {index}", $"PT_INTERP of {segment.p_filesz} bytes names \"{path}\"; {role}",
            binary.OffsetOfSegment(index), Elf64_Phdr.Size);
    }

    private static void CheckDynamic(in ElfBinary binary, int index, RuleRun run)
    {
        Elf64_Phdr segment = binary.Segments[index];
        run.Facts.HasDynamic = true;
        binary.Image.TrySlice(segment.p_offset, Math.Min(segment.p_filesz, (ulong)binary.Image.Length), out ElfSpan fileView);
        // A loader reads from p_vaddr up to DT_NULL, whatever p_filesz says.
        ElfSpan memoryView = binary.FileBytesFrom(segment.p_vaddr, out ulong memoryOffset);
        var needed = new List<string>();
        ListNeeded(binary, fileView, needed);
        ListNeeded(binary, memoryView, needed);
        run.Facts.Needed = needed;

        bool sameView = memoryOffset == segment.p_offset && !memoryView.Bytes.IsEmpty;
        if (run.Options.Profile == VerifyProfile.StaticPie && binary.Header.e_type == ET_DYN && sameView && needed.Count == 0)
            return;
        string libraries = needed.Count == 0 ? "no DT_NEEDED readable in either view" : "DT_NEEDED " + string.Join(", ", needed);
        string views = sameView ? "" : "; its file view (p_offset) and its memory view (p_vaddr) differ";
        run.Fail(RuleId.S02, $"program header {index}", $"PT_DYNAMIC of {segment.p_filesz} bytes, {libraries}{views}",
            binary.OffsetOfSegment(index), Elf64_Phdr.Size);
    }

    private static void ListNeeded(in ElfBinary binary, ElfSpan table, List<string> needed)
    {
        if (!table.TryCast(0, (ulong)table.Length / Elf64_Dyn.Size, out ReadOnlySpan<Elf64_Dyn> entries))
            return;
        ulong stringsAddress = 0;
        foreach (ref readonly Elf64_Dyn entry in entries)
        {
            if (entry.d_tag == DT_NULL)
                break;
            if (entry.d_tag == DT_STRTAB)
                stringsAddress = entry.d_val;
        }

        foreach (ref readonly Elf64_Dyn entry in entries)
        {
            if (entry.d_tag == DT_NULL || needed.Count >= MaxNeeded)
                break;
            if (entry.d_tag != DT_NEEDED)
                continue;
            string name = NameAt(binary, ElfBinary.AddSaturated(stringsAddress, entry.d_val));
            if (!needed.Contains(name))
                needed.Add(name);
        }
    }

    private static string NameAt(in ElfBinary binary, ulong address)
    {
        if (!binary.TryFileRange(address, 1, out _, out ulong offset) || !binary.Image.TryReadString(offset, out ReadOnlySpan<byte> name))
            return "(unreadable)";
        return PrintableText.Escape(name);
    }

    internal static void CheckSections(in ElfBinary binary, RuleRun run)
    {
        if (binary.Sections.Rows.IsEmpty)
        {
            run.NotApplicable(RuleId.S03);
            run.NotApplicable(RuleId.S04);
            return;
        }

        run.Begin(RuleId.S03, RuleId.S04);
        if (run.Options.Profile == VerifyProfile.StaticPie && binary.Header.e_type == ET_DYN)
            return;
        for (int i = 0; i < binary.Sections.Rows.Length; i++)
            CheckSection(binary, i, run);
    }

    private static void CheckSection(in ElfBinary binary, int index, RuleRun run)
    {
        Elf64_Shdr row = binary.Sections.Rows[index];
        ReadOnlySpan<byte> name = binary.Sections.NameOf(row);
        if (row.sh_type == SHT_DYNAMIC || name.SequenceEqual(".dynamic"u8) || name.SequenceEqual(".interp"u8))
        {
            run.Fail(RuleId.S03, binary.Sections.PlaceOf(index), $"a section of type {row.sh_type} and {row.sh_size} bytes that dynamic programs have",
                row.sh_offset, row.sh_size);
        }
        else if (row.sh_type is SHT_DYNSYM or SHT_HASH or SHT_GNU_HASH or SHT_GNU_verdef or SHT_GNU_verneed or SHT_GNU_versym
            || name.SequenceEqual(".dynsym"u8) || name.SequenceEqual(".dynstr"u8))
        {
            run.Fail(RuleId.S04, binary.Sections.PlaceOf(index), $"a section of type 0x{row.sh_type:x} and {row.sh_size} bytes for a dynamic loader",
                row.sh_offset, row.sh_size);
        }
    }
}
