// The ELF header and the program header table (gABI, ELF Header and Program Header).

using System;
using System.Runtime.InteropServices;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Layout;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

internal static class HeaderWriter
{
    /// <summary>Writes both at the start of the image.</summary>
    internal static void Write(NativeBuffer buffer, OutputLayout layout, TailTables tables)
    {
        bool isExtended = tables.HeaderCount >= SHN_LORESERVE;
        var header = new Elf64_Ehdr
        {
            e_ident = new ElfIdent { Magic = Elf64_Ehdr.Magic, Class = ELFCLASS64, Data = ELFDATA2LSB, Version = EV_CURRENT, OsAbi = UsesGnuExtensions(layout) ? ELFOSABI_GNU : ELFOSABI_NONE },
            e_type = layout.IsRelocatable ? ET_REL : layout.Pie is null ? ET_EXEC : ET_DYN,
            e_machine = EM_X86_64,
            e_version = EV_CURRENT,
            e_entry = layout.Entry,
            e_phoff = layout.IsRelocatable ? 0UL : Elf64_Ehdr.Size,
            e_shoff = tables.SectionHeadersAt,
            e_ehsize = Elf64_Ehdr.Size,
            e_phentsize = (ushort)(layout.IsRelocatable ? 0 : Elf64_Phdr.Size),
            e_phnum = checked((ushort)layout.Segments.Count),
            e_shentsize = (ushort)(tables.HeaderCount == 0 ? 0 : Elf64_Shdr.Size),
            e_shnum = isExtended ? (ushort)0 : (ushort)tables.HeaderCount,
            e_shstrndx = isExtended ? SHN_XINDEX : (ushort)tables.NamesIndex,
        };
        MemoryMarshal.Write(buffer.Slice(0, Elf64_Ehdr.Size), in header);
        Span<Elf64_Phdr> table = MemoryMarshal.Cast<byte, Elf64_Phdr>(buffer.Slice(Elf64_Ehdr.Size, layout.Segments.Count * Elf64_Phdr.Size));
        for (int i = 0; i < table.Length; i++)
        {
            Segment segment = layout.Segments[i];
            table[i] = new Elf64_Phdr
            {
                p_type = segment.Type,
                p_flags = segment.Flags,
                p_offset = segment.FileOffset,
                p_vaddr = segment.Address,
                p_paddr = segment.LoadAddress ?? segment.Address,
                p_filesz = segment.SizeInFile,
                p_memsz = segment.SizeInMemory,
                p_align = segment.Alignment,
            };
        }
    }

    // STT_GNU_IFUNC, STB_GNU_UNIQUE and SHF_GNU_RETAIN are GNU extensions.
    private static bool UsesGnuExtensions(OutputLayout layout) => layout.UsesGnuAbi || layout.Iplt.Size != 0;
}
