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
    /// <summary><c>archive(member):(function)</c>, or the section and offset where no function is known.</summary>
    internal static string Describe(SectionTable sections, int row, ulong offset, LinkOptions options) =>
        $"{sections.Objects[sections[row].File].DisplayName}:({FunctionOf(sections, row, offset, options)})";

    /// <summary>The name of the function or variable that holds an offset of a section; the section's name if there is none.</summary>
    internal static string FunctionOf(SectionTable sections, int row, ulong offset, LinkOptions options)
    {
        ObjectFile file = sections.Objects[sections[row].File];
        uint header = (uint)(row - file.SectionBase);
        NativeBytes best = default;
        ReadOnlySpan<Elf64_Sym> symbols = file.Symbols;
        for (int i = 1; i < symbols.Length; i++)
        {
            ref readonly Elf64_Sym symbol = ref symbols[i];
            if (symbol.Type is not (STT_FUNC or STT_OBJECT or STT_GNU_IFUNC or STT_NOTYPE) || file.SectionOf(i, symbol) != header)
                continue;
            if (offset < symbol.st_value || (symbol.st_size != 0 && offset - symbol.st_value >= symbol.st_size))
                continue;
            NativeBytes name = file.SymbolName(symbol);
            if (!name.IsEmpty && name.Span[0] != '.')
                best = name;
        }

        return best.IsEmpty ? $"{sections.Name(row)}+0x{offset:x}" : SymbolText.Name(best, options);
    }
}
