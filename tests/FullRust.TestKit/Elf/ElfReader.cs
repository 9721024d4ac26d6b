// Reads what a test wants to know about an ELF file, independent of the product's own reading code: section by section, symbol by
// symbol, bytes by address. Throws on anything odd, which fails the test.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Elf.Native;

namespace FullRust.TestKit.Elf;

/// <summary>A section of a file.</summary>
public sealed record ElfSection(
    int Index, string Name, uint Type, ulong Flags, ulong Address, ulong Offset, ulong Size, uint Link, uint Info, ulong Alignment, ulong EntrySize)
{
    /// <summary>The address behind its last byte.</summary>
    public ulong End => Address + Size;
}

/// <summary>A program header of a file.</summary>
public sealed record ElfSegment(uint Type, uint Flags, ulong Offset, ulong Address, ulong LoadAddress, ulong SizeInFile, ulong SizeInMemory, ulong Alignment);

/// <summary>A symbol of a file.</summary>
public sealed record ElfSymbol(string Name, byte Binding, byte Type, byte Visibility, int Section, ulong Value, ulong Size)
{
    /// <summary>Whether it is undefined.</summary>
    public bool IsUndefined => Section == 0;
}

/// <summary>An ELF file in memory. Thread-safe.</summary>
public sealed class ElfReader
{
    private readonly byte[] _bytes;

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    public ElfReader(byte[] bytes)
    {
        _bytes = bytes;
        if (UInt32(0) != Elf64_Ehdr.Magic)
            throw new InvalidDataException("not an ELF file");
        Type = UInt16(16);
        Entry = UInt64(24);
        Segments = ReadSegments();
        Sections = ReadSections();
        Symbols = ReadSymbols();
    }

    /// <summary>Reads a file.</summary>
    public static ElfReader Open(string path) => new(File.ReadAllBytes(path));

    /// <summary>e_type.</summary>
    public ushort Type { get; }

    /// <summary>e_entry.</summary>
    public ulong Entry { get; }

    /// <summary>All sections, number 0 included.</summary>
    public IReadOnlyList<ElfSection> Sections { get; }

    /// <summary>All program headers.</summary>
    public IReadOnlyList<ElfSegment> Segments { get; }

    /// <summary>All symbols but number 0.</summary>
    public IReadOnlyList<ElfSymbol> Symbols { get; }

    /// <summary>The names of all sections in file order, without number 0.</summary>
    public IEnumerable<string> SectionNames => Sections.Skip(1).Select(static s => s.Name);

    /// <summary>The only section of a name.</summary>
    public ElfSection Section(string name) => Sections.Single(s => s.Name == name);

    /// <summary>Whether there is a section of a name.</summary>
    public bool HasSection(string name) => Sections.Any(s => s.Name == name);

    /// <summary>The only symbol of a name.</summary>
    public ElfSymbol Symbol(string name) => Symbols.Where(s => s.Name == name).ToArray() switch
    {
        [ElfSymbol only] => only,
        [] => throw new InvalidDataException($"no symbol {name}"),
        _ => throw new InvalidDataException($"several symbols {name}"),
    };

    /// <summary>Whether there is a defined symbol of a name.</summary>
    public bool Defines(string name) => Symbols.Any(s => s.Name == name && !s.IsUndefined);

    /// <summary>The only segment of a type.</summary>
    public ElfSegment Segment(uint type) => Segments.Single(s => s.Type == type);

    /// <summary>The bytes of a section.</summary>
    public ReadOnlySpan<byte> Contents(ElfSection section) =>
        section.Type == ElfConstants.SHT_NOBITS ? default : _bytes.AsSpan((int)section.Offset, (int)section.Size);

    /// <summary>The bytes of the only section of a name.</summary>
    public byte[] Contents(string section) => Contents(Section(section)).ToArray();

