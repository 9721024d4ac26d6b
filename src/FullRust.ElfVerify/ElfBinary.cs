// The verifier's view of a file: header and program headers as the kernel takes them (binfmt_elf reads 256 bytes padded with zeros,
// then e_phnum entries of 56 bytes at e_phoff), and the section table as other readers take it. Nothing here believes e_ident.

using System;
using System.Runtime.InteropServices;
using FullRust.Elf;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify;

internal readonly ref struct ElfBinary
{
    internal const ulong PageSize = 4096;
    internal const ulong UserMemoryEnd = 0x7ffffffff000;

    private ElfBinary(ElfSpan image, Elf64_Ehdr header, ReadOnlySpan<Elf64_Phdr> segments, SectionTable sections)
    {
        Image = image;
        Header = header;
        Segments = segments;
        Sections = sections;
    }

    internal ElfSpan Image { get; }

    internal Elf64_Ehdr Header { get; }

    /// <summary>All program headers; empty when the kernel would not read the table.</summary>
    internal ReadOnlySpan<Elf64_Phdr> Segments { get; }

    internal SectionTable Sections { get; }

    /// <summary>Reads the header as the kernel does: a short file is padded with zeros.</summary>
    internal static Elf64_Ehdr ReadHeader(ReadOnlySpan<byte> image)
    {
        Span<byte> padded = stackalloc byte[Elf64_Ehdr.Size];
        padded.Clear();
        image[..Math.Min(image.Length, Elf64_Ehdr.Size)].CopyTo(padded);
        return MemoryMarshal.Read<Elf64_Ehdr>(padded);
    }

    internal static ElfBinary Create(ReadOnlySpan<byte> image, in Elf64_Ehdr header, bool readSections)
    {
        var view = new ElfSpan(image);
        ReadOnlySpan<Elf64_Phdr> segments = default;
        if (header.e_phentsize == Elf64_Phdr.Size)
            view.TryCast(header.e_phoff, header.e_phnum, out segments);
        return new ElfBinary(view, header, segments, readSections ? SectionTable.Read(view, header) : default);
    }

    /// <summary>The file range of a program header entry.</summary>
    internal ulong OffsetOfSegment(int index) => Header.e_phoff + ((ulong)index * Elf64_Phdr.Size);

    internal static ulong PageStart(ulong value) => value & ~(PageSize - 1);

    /// <summary>Rounds up to a page; values in the last page of 64 bits stay there.</summary>
    internal static ulong PageEnd(ulong value) => value > ulong.MaxValue - (PageSize - 1) ? PageStart(ulong.MaxValue) : PageStart(value + PageSize - 1);

    /// <summary>Adds without wrapping: at the top the result stays the greatest value.</summary>
    internal static ulong AddSaturated(ulong left, ulong right) => left > ulong.MaxValue - right ? ulong.MaxValue : left + right;

    /// <summary>Finds the bytes of the file that are mapped at an address range, all of it within one PT_LOAD's file bytes.</summary>
    internal bool TryFileRange(ulong address, ulong size, out ElfSpan bytes, out ulong fileOffset)
    {
        foreach (ref readonly Elf64_Phdr segment in Segments)
        {
            if (segment.p_type != PT_LOAD || address < segment.p_vaddr)
                continue;
            ulong inside = address - segment.p_vaddr;
            if (inside > segment.p_filesz || size > segment.p_filesz - inside)
                continue;
            fileOffset = segment.p_offset + inside;
            if (fileOffset >= segment.p_offset && Image.TrySlice(fileOffset, size, out bytes))
                return true;
        }

        bytes = default;
        fileOffset = 0;
        return false;
    }

    /// <summary>The file bytes that are mapped from an address on, up to the end of their PT_LOAD; empty if there are none.</summary>
    internal ElfSpan FileBytesFrom(ulong address, out ulong fileOffset)
    {
        fileOffset = 0;
        int host = LoadAt(address);
        if (host < 0 || address - Segments[host].p_vaddr >= Segments[host].p_filesz)
            return default;
        ulong size = Segments[host].p_filesz - (address - Segments[host].p_vaddr);
        return TryFileRange(address, size, out ElfSpan bytes, out fileOffset) ? bytes : default;
    }

    /// <summary>The index of the PT_LOAD whose memory holds an address, or -1.</summary>
    internal int LoadAt(ulong address)
    {
        for (int i = 0; i < Segments.Length; i++)
        {
            if (Segments[i].p_type == PT_LOAD && address >= Segments[i].p_vaddr && address - Segments[i].p_vaddr < Segments[i].p_memsz)
                return i;
        }

        return -1;
    }
}
