// What a file is, told by its first bytes and never by its name.

using System;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Inputs;

internal enum FileKind
{
    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>ELF64 x86-64 ET_REL.</summary>
    Object,

    /// <summary>ELF64 x86-64 ET_DYN.</summary>
    SharedObject,

    /// <summary>An ELF file of another class, machine or type.</summary>
    ForeignElf,

    /// <summary><c>!&lt;arch&gt;</c>.</summary>
    Archive,

    /// <summary><c>!&lt;thin&gt;</c>.</summary>
    ThinArchive,

    /// <summary>LLVM bitcode, raw or wrapped.</summary>
    Bitcode,

    /// <summary>Anything else: as an input of its own, a linker script.</summary>
    Other,
}

internal static class FileKinds
{
    internal static FileKind Identify(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return FileKind.Empty;
        if (bytes.StartsWith("\u007fELF"u8))
            return IdentifyElf(bytes);
        if (bytes.StartsWith("!<arch>\n"u8))
            return FileKind.Archive;
        if (bytes.StartsWith("!<thin>\n"u8))
            return FileKind.ThinArchive;
        if (bytes.StartsWith(BitcodeMagic) || bytes.StartsWith(BitcodeWrapperMagic))
            return FileKind.Bitcode;
        return FileKind.Other;
    }

    private static ReadOnlySpan<byte> BitcodeMagic => [(byte)'B', (byte)'C', 0xc0, 0xde];

    private static ReadOnlySpan<byte> BitcodeWrapperMagic => [0xde, 0xc0, 0x17, 0x0b];

    private static FileKind IdentifyElf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Elf64_Ehdr.Size || bytes[EI_CLASS] != ELFCLASS64 || bytes[EI_DATA] != ELFDATA2LSB)
            return FileKind.ForeignElf;
        Elf64_Ehdr header = System.Runtime.InteropServices.MemoryMarshal.Read<Elf64_Ehdr>(bytes);
        if (header.e_machine != EM_X86_64)
            return FileKind.ForeignElf;
        return header.e_type switch
        {
            ET_REL => FileKind.Object,
            ET_DYN => FileKind.SharedObject,
            _ => FileKind.ForeignElf,
        };
    }

    /// <summary>What a foreign ELF file is, for messages: "ELF32", "big-endian ELF64", "machine 183 (AArch64)", "executable" and so on.</summary>
    internal static string DescribeForeign(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Elf64_Ehdr.Size)
            return "a truncated ELF header";
        if (bytes[EI_CLASS] != ELFCLASS64)
            return "a 32-bit ELF file";
        if (bytes[EI_DATA] != ELFDATA2LSB)
            return "a big-endian ELF file";
        Elf64_Ehdr header = System.Runtime.InteropServices.MemoryMarshal.Read<Elf64_Ehdr>(bytes);
        if (header.e_machine != EM_X86_64)
            return header.e_machine == EM_AARCH64 ? "an AArch64 object" : $"an object for ELF machine {header.e_machine}";
        return header.e_type == ET_EXEC ? "an executable" : $"an ELF file of type {header.e_type}";
    }
}
