// The source line of a relocated byte, from the object's own .debug_line. Only for messages: the sections are read when an error is
// printed, and not even counted otherwise.

using System;
using System.IO;
using FullRust.Elf.Dwarf;
using FullRust.Elf.Native;
using FullRust.Linker.Objects;

namespace FullRust.Linker.GuardRail;

internal static class SourceLines
{
    /// <summary>Finds <c>main.rs:5 (src/main.rs:5)</c> for an offset of a section.</summary>
    /// <returns>Null without debug information that covers it.</returns>
    internal static string? Find(SectionTable sections, int row, ulong offset)
    {
        ObjectFile file = sections.FileOf(row);
        int line = FindSection(file, ".debug_line"u8);
        if (line < 0)
            return null;
        var table = new LineTable(
            Contents(sections, file, line),
            Contents(sections, file, FindSection(file, ".debug_line_str"u8)),
            Contents(sections, file, FindSection(file, ".debug_str"u8)),
            Relocations(file, line),
            (uint symbol, out uint section, out ulong value) => Resolve(file, symbol, out section, out value));
        if (!table.TryFind((uint)(row - file.SectionBase), offset, out SourceLocation location))
            return null;
        string name = Path.GetFileName(location.Path);
        return name == location.Path ? $"{name}:{location.Line}" : $"{name}:{location.Line} ({location.Path}:{location.Line})";
    }

    private static ReadOnlySpan<byte> Contents(SectionTable sections, ObjectFile file, int index)
    {
        if (index < 0)
            return default;
        return sections.Fate(file.SectionBase + index).Kind == SectionKind.None ? file.SectionBytes(index).Span : sections.Contents(file.SectionBase + index).Span;
    }

    // Stripped links do not connect debug sections with their relocations: they are looked for here.
    private static ReadOnlySpan<Elf64_Rela> Relocations(ObjectFile file, int target)
    {
        ReadOnlySpan<Elf64_Shdr> headers = file.Sections;
        for (int i = 1; i < headers.Length; i++)
        {
            if (headers[i].sh_type == ElfConstants.SHT_RELA && headers[i].sh_info == (uint)target)
                return file.SectionBytes(i).Cast<Elf64_Rela>();
        }

        return default;
    }

    private static int FindSection(ObjectFile file, ReadOnlySpan<byte> name)
    {
        for (int i = 1; i < file.SectionCount; i++)
        {
            if (file.SectionName(i).Span.SequenceEqual(name))
                return i;
        }

        return -1;
    }

    private static bool Resolve(ObjectFile file, uint symbol, out uint section, out ulong value)
    {
        section = 0;
        value = 0;
        if (symbol >= (uint)file.SymbolCount)
            return false;
        ref readonly Elf64_Sym entry = ref file.Symbols[(int)symbol];
        section = file.SectionOf((int)symbol, entry);
        value = entry.st_value;
        return section is > 0 and < 0xffff0000u;
    }
}