    /// <summary>The bytes that the program sees at an address when it starts.</summary>
    public byte[] At(ulong address, int count)
    {
        ElfSegment load = Segments.First(s => s.Type == ElfConstants.PT_LOAD && address >= s.Address && address - s.Address < s.SizeInMemory);
        var result = new byte[count];
        long available = (long)load.SizeInFile - (long)(address - load.Address);
        int copied = (int)Math.Clamp(available, 0, count);
        _bytes.AsSpan((int)(load.Offset + (address - load.Address)), copied).CopyTo(result);
        return result;
    }

    /// <summary>The bytes at a symbol.</summary>
    public byte[] At(string symbol, int count) => At(Symbol(symbol).Value, count);

    /// <summary>The 64-bit word at a symbol.</summary>
    public ulong Word(string symbol) => BinaryPrimitives.ReadUInt64LittleEndian(At(symbol, 8));

    /// <summary>The 32-bit word at a symbol plus an offset.</summary>
    public int Int32At(string symbol, int offset = 0) => BinaryPrimitives.ReadInt32LittleEndian(At(Symbol(symbol).Value + (ulong)offset, 4));

    private ushort UInt16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan((int)at));

    private uint UInt32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan((int)at));

    private ulong UInt64(long at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan((int)at));

    private string Text(ulong at)
    {
        int end = Array.IndexOf(_bytes, (byte)0, (int)at);
        return Encoding.UTF8.GetString(_bytes, (int)at, end - (int)at);
    }

    private ElfSegment[] ReadSegments()
    {
        long at = (long)UInt64(32);
        var result = new ElfSegment[UInt16(56)];
        for (int i = 0; i < result.Length; i++, at += Elf64_Phdr.Size)
            result[i] = new ElfSegment(UInt32(at), UInt32(at + 4), UInt64(at + 8), UInt64(at + 16), UInt64(at + 24), UInt64(at + 32), UInt64(at + 40), UInt64(at + 48));
        return result;
    }

    private ElfSection[] ReadSections()
    {
        long at = (long)UInt64(40);
        if (at == 0)
            return [];
        long count = UInt16(60), names = UInt16(62);
        if (count == 0)
            count = (long)UInt64(at + 32);
        if (names == ElfConstants.SHN_XINDEX)
            names = UInt32(at + 40);
        ulong strings = UInt64(at + (names * Elf64_Shdr.Size) + 24);
        var result = new ElfSection[count];
        for (int i = 0; i < count; i++, at += Elf64_Shdr.Size)
        {
            result[i] = new ElfSection(
                i, Text(strings + UInt32(at)), UInt32(at + 4), UInt64(at + 8), UInt64(at + 16), UInt64(at + 24), UInt64(at + 32), UInt32(at + 40), UInt32(at + 44), UInt64(at + 48), UInt64(at + 56));
        }

        return result;
    }

    private List<ElfSymbol> ReadSymbols()
    {
        var result = new List<ElfSymbol>();
        ElfSection? table = Sections.FirstOrDefault(static s => s.Type == ElfConstants.SHT_SYMTAB);
        if (table is null)
            return result;
        ulong strings = Sections[(int)table.Link].Offset;
        ElfSection? extended = Sections.FirstOrDefault(s => s.Type == ElfConstants.SHT_SYMTAB_SHNDX && s.Link == table.Index);
        for (long i = 1; i < (long)(table.Size / Elf64_Sym.Size); i++)
        {
            long at = (long)table.Offset + (i * Elf64_Sym.Size);
            byte info = _bytes[at + 4];
            int section = UInt16(at + 6);
            if (section == ElfConstants.SHN_XINDEX)
                section = (int)UInt32((long)extended!.Offset + (i * 4));
            result.Add(new ElfSymbol(Text(strings + UInt32(at)), (byte)(info >> 4), (byte)(info & 15), (byte)(_bytes[at + 5] & 3), section, UInt64(at + 8), UInt64(at + 16)));
        }

        return result;
    }
}
