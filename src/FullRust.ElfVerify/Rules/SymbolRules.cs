// The symbol table: nothing undefined, functions and objects where their sections say, the entry under its usual name.

using System;
using FullRust.Elf;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal static class SymbolRules
{
    internal static void Check(in ElfBinary binary, RuleRun run)
    {
        ReadOnlySpan<Elf64_Shdr> rows = binary.Sections.Rows;
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].sh_type == SHT_SYMTAB && TryTable(binary, i, out ReadOnlySpan<Elf64_Sym> symbols, out ElfSpan names))
                CheckTable(binary, i, symbols, names, run);
        }

        run.NotApplicable(RuleId.R03);
        run.NotApplicable(RuleId.N03);
    }

    /// <summary>Views a symbol table and its names; false if either is not in the file (Z01 reports that).</summary>
    internal static bool TryTable(in ElfBinary binary, int index, out ReadOnlySpan<Elf64_Sym> symbols, out ElfSpan names)
    {
        Elf64_Shdr row = binary.Sections.Rows[index];
        names = default;
        symbols = default;
        if (row.sh_entsize != Elf64_Sym.Size || row.sh_link >= (uint)binary.Sections.Rows.Length)
            return false;
        Elf64_Shdr strings = binary.Sections.Rows[(int)row.sh_link];
        return strings.sh_type == SHT_STRTAB && binary.Image.TrySlice(strings.sh_offset, strings.sh_size, out names)
            && binary.Image.TryCast(row.sh_offset, row.sh_size / Elf64_Sym.Size, out symbols);
    }

    private static void CheckTable(in ElfBinary binary, int table, ReadOnlySpan<Elf64_Sym> symbols, ElfSpan names, RuleRun run)
    {
        run.Begin(RuleId.R03);
        run.Facts.SymbolCount += symbols.Length;
        bool entryNamed = false, startSeen = false;
        for (int i = 1; i < symbols.Length; i++)
        {
            ref readonly Elf64_Sym symbol = ref symbols[i];
            if (symbol.st_shndx == SHN_UNDEF)
                CheckUndefined(binary, table, i, symbol, names, run);
            else if (symbol.Type is STT_FUNC or STT_OBJECT)
                CheckPlace(binary, table, i, symbol, names, run);
            if (symbol.Binding == STB_GLOBAL && names.TryReadString(symbol.st_name, out ReadOnlySpan<byte> name) && name.SequenceEqual("_start"u8))
            {
                startSeen = true;
                entryNamed |= symbol.st_value == binary.Header.e_entry;
            }
        }

        if (!startSeen)
            return;
        run.Begin(RuleId.N03);
        if (!entryNamed)
            run.Fail(RuleId.N03, "e_entry", $"the entry point 0x{binary.Header.e_entry:x} is not the symbol _start", 24, 8);
    }

    private static void CheckUndefined(in ElfBinary binary, int table, int index, in Elf64_Sym symbol, ElfSpan names, RuleRun run)
    {
        // A local symbol is nobody's reference: mold leaves its unused linker-defined names so.
        if (symbol.Binding is STB_WEAK or STB_LOCAL || symbol.Type is STT_SECTION or STT_FILE)
            return;
        if (!names.TryReadString(symbol.st_name, out ReadOnlySpan<byte> name))
            name = default;
        if (name.IsEmpty && symbol.st_value == 0)
            return;
        run.Fail(RuleId.R03, $"symbol {PrintableText.Escape(name)}", $"\"{PrintableText.Escape(name)}\" is undefined and not weak", OffsetOf(binary, table, index), Elf64_Sym.Size);
    }

    private static void CheckPlace(in ElfBinary binary, int table, int index, in Elf64_Sym symbol, ElfSpan names, RuleRun run)
    {
        if (symbol.st_shndx >= SHN_LORESERVE || symbol.st_size == 0)
            return;
        string problem;
        if (symbol.st_shndx >= binary.Sections.Rows.Length)
        {
            problem = $"is in section {symbol.st_shndx}, which does not exist";
        }
        else
        {
            ref readonly Elf64_Shdr section = ref binary.Sections.Rows[symbol.st_shndx];
            if (symbol.st_value >= section.sh_addr && symbol.st_value - section.sh_addr <= section.sh_size
                && symbol.st_size <= section.sh_size - (symbol.st_value - section.sh_addr))
                return;
            problem = $"of {symbol.st_size} bytes at 0x{symbol.st_value:x} is not inside {binary.Sections.PlaceOf(symbol.st_shndx)}";
        }

        names.TryReadString(symbol.st_name, out ReadOnlySpan<byte> name);
        run.Fail(RuleId.Z03, $"symbol {PrintableText.Escape(name)}", $"\"{PrintableText.Escape(name)}\" {problem}", OffsetOf(binary, table, index), Elf64_Sym.Size);
    }

    private static ulong OffsetOf(in ElfBinary binary, int table, int index) => binary.Sections.Rows[table].sh_offset + ((ulong)index * Elf64_Sym.Size);
}
