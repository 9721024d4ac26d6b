// Inputs that become objects in memory, so that every later phase treats them as it treats all others: the bytes of any file with the
// symbols that bound them (-b binary; GNU ld manual and BFD's "binary" target), and the addresses of another program's symbols (-R).

using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using FullRust.Elf;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Inputs;

internal static class GeneratedObject
{
    private const int SectionCount = 5, DataSection = 1, DataAlignment = 8;
    private static readonly string[] s_names = ["", ".data", ".symtab", ".strtab", ".shstrtab"];

    /// <summary>An object whose .data is a file: <c>_binary_PATH_start</c>, <c>_end</c> and <c>_size</c>, with _ for what no C name can hold.</summary>
    /// <param name="file">The file; at most 2 GiB.</param>
    internal static InputFile OfBytes(InputFile file)
    {
        var stem = new StringBuilder("_binary_");
        foreach (byte c in Encoding.UTF8.GetBytes(file.Path))
            stem.Append(char.IsAsciiLetterOrDigit((char)c) ? (char)c : '_');
        ulong size = (ulong)file.Bytes.Length;
        return Build(file, file.Bytes.Span, [($"{stem}_start", DataSection, 0), ($"{stem}_end", DataSection, size), ($"{stem}_size", SHN_ABS, size)]);
    }

    /// <summary>An object that has the global symbols of a linked file at their addresses, and nothing else.</summary>
    /// <param name="file">A program or object with a symbol table.</param>
    /// <returns>Null if it has none.</returns>
    internal static InputFile? OfSymbols(InputFile file)
    {
        var view = new ElfSpan(file.Bytes.Span);
        if (!view.TryRead(0, out Elf64_Ehdr header) || header.e_ident.Magic != Elf64_Ehdr.Magic || header.e_machine != EM_X86_64 ||
            !view.TryCast(header.e_shoff, header.e_shnum, out ReadOnlySpan<Elf64_Shdr> sections))
            return null;
        foreach (ref readonly Elf64_Shdr section in sections)
        {
            if (section.sh_type != SHT_SYMTAB || section.sh_link >= (uint)sections.Length)
                continue;
            ref readonly Elf64_Shdr strings = ref sections[(int)section.sh_link];
            if (view.TryCast(section.sh_offset, section.sh_size / Elf64_Sym.Size, out ReadOnlySpan<Elf64_Sym> symbols) && view.TrySlice(strings.sh_offset, strings.sh_size, out ElfSpan names))
                return Build(file, default, AddressesOf(symbols, names), isJustSymbols: true);
        }

        return null;
    }

    private static List<(string Name, ushort Section, ulong Value)> AddressesOf(ReadOnlySpan<Elf64_Sym> symbols, ElfSpan names)
    {
        var addresses = new List<(string Name, ushort Section, ulong Value)>();
        foreach (ref readonly Elf64_Sym symbol in symbols)
        {
            bool isAddress = symbol.Binding is STB_GLOBAL or STB_WEAK && symbol.st_shndx is not (SHN_UNDEF or SHN_COMMON) && symbol.Type is not (STT_TLS or STT_FILE or STT_SECTION);
            if (isAddress && names.TryReadString(symbol.st_name, out ReadOnlySpan<byte> name) && !name.IsEmpty)
                addresses.Add((Encoding.UTF8.GetString(name), SHN_ABS, symbol.st_value));
        }

        return addresses;
    }

    private static InputFile Build(InputFile file, ReadOnlySpan<byte> data, List<(string Name, ushort Section, ulong Value)> symbols, bool isJustSymbols = false)
    {
        var output = new MemoryStream();
        var strings = new MemoryStream();
        var headers = new Elf64_Shdr[SectionCount];
        output.Write(new byte[Elf64_Ehdr.Size]);
        strings.WriteByte(0);
        var entries = new Elf64_Sym[symbols.Count + 1];
        for (int i = 0; i < symbols.Count; i++)
        {
            entries[i + 1] = new Elf64_Sym { st_name = (uint)strings.Length, st_info = STB_GLOBAL << 4, st_shndx = symbols[i].Section, st_value = symbols[i].Value };
            strings.Write(Encoding.UTF8.GetBytes(symbols[i].Name + "\0"));
        }

        headers[1] = Add(output, data, SHT_PROGBITS, DataAlignment) with { sh_flags = SHF_ALLOC | SHF_WRITE };
        headers[2] = Add(output, MemoryMarshal.AsBytes(entries.AsSpan()), SHT_SYMTAB, 8) with { sh_link = 3, sh_info = 1, sh_entsize = Elf64_Sym.Size };
        headers[3] = Add(output, strings.GetBuffer().AsSpan(0, (int)strings.Length), SHT_STRTAB, 1);
        headers[4] = Add(output, Encoding.ASCII.GetBytes(string.Join('\0', s_names) + '\0'), SHT_STRTAB, 1);
        int name = 0;
        for (int i = 0; i < SectionCount; i++)
        {
            headers[i].sh_name = (uint)name;
            name += s_names[i].Length + 1;
        }

        Elf64_Shdr table = Add(output, MemoryMarshal.AsBytes(headers.AsSpan()), SHT_NULL, 8);
        byte[] bytes = output.ToArray();
        var header = new Elf64_Ehdr
        {
            e_ident = new ElfIdent { Magic = Elf64_Ehdr.Magic, Class = ELFCLASS64, Data = ELFDATA2LSB, Version = EV_CURRENT },
            e_type = ET_REL,
            e_machine = EM_X86_64,
            e_version = EV_CURRENT,
            e_shoff = table.sh_offset,
            e_ehsize = Elf64_Ehdr.Size,
            e_shentsize = Elf64_Shdr.Size,
            e_shnum = SectionCount,
            e_shstrndx = SectionCount - 1,
        };
        MemoryMarshal.Write(bytes, in header);
        return new InputFile(file.Path, InputBytes.FromMemory(bytes)) { IsJustSymbols = isJustSymbols };
    }

    private static Elf64_Shdr Add(MemoryStream output, ReadOnlySpan<byte> bytes, uint type, int alignment)
    {
        while (output.Length % alignment != 0)
            output.WriteByte(0);
        var header = new Elf64_Shdr { sh_type = type, sh_offset = (ulong)output.Length, sh_size = (ulong)bytes.Length, sh_addralign = (ulong)alignment };
        output.Write(bytes);
        return header;
    }
}
