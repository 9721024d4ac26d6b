// Checks an object's header, section headers and symbol table once, so that later phases may trust every extent. What it refuses
// it names; what it does not need (section contents, relocations) it does not touch.

using System;
using FullRust.Elf;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Diagnostics;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Objects;

internal static class ObjectParser
{
    /// <summary>Fills an object's tables from its bytes.</summary>
    /// <returns>False after an error was reported.</returns>
    internal static bool Parse(ObjectFile file, DiagnosticSink sink)
    {
        if (Parse(file) is not { } problem)
            return true;
        Report(file, problem, sink);
        return false;
    }

    /// <summary>As <see cref="Parse(ObjectFile, DiagnosticSink)"/>, for an object of which nobody knows yet whether it takes part.</summary>
    /// <returns>Null, or what is wrong with it, for <see cref="Report"/>.</returns>
    internal static string? Parse(ObjectFile file) => ParseSectionHeaders(file) ?? ParseSections(file);

    /// <summary>Says what is wrong with an object.</summary>
    internal static void Report(ObjectFile file, string problem, DiagnosticSink sink) =>
        sink.Report(Severity.Error, DiagnosticId.MalformedInput, $"{file.DisplayName}: {problem}", [], file.Priority);

    private static string? ParseSectionHeaders(ObjectFile file)
    {
        var view = new ElfSpan(file.Bytes.Span);
        if (!view.TryRead(0, out Elf64_Ehdr header))
            return "the file is shorter than an ELF header";
        if (header.e_shoff == 0)
            return null;
        if (header.e_shentsize != Elf64_Shdr.Size)
            return $"section header size {header.e_shentsize}, expected {Elf64_Shdr.Size}";
        if (!view.TryRead(header.e_shoff, out Elf64_Shdr first))
            return "the section header table is outside of the file";

        // gABI, ELF Header: counts that do not fit are in section header 0.
        ulong count = header.e_shnum == 0 ? first.sh_size : header.e_shnum;
        uint names = header.e_shstrndx == SHN_XINDEX ? first.sh_link : header.e_shstrndx;
        if (!view.TryCast(header.e_shoff, count, out ReadOnlySpan<Elf64_Shdr> sections))
            return $"the section header table ({count} entries) reaches outside of the file";
        if (count > int.MaxValue / 64)
            return $"{count} sections are more than an object can have";
        file.SectionHeaders = file.Bytes.Slice((long)header.e_shoff, (long)count * Elf64_Shdr.Size);
        if (names == 0)
            return null;
        if (names >= count || sections[(int)names].sh_type != SHT_STRTAB)
            return $"section name table {names} does not exist";
        if (!file.Bytes.TrySlice(sections[(int)names].sh_offset, sections[(int)names].sh_size, out NativeBytes nameBytes))
            return "the section name table is outside of the file";
        file.SectionNames = nameBytes;
        return EndsWithNul(nameBytes) ? null : "the section name table does not end with a NUL";
    }

    private static string? ParseSections(ObjectFile file)
    {
        ReadOnlySpan<Elf64_Shdr> sections = file.Sections;
        for (int i = 1; i < sections.Length; i++)
        {
            ref readonly Elf64_Shdr section = ref sections[i];
            if (section.sh_type is not (SHT_NOBITS or SHT_NULL) && !file.Bytes.TrySlice(section.sh_offset, section.sh_size, out _))
                return $"section {i} ({file.SectionName(i)}) reaches outside of the file";
            if (section.sh_name != 0 && section.sh_name >= (ulong)file.SectionNames.Length)
                return $"the name of section {i} is outside of the section name table";
            if (section.sh_addralign > 1 && (section.sh_addralign & (section.sh_addralign - 1)) != 0)
                return $"section {i} ({file.SectionName(i)}): alignment {section.sh_addralign} is not a power of two";
            if (section.sh_type == SHT_SYMTAB && ParseSymbolTable(file, sections, i) is { } problem)
                return problem;
            if (section.sh_type == SHT_GROUP)
                file.HasGroups = true;
            else if (section.sh_type == SHT_LLVM_DEPENDENT_LIBRARIES)
                file.DependentLibraries = i;
            else if (section.sh_type == SHT_LLVM_CALL_GRAPH_PROFILE)
                file.CallGraphProfile = i;
        }

        return ParseExtendedIndices(file, sections) ?? CheckSymbols(file);
    }

