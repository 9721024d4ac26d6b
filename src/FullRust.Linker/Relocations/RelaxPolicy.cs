// Whether a GOT reference may become a direct one. Asked twice, when needs are counted and when bytes are written, with the same
// facts both times: the instruction, the symbol, and whether all addresses of this link are small.

using System;
using System.Collections.Generic;
using FullRust.Elf.Native;
using FullRust.Linker.Objects;
using FullRust.Linker.Relocations.X86_64;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Relocations;

/// <summary>Decides about GOT relaxation.</summary>
/// <param name="symbols">The global names.</param>
/// <param name="isEnabled"><c>--relax</c>.</param>
/// <param name="isNear">All allocated bytes lie within 2 GiB of each other.</param>
/// <param name="isLow">All addresses are below 2 GiB.</param>
/// <param name="kept">Symbols whose references keep their slots, as an earlier attempt at this link found: global ones as file -1 and their id.</param>
internal sealed class RelaxPolicy(SymbolTable symbols, bool isEnabled, bool isNear, bool isLow, HashSet<(int File, int Index)> kept)
{
    /// <summary>Whether addresses are taken for small ones.</summary>
    internal bool IsLow => isLow;

    /// <summary>Whether the reference needs no slot.</summary>
    /// <param name="file">The object.</param>
    /// <param name="relocation">A relocation of kind GotPcRelative.</param>
    /// <param name="contents">The section's bytes.</param>
    /// <param name="form">The instruction's form.</param>
    internal bool CanRelax(ObjectFile file, in Elf64_Rela relocation, ReadOnlySpan<byte> contents, out GotForm form)
    {
        form = GotForm.Keep;
        if (!isEnabled || (kept.Count > 0 && kept.Contains(KeyOf(file, relocation))))
            return false;
        form = GotPcRelax.FormAt(relocation.Type, contents, relocation.r_offset, relocation.r_addend);
        if (form == GotForm.Keep)
            return false;
        if (relocation.Symbol < (uint)file.FirstGlobal)
            return CanRelaxLocal(file, relocation, form);

        ref Symbol symbol = ref symbols[symbols.IdOf(file, (int)relocation.Symbol)];
        if ((symbol.Flags & (SymbolFlags.Ifunc | SymbolFlags.Assigned)) != 0)
            return false;
        if ((symbol.Flags & SymbolFlags.Absolute) != 0 || !symbol.IsDefined)
            return CanTakeConstant(form, relocation.Type, contents, relocation.r_offset, symbol.IsDefined ? symbol.Value : 0);
        return GotPcRelax.NeedsImmediate(form) ? isLow : isNear;
    }

    /// <summary>Whether the relaxed instruction takes the value as an immediate instead of a PC-relative address.</summary>
    internal bool TakesImmediate(ObjectFile file, in Elf64_Rela relocation, GotForm form)
    {
        if (GotPcRelax.NeedsImmediate(form))
            return true;
        if (relocation.Symbol < (uint)file.FirstGlobal)
            return file.Symbols[(int)relocation.Symbol].st_shndx == SHN_ABS;
        ref Symbol symbol = ref symbols[symbols.IdOf(file, (int)relocation.Symbol)];
        return (symbol.Flags & SymbolFlags.Absolute) != 0 || !symbol.IsDefined;
    }

    /// <summary>Whether a relaxed reference reaches its target.</summary>
    /// <param name="file">The object.</param>
    /// <param name="relocation">A relocation that <see cref="CanRelax"/> says yes to.</param>
    /// <param name="contents">The section's bytes.</param>
    /// <param name="form">The instruction's form.</param>
    /// <param name="target">Address of the symbol.</param>
    /// <param name="place">Address of the field.</param>
    internal bool Reaches(ObjectFile file, in Elf64_Rela relocation, ReadOnlySpan<byte> contents, GotForm form, ulong target, ulong place)
    {
        if (!TakesImmediate(file, relocation, form))
            return RelocationTable.Fits(target - place - 4, 4, FieldRange.Signed);
        bool isWide = Registers.IsWide(contents, (int)relocation.r_offset, RelocationTable.PrefixFamily(relocation.Type));
        return RelocationTable.Fits(target, 4, isWide ? FieldRange.Signed : FieldRange.Unsigned);
    }

    /// <summary>Lets all references to a relocation's symbol keep the slot, from the next attempt on.</summary>
    internal void Keep(ObjectFile file, in Elf64_Rela relocation) => kept.Add(KeyOf(file, relocation));

    private (int File, int Index) KeyOf(ObjectFile file, in Elf64_Rela relocation)
    {
        int index = (int)relocation.Symbol;
        return index < file.FirstGlobal ? (file.Index, index) : (-1, symbols.IdOf(file, index));
    }

    private bool CanRelaxLocal(ObjectFile file, in Elf64_Rela relocation, GotForm form)
    {
        ref readonly Elf64_Sym local = ref file.Symbols[(int)relocation.Symbol];
        if (local.Type == STT_GNU_IFUNC || local.st_shndx is SHN_ABS or SHN_UNDEF)
            return false;
        return GotPcRelax.NeedsImmediate(form) ? isLow : isNear;
    }

    // A constant has no place to be relative to: only the immediate forms serve, and plain GOTPCREL has none.
    private static bool CanTakeConstant(GotForm form, uint type, ReadOnlySpan<byte> contents, ulong offset, ulong value)
    {
        if (form is GotForm.Call or GotForm.Jmp || type == X86_64Reloc.R_X86_64_GOTPCREL)
            return false;
        bool isWide = Registers.IsWide(contents, (int)offset, RelocationTable.PrefixFamily(type));
        return RelocationTable.Fits(value, 4, isWide ? FieldRange.Signed : FieldRange.Unsigned);
    }
}
