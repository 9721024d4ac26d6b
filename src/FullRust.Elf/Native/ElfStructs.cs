// The on-disk structures of ELF64, field for field as the gABI lays them out (little-endian, as every x86-64 host is).
// They are read in place from file bytes, which may be unaligned; x86-64 allows that.

#pragma warning disable CS1591, CA1707, CA1051, IDE1006

using System.Runtime.InteropServices;

namespace FullRust.Elf.Native;

/// <summary>The 16 bytes of <c>e_ident</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 16)]
public struct ElfIdent
{
    public uint Magic;
    public byte Class, Data, Version, OsAbi, AbiVersion;
    public byte Pad0, Pad1, Pad2, Pad3, Pad4, Pad5, Pad6;
}

/// <summary>ELF header (gABI, ELF Header), 64 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Elf64_Ehdr
{
    public ElfIdent e_ident;
    public ushort e_type;
    public ushort e_machine;
    public uint e_version;
    public ulong e_entry;
    public ulong e_phoff;
    public ulong e_shoff;
    public uint e_flags;
    public ushort e_ehsize;
    public ushort e_phentsize;
    public ushort e_phnum;
    public ushort e_shentsize;
    public ushort e_shnum;
    public ushort e_shstrndx;

    /// <summary>The size of the structure in a file, in bytes.</summary>
    public const int Size = 64;

    /// <summary>The value of <see cref="ElfIdent.Magic"/> in every ELF file: 7f 45 4c 46.</summary>
    public const uint Magic = 0x464c457f;
}

/// <summary>Section header (gABI, Section Header), 64 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Elf64_Shdr
{
    public uint sh_name;
    public uint sh_type;
    public ulong sh_flags;
    public ulong sh_addr;
    public ulong sh_offset;
    public ulong sh_size;
    public uint sh_link;
    public uint sh_info;
    public ulong sh_addralign;
    public ulong sh_entsize;

    /// <summary>The size of the structure in a file, in bytes.</summary>
    public const int Size = 64;
}

/// <summary>Program header (gABI, Program Header), 56 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Elf64_Phdr
{
    public uint p_type;
    public uint p_flags;
    public ulong p_offset;
    public ulong p_vaddr;
    public ulong p_paddr;
    public ulong p_filesz;
    public ulong p_memsz;
    public ulong p_align;

    /// <summary>The size of the structure in a file, in bytes.</summary>
    public const int Size = 56;
}

/// <summary>Symbol table entry (gABI, Symbol Table), 24 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Elf64_Sym
{
    public uint st_name;
    public byte st_info;
    public byte st_other;
    public ushort st_shndx;
    public ulong st_value;
    public ulong st_size;

    /// <summary>The size of the structure in a file, in bytes.</summary>
    public const int Size = 24;

    /// <summary><c>ELF64_ST_BIND</c>.</summary>
    public readonly byte Binding => (byte)(st_info >> 4);

    /// <summary><c>ELF64_ST_TYPE</c>.</summary>
    public readonly byte Type => (byte)(st_info & 15);

    /// <summary><c>ELF64_ST_VISIBILITY</c>.</summary>
    public readonly byte Visibility => (byte)(st_other & 3);
}

/// <summary>Relocation with addend (gABI, Relocation), 24 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Elf64_Rela
{
    public ulong r_offset;
    public ulong r_info;
    public long r_addend;

    /// <summary>The size of the structure in a file, in bytes.</summary>
    public const int Size = 24;

    /// <summary><c>ELF64_R_SYM</c>: index into the symbol table.</summary>
    public readonly uint Symbol => (uint)(r_info >> 32);

    /// <summary><c>ELF64_R_TYPE</c>: see <see cref="X86_64Reloc"/>.</summary>
    public readonly uint Type => (uint)r_info;
}

/// <summary>Entry of the dynamic section (gABI, Dynamic Section), 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Elf64_Dyn
{
    public long d_tag;
    public ulong d_val;

    /// <summary>The size of the structure in a file, in bytes.</summary>
    public const int Size = 16;
}

/// <summary>Note header (gABI, Note Section), 12 bytes; name and descriptor follow, padded to the section's alignment.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Elf64_Nhdr
{
    public uint n_namesz;
    public uint n_descsz;
    public uint n_type;

    /// <summary>The size of the structure in a file, in bytes.</summary>
    public const int Size = 12;
}

/// <summary>Header of a compressed section (gABI, Section Compression), 24 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Elf64_Chdr
{
    public uint ch_type;
    public uint ch_reserved;
    public ulong ch_size;
    public ulong ch_addralign;

    /// <summary>The size of the structure in a file, in bytes.</summary>
    public const int Size = 24;
}