    private static string? ParseSymbolTable(ObjectFile file, ReadOnlySpan<Elf64_Shdr> sections, int index)
    {
        ref readonly Elf64_Shdr table = ref sections[index];
        if (!file.SymbolBytes.IsEmpty)
            return "more than one symbol table";
        if (table.sh_entsize != Elf64_Sym.Size || table.sh_size % Elf64_Sym.Size != 0)
            return $"symbol table entry size {table.sh_entsize}, expected {Elf64_Sym.Size}";
        if (table.sh_link >= (uint)sections.Length || sections[(int)table.sh_link].sh_type != SHT_STRTAB)
            return "the symbol table has no string table";
        if (!file.Bytes.TrySlice(sections[(int)table.sh_link].sh_offset, sections[(int)table.sh_link].sh_size, out NativeBytes names))
            return "the symbol string table is outside of the file";
        if (!EndsWithNul(names))
            return "the symbol string table does not end with a NUL";
        file.SymbolBytes = file.Bytes.Slice((long)table.sh_offset, (long)table.sh_size);
        file.SymbolNames = names;
        if (table.sh_info > (uint)file.SymbolCount)
            return $"first global symbol {table.sh_info} of {file.SymbolCount}";
        file.FirstGlobal = Math.Max((int)table.sh_info, Math.Min(1, file.SymbolCount));
        return null;
    }

    private static string? ParseExtendedIndices(ObjectFile file, ReadOnlySpan<Elf64_Shdr> sections)
    {
        for (int i = 1; i < sections.Length; i++)
        {
            if (sections[i].sh_type != SHT_SYMTAB_SHNDX)
                continue;
            if (sections[i].sh_size != (ulong)file.SymbolCount * sizeof(uint))
                return "the table of extended section indices does not match the symbol table";
            file.ExtendedIndices = file.Bytes.Slice((long)sections[i].sh_offset, (long)sections[i].sh_size);
        }

        return null;
    }

    private static string? CheckSymbols(ObjectFile file)
    {
        ReadOnlySpan<Elf64_Sym> symbols = file.Symbols;
        // gABI, Symbol Table: entry 0 is the undefined symbol.
        if (symbols.Length != 0 && symbols[0].st_shndx != SHN_UNDEF)
            return $"symbol 0 is in section {symbols[0].st_shndx}, but stands for the undefined symbol";
        for (int i = 1; i < symbols.Length; i++)
        {
            ref readonly Elf64_Sym symbol = ref symbols[i];
            if (symbol.st_name >= (ulong)file.SymbolNames.Length)
                return $"the name of symbol {i} is outside of the string table";
            if (symbol.st_shndx == SHN_XINDEX && file.ExtendedIndices.IsEmpty)
                return $"symbol {i} ({file.SymbolName(symbol)}) has an extended section index, but there is no table of them";
            uint section = file.SectionOf(i, symbol);
            if (section is ObjectFile.Common or ObjectFile.LargeCommon && (symbol.st_value & (symbol.st_value - 1)) != 0)
                return $"common symbol {file.SymbolName(symbol)}: alignment {symbol.st_value} is not a power of two";
            if (section >= 0xffff0000u && section is not (ObjectFile.Absolute or ObjectFile.Common or ObjectFile.LargeCommon))
                return $"symbol {i} ({file.SymbolName(symbol)}) has the reserved section index 0x{symbol.st_shndx:x}, whose meaning is not known";
            if (section < 0xffff0000u && section >= (uint)file.SectionCount)
                return $"symbol {i} ({file.SymbolName(symbol)}) is in section {section} of {file.SectionCount}";
            if (i < file.FirstGlobal != (symbol.Binding == STB_LOCAL))
                return i < file.FirstGlobal
                    ? $"symbol {i} ({file.SymbolName(symbol)}) is not local but stands among the local ones"
                    : $"symbol {i} ({file.SymbolName(symbol)}) is local but stands among the global ones";
        }

        return null;
    }

    private static bool EndsWithNul(NativeBytes table) => table.Length > 0 && table.Span[^1] == 0;
}
