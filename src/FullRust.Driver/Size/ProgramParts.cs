// What a program consists of: its sections, and its symbols with the crate that each belongs to.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FullRust.Elf;
using FullRust.Elf.Demangling;
using FullRust.Elf.Native;

namespace FullRust.Driver.Size;

/// <summary>A section that takes room in the file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Bytes in the file.</param>
/// <param name="IsLoaded">Whether it is in memory when the program runs.</param>
internal sealed record SectionPart(string Name, long Size, bool IsLoaded);

/// <summary>A symbol that takes room.</summary>
/// <param name="Name">Its readable name.</param>
/// <param name="Crate">The crate that it comes from, or a word in parentheses.</param>
/// <param name="Section">The section that it is in.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record SymbolPart(string Name, string Crate, string Section, long Size);

/// <summary>A program taken apart. Immutable.</summary>
/// <param name="FileSize">Bytes of the file.</param>
/// <param name="Sections">Sections with bytes in the file, largest first.</param>
/// <param name="Symbols">Symbols with a size, largest first; none in a stripped program.</param>
internal sealed record ProgramParts(long FileSize, IReadOnlyList<SectionPart> Sections, IReadOnlyList<SymbolPart> Symbols)
{
    private const string Unnamed = "(without symbol)";

    /// <summary>Takes a program apart.</summary>
    /// <returns>Null for what is not an ELF file with sections.</returns>
    internal static ProgramParts? Read(ReadOnlySpan<byte> image)
    {
        var file = new ElfSpan(image);
        if (!file.TryRead(0, out Elf64_Ehdr header) || header.e_ident.Magic != Elf64_Ehdr.Magic
            || !file.TryCast(header.e_shoff, header.e_shnum, out ReadOnlySpan<Elf64_Shdr> headers) || header.e_shstrndx >= headers.Length
            || !file.TrySlice(headers[header.e_shstrndx].sh_offset, headers[header.e_shstrndx].sh_size, out ElfSpan names))
            return null;
        var sections = new List<SectionPart>();
        string[] sectionNames = new string[headers.Length];
        for (int i = 0; i < headers.Length; i++)
        {
            Elf64_Shdr section = headers[i];
            sectionNames[i] = names.TryReadString(section.sh_name, out ReadOnlySpan<byte> name) ? Encoding.UTF8.GetString(name) : "";
            if (section.sh_type is not (ElfConstants.SHT_NULL or ElfConstants.SHT_NOBITS))
                sections.Add(new SectionPart(sectionNames[i], (long)section.sh_size, (section.sh_flags & ElfConstants.SHF_ALLOC) != 0));
        }

        return new ProgramParts(image.Length, [.. sections.OrderByDescending(static s => s.Size)], ReadSymbols(file, headers, sectionNames));
    }

    /// <summary>What each crate takes of the sections that are in the file, largest first, with a row for bytes that no symbol covers.</summary>
    internal IReadOnlyList<(string Crate, long Size)> ByCrate()
    {
        Dictionary<string, long> crates = Symbols.GroupBy(static s => s.Crate).ToDictionary(static g => g.Key, static g => g.Sum(static s => s.Size));
        long loaded = Sections.Where(static s => s.IsLoaded).Sum(static s => s.Size);
        crates[Unnamed] = Math.Max(0, loaded - crates.Values.Sum());
        return [.. crates.OrderByDescending(static c => c.Value).ThenBy(static c => c.Key, StringComparer.Ordinal).Select(static c => (c.Key, c.Value))];
    }

    /// <summary>The crate at the head of a Rust path: <c>alloc</c> for <c>&lt;alloc::vec::Vec&lt;T&gt; as core::…&gt;::f</c>.</summary>
    internal static string CrateOf(string name)
    {
        int start = 0;
        while (start < name.Length && !(char.IsAsciiLetter(name[start]) || name[start] == '_'))
            start++;
        int end = start;
        while (end < name.Length && (char.IsAsciiLetterOrDigit(name[end]) || name[end] == '_'))
            end++;
        string word = name[start..end];
        if (word is "dyn" or "mut" or "impl" or "for")
            return CrateOf(name[end..]);
        bool isPath = name.AsSpan(end).StartsWith("::") || name.AsSpan(end).StartsWith("[");
        return isPath ? word : name.Contains("::", StringComparison.Ordinal) && start > 0 ? "core" : "(not Rust)";
    }

    private static IReadOnlyList<SymbolPart> ReadSymbols(ElfSpan file, ReadOnlySpan<Elf64_Shdr> headers, string[] sectionNames)
    {
        var parts = new List<SymbolPart>();
        var seen = new HashSet<(ulong Address, ulong Size)>();
        foreach (Elf64_Shdr table in headers)
        {
            if (table.sh_type != ElfConstants.SHT_SYMTAB || table.sh_link >= (uint)headers.Length
                || !file.TryCast(table.sh_offset, table.sh_size / Elf64_Sym.Size, out ReadOnlySpan<Elf64_Sym> symbols)
                || !file.TrySlice(headers[(int)table.sh_link].sh_offset, headers[(int)table.sh_link].sh_size, out ElfSpan names))
                continue;
            foreach (Elf64_Sym symbol in symbols)
            {
                bool takesRoom = symbol.st_size > 0 && symbol.st_shndx > 0 && symbol.st_shndx < headers.Length
                    && headers[symbol.st_shndx].sh_type != ElfConstants.SHT_NOBITS;
                // Two names for one place count once.
                if (!takesRoom || !seen.Add((symbol.st_value, symbol.st_size)) || !names.TryReadString(symbol.st_name, out ReadOnlySpan<byte> raw))
                    continue;
                string name = Demangler.Demangle(raw);
                parts.Add(new SymbolPart(name, CrateOf(name), sectionNames[symbol.st_shndx], (long)symbol.st_size));
            }
        }

        return [.. parts.OrderByDescending(static p => p.Size).ThenBy(static p => p.Name, StringComparer.Ordinal)];
    }
}
