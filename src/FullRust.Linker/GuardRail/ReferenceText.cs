// Who asks, in words: the function that holds a relocated byte, and the object it is in.

using System;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.GuardRail;

internal static class ReferenceText
{
    /// <summary>A relocated byte as notes have it: the object, and the function or variable that holds the byte; the section and offset
    /// where none says that it does.</summary>
    internal static string Describe(SectionTable sections, int row, ulong offset, LinkOptions options)
    {
        ObjectFile file = sections.FileOf(row);
        int holder = HolderOf(sections, row, offset);
        return file.NoteOf(holder != 0 ? SymbolText.Name(file.SymbolName(file.Symbols[holder]), options) : $"{sections.Name(row)}+0x{offset:x}");
    }

    /// <summary>The symbol of a row's object whose extent holds an offset; 0 for none.</summary>
    internal static int HolderOf(SectionTable sections, int row, ulong offset) => Find(sections, row, offset, bySize: true);

    /// <summary>The name of the function or variable that an offset of a section belongs to; the section's name if there is none.</summary>
    internal static string FunctionOf(SectionTable sections, int row, ulong offset, LinkOptions options)
    {
        ObjectFile file = sections.FileOf(row);
        int best = Find(sections, row, offset, bySize: false);
        return best == 0 ? $"{sections.Name(row)}+0x{offset:x}" : SymbolText.Name(file.SymbolName(file.Symbols[best]), options);
    }

    private static int Find(SectionTable sections, int row, ulong offset, bool bySize)
    {
        ObjectFile file = sections.FileOf(row);
        uint header = (uint)(row - file.SectionBase);
        int best = 0;
        ReadOnlySpan<Elf64_Sym> symbols = file.Symbols;
        for (int i = 1; i < symbols.Length; i++)
        {
            ref readonly Elf64_Sym symbol = ref symbols[i];
            if (symbol.Type is not (STT_FUNC or STT_OBJECT or STT_GNU_IFUNC or STT_NOTYPE) || file.SectionOf(i, symbol) != header)
                continue;
            bool hasExtent = bySize || symbol.st_size != 0;
            if (offset < symbol.st_value || (hasExtent && offset - symbol.st_value >= symbol.st_size))
                continue;
            NativeBytes name = file.SymbolName(symbol);
            if (!name.IsEmpty && name.Span[0] != '.')
                best = i;
        }

        return best;
    }
}
