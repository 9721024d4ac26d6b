// A static position-independent executable is loaded anywhere: which symbols move with it, and which have one value for good.

using FullRust.Elf.Native;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;

namespace FullRust.Linker.Layout.Pie;

internal enum Motion
{
    /// <summary>Absolute, or undefined and weak.</summary>
    Fixed,

    /// <summary>An address in the image.</summary>
    Moves,

    /// <summary>Assigned by an option or script: known when its expression is computed.</summary>
    Assigned,
}

internal static class MovingSymbols
{
    /// <summary>Whether a relocation's symbol moves.</summary>
    internal static Motion Of(SymbolTable symbols, ObjectFile file, int index)
    {
        if (index >= file.FirstGlobal)
            return Of(symbols[symbols.IdOf(file, index)]);
        if (index == 0)
            return Motion.Fixed;
        ref readonly Elf64_Sym local = ref file.Symbols[index];
        return file.SectionOf(index, local) is 0 or >= 0xffff0000u ? Motion.Fixed : Motion.Moves;
    }

    /// <summary>Whether what fills a GOT slot moves.</summary>
    internal static Motion Of(SymbolTable symbols, SectionTable sections, GotEntry entry)
    {
        if (entry.IsTpOffset)
            return Motion.Fixed;
        return entry.Id >= 0 ? Of(symbols[entry.Id]) : Of(symbols, sections.Objects[entry.File], entry.LocalIndex);
    }

    private static Motion Of(in Symbol symbol)
    {
        if ((symbol.Flags & SymbolFlags.Assigned) != 0)
            return Motion.Assigned;
        return !symbol.IsDefined || (symbol.Flags & SymbolFlags.Absolute) != 0 ? Motion.Fixed : Motion.Moves;
    }
}
