// One object that takes part in the link. Its extents were checked when it was parsed: from there on a bad offset is our bug.

using System;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Inputs;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Objects;

/// <summary>A parsed relocatable object.</summary>
internal sealed class ObjectFile
{
    /// <summary>The file it came from.</summary>
    internal required InputFile File { get; init; }

    /// <summary>The member's name in an archive; empty for a file of its own.</summary>
    internal required NativeBytes MemberName { get; init; }

    /// <summary>The object's bytes.</summary>
    internal required NativeBytes Bytes { get; init; }

    /// <summary>Position on the command line and in the archive: lower comes first wherever order decides.</summary>
    internal required long Priority { get; init; }

    /// <summary>Index in the object set; by priority once all inputs are loaded.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>The section headers' place.</summary>
    internal NativeBytes SectionHeaders { get; set; }

    /// <summary>Section names.</summary>
    internal NativeBytes SectionNames { get; set; }

    /// <summary>The symbol table's entries.</summary>
    internal NativeBytes SymbolBytes { get; set; }

    /// <summary>Symbol names; ends with NUL.</summary>
    internal NativeBytes SymbolNames { get; set; }

    /// <summary>Extended section indices (SHT_SYMTAB_SHNDX), or empty.</summary>
    internal NativeBytes ExtendedIndices { get; set; }

    /// <summary>Index of the first symbol that is not local.</summary>
    internal int FirstGlobal { get; set; }

    /// <summary>Row of section header 0 in the section table.</summary>
    internal int SectionBase { get; set; }

    /// <summary>Row of the first non-local symbol in the table of symbol ids.</summary>
    internal int GlobalBase { get; set; }

    /// <summary>Whether the object says that it needs no executable stack (<c>.note.GNU-stack</c> without SHF_EXECINSTR).</summary>
    internal bool AsksForExecutableStack { get; set; }

    /// <summary>Header index of the section that names further libraries (<c>.deplibs</c>); 0 for none.</summary>
    internal int DependentLibraries { get; set; }

    /// <summary>Whether it has section groups.</summary>
    internal bool HasGroups { get; set; }

    /// <summary>How far <see cref="Symbols.NamePreparation"/> is with it, which several threads may ask.</summary>
    internal int Preparation;

    /// <summary>Values of <see cref="Preparation"/>.</summary>
    internal const int Unprepared = 0, BeingPrepared = 1, Prepared = 2;

    /// <summary>What is wrong with it; null for nothing that was found.</summary>
    internal string? Problem { get; set; }

    /// <summary>Whether a global name has a version (<c>name@@VERSION</c>), known when names are hashed.</summary>
    internal bool HasVersions { get; set; }

    /// <summary>Global names and their hashes until they are in the table; null for a malformed object.</summary>
    internal NativeList<Symbols.HashedName>? HashedNames { get; set; }

    /// <summary>Header index of the section with counts of calls (<c>.llvm.call-graph-profile</c>); 0 for none.</summary>
    internal int CallGraphProfile { get; set; }

    /// <summary>The section headers.</summary>
    internal ReadOnlySpan<Elf64_Shdr> Sections => SectionHeaders.Cast<Elf64_Shdr>();

    /// <summary>The symbols, entry 0 included.</summary>
    internal ReadOnlySpan<Elf64_Sym> Symbols => SymbolBytes.Cast<Elf64_Sym>();

    /// <summary>The number of sections.</summary>
    internal int SectionCount => (int)(SectionHeaders.Length / Elf64_Shdr.Size);

    /// <summary>The number of symbols.</summary>
    internal int SymbolCount => (int)(SymbolBytes.Length / Elf64_Sym.Size);

    /// <summary>The number of symbols that are not local.</summary>
    internal int GlobalCount => SymbolCount - FirstGlobal;

    /// <summary>The name of a symbol.</summary>
    internal NativeBytes SymbolName(in Elf64_Sym symbol) =>
        SymbolNames.TryString(symbol.st_name, out NativeBytes name) ? name : default;

    /// <summary>The name of a section.</summary>
    internal NativeBytes SectionName(int index) =>
        SectionNames.TryString(Sections[index].sh_name, out NativeBytes name) ? name : default;

    /// <summary>The bytes of a section; empty for SHT_NOBITS, and for SHT_NULL, whose extent means nothing.</summary>
    internal NativeBytes SectionBytes(int index)
    {
        ref readonly Elf64_Shdr header = ref Sections[index];
        return header.sh_type is SHT_NOBITS or SHT_NULL ? default : Bytes.Slice((long)header.sh_offset, (long)header.sh_size);
    }

    /// <summary>The section that a symbol is defined in, with extended indices resolved; the special indices as they are, moved above all section numbers.</summary>
    internal uint SectionOf(int symbolIndex, in Elf64_Sym symbol)
    {
        if (symbol.st_shndx < SHN_LORESERVE)
            return symbol.st_shndx;
        if (symbol.st_shndx == SHN_XINDEX)
            return ExtendedIndices.Cast<uint>()[symbolIndex];
        return 0xffff0000u | symbol.st_shndx;
    }

    /// <summary>SHN_ABS as <see cref="SectionOf"/> gives it.</summary>
    internal const uint Absolute = 0xffff0000u | SHN_ABS;

    /// <summary>SHN_COMMON as <see cref="SectionOf"/> gives it.</summary>
    internal const uint Common = 0xffff0000u | SHN_COMMON;

    /// <summary>SHN_X86_64_LCOMMON as <see cref="SectionOf"/> gives it.</summary>
    internal const uint LargeCommon = 0xffff0000u | SHN_X86_64_LCOMMON;

    /// <summary>The object's name in messages: <c>path</c> or <c>archive(member)</c>.</summary>
    internal string DisplayName =>
        MemberName.IsEmpty ? File.Path : $"{File.Path}({Encoding.UTF8.GetString(MemberName.Span)})";

    /// <summary>A place in the object as notes of messages have it: <c>path:(where)</c> or <c>member:(where) in archive path</c>.</summary>
    internal string NoteOf(string where) =>
        MemberName.IsEmpty ? $"{File.Path}:({where})" : $"{Encoding.UTF8.GetString(MemberName.Span)}:({where}) in archive {File.Path}";

    /// <inheritdoc/>
    public override string ToString() => DisplayName;
}
