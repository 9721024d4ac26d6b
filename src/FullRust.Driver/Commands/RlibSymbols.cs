// Names that the objects of an rlib refer to without defining them: a walk over a GNU archive (ar(5)) and its members' symbol tables.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using FullRust.Elf;
using FullRust.Elf.Native;

namespace FullRust.Driver.Commands;

/// <summary>Reads undefined names from archives.</summary>
internal static class RlibSymbols
{
    private const int MagicLength = 8, HeaderLength = 60, SizeOffset = 48, SizeLength = 10;

    /// <summary>Whether an object in the archive refers to a name and no object in it defines that name. Broken members are passed over.</summary>
    internal static bool Needs(ReadOnlySpan<byte> archive, string name)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(name);
        if (!archive.StartsWith("!<arch>\n"u8) || archive.IndexOf(wanted) < 0)
            return false;
        bool isUndefined = false;
        for (int at = MagicLength; at + HeaderLength <= archive.Length;)
        {
            string size = Encoding.ASCII.GetString(archive.Slice(at + SizeOffset, SizeLength)).TrimEnd();
            if (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > archive.Length - at - HeaderLength)
                break;
            bool? found = Look(new ElfSpan(archive.Slice(at + HeaderLength, length)), wanted);
            if (found == false)
                return false;
            isUndefined |= found == true;
            at += HeaderLength + length + (length & 1);
        }

        return isUndefined;
    }

    /// <summary>True where an object refers to the name, false where it defines it, null where it does neither.</summary>
    private static bool? Look(ElfSpan file, byte[] wanted)
    {
        if (!file.TryRead(0, out Elf64_Ehdr header) || header.e_ident.Magic != Elf64_Ehdr.Magic
            || !file.TryCast(header.e_shoff, header.e_shnum, out ReadOnlySpan<Elf64_Shdr> sections))
            return null;
        foreach (Elf64_Shdr table in sections)
        {
            if (table.sh_type != ElfConstants.SHT_SYMTAB || table.sh_link >= (uint)sections.Length
                || !file.TryCast(table.sh_offset, table.sh_size / Elf64_Sym.Size, out ReadOnlySpan<Elf64_Sym> symbols)
                || !file.TrySlice(sections[(int)table.sh_link].sh_offset, sections[(int)table.sh_link].sh_size, out ElfSpan names))
                continue;
            foreach (Elf64_Sym symbol in symbols)
            {
                if (names.TryReadString(symbol.st_name, out ReadOnlySpan<byte> name) && name.SequenceEqual(wanted))
                    return symbol.st_shndx == ElfConstants.SHN_UNDEF;
            }
        }

        return null;
    }
}
