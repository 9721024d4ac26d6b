// An ELF file under the knife: header, program headers and section headers as structures that are read from and written back to bytes.

using System;
using System.Runtime.InteropServices;
using FullRust.Elf.Native;

namespace FullRust.HostileElf;

/// <summary>Changes one field.</summary>
public delegate void Change<T>(ref T value);

/// <summary>An ELF file that is being changed.</summary>
public sealed class ElfEdit(byte[] bytes)
{
    /// <summary>The file.</summary>
    public byte[] Bytes { get; private set; } = bytes;

    /// <summary>The header.</summary>
    public Elf64_Ehdr Header
    {
        get => MemoryMarshal.Read<Elf64_Ehdr>(Bytes);
        set => MemoryMarshal.Write(Bytes, value);
    }

    /// <summary>Reads a program header.</summary>
    public Elf64_Phdr Segment(int index) => MemoryMarshal.Read<Elf64_Phdr>(Bytes.AsSpan(SegmentOffset(index)));

    /// <summary>Reads a section header.</summary>
    public Elf64_Shdr Section(int index) => MemoryMarshal.Read<Elf64_Shdr>(Bytes.AsSpan(SectionOffset(index)));

    /// <summary>Changes the header.</summary>
    public ElfEdit WithHeader(Change<Elf64_Ehdr> change)
    {
        Elf64_Ehdr header = Header;
        change(ref header);
        Header = header;
        return this;
    }

    /// <summary>Changes a program header.</summary>
    public ElfEdit WithSegment(int index, Change<Elf64_Phdr> change)
    {
        Elf64_Phdr segment = Segment(index);
        change(ref segment);
        MemoryMarshal.Write(Bytes.AsSpan(SegmentOffset(index)), segment);
        return this;
    }

    /// <summary>Changes a section header.</summary>
    public ElfEdit WithSection(int index, Change<Elf64_Shdr> change)
    {
        Elf64_Shdr section = Section(index);
        change(ref section);
        MemoryMarshal.Write(Bytes.AsSpan(SectionOffset(index)), section);
        return this;
    }

    /// <summary>Swaps two program headers.</summary>
    public ElfEdit SwapSegments(int first, int second)
    {
        Elf64_Phdr left = Segment(first), right = Segment(second);
        MemoryMarshal.Write(Bytes.AsSpan(SegmentOffset(first)), right);
        MemoryMarshal.Write(Bytes.AsSpan(SegmentOffset(second)), left);
        return this;
    }

    /// <summary>Overwrites bytes.</summary>
    public ElfEdit Put(int offset, params ReadOnlySpan<byte> values)
    {
        values.CopyTo(Bytes.AsSpan(offset));
        return this;
    }

    /// <summary>Adds bytes at the end.</summary>
    public ElfEdit Append(params ReadOnlySpan<byte> values)
    {
        Bytes = [.. Bytes, .. values];
        return this;
    }

    /// <summary>Cuts the file.</summary>
    public ElfEdit Truncate(int length)
    {
        Bytes = Bytes[..length];
        return this;
    }

    private int SegmentOffset(int index) => (int)Header.e_phoff + (index * Elf64_Phdr.Size);

    private int SectionOffset(int index) => (int)Header.e_shoff + (index * Elf64_Shdr.Size);
}
