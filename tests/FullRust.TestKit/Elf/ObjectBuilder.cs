// Relocatable objects made in memory, for what no assembler at hand writes: CREL, APX relocations on any bytes, wrong indices,
// 65,280 sections. Nothing is checked: tests may ask for nonsense.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.TestKit.Elf;

/// <summary>A relocation of a built section.</summary>
/// <param name="Offset">Place in the section.</param>
/// <param name="Type">R_X86_64_ number.</param>
/// <param name="Symbol">Index that <see cref="ObjectBuilder.Symbol"/> gave.</param>
/// <param name="Addend">Addend.</param>
public readonly record struct BuiltRelocation(ulong Offset, uint Type, int Symbol, long Addend);

/// <summary>A section in the making.</summary>
public sealed class BuiltSection
{
    internal BuiltSection(int index, string name) => (Index, Name) = (index, name);

    /// <summary>Its header index.</summary>
    public int Index { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>sh_type.</summary>
    public uint Type { get; set; } = SHT_PROGBITS;

    /// <summary>sh_flags.</summary>
    public ulong Flags { get; set; }

    /// <summary>sh_addralign.</summary>
    public ulong Alignment { get; set; } = 1;

    /// <summary>sh_entsize.</summary>
    public ulong EntrySize { get; set; }

    /// <summary>sh_link.</summary>
    public uint Link { get; set; }

    /// <summary>sh_info.</summary>
    public uint Info { get; set; }

    /// <summary>Contents.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>sh_size, if it is not the number of bytes.</summary>
    public ulong? Size { get; set; }

    /// <summary>sh_offset, if it is not where the bytes are.</summary>
    public ulong? Offset { get; set; }

    /// <summary>Its relocations, written as RELA.</summary>
    public IList<BuiltRelocation> Relocations { get; } = [];

    /// <summary>Writes the relocations as CREL instead.</summary>
    public bool UsesCrel { get; set; }

    /// <summary>Writes CREL with addends.</summary>
    public bool CrelAddends { get; set; } = true;

    /// <summary>Adds a relocation.</summary>
    public BuiltSection Reloc(ulong offset, uint type, int symbol, long addend = 0)
    {
        Relocations.Add(new BuiltRelocation(offset, type, symbol, addend));
        return this;
    }
}

/// <summary>Builds one ET_REL file.</summary>
public sealed class ObjectBuilder
{
    private readonly List<BuiltSection> _sections = [new(0, "")];
    private readonly List<(string Name, byte Info, byte Other, uint Section, ulong Value, ulong Size)> _symbols = [default];

    /// <summary>Index of the first global symbol; by default counted.</summary>
    public uint? FirstGlobal { get; set; }

    /// <summary>The sections so far, number 0 included.</summary>
    public IReadOnlyList<BuiltSection> Sections => _sections;

    /// <summary>Adds a section.</summary>
    public BuiltSection Section(string name, ulong flags, params byte[] bytes)
    {
        var section = new BuiltSection(_sections.Count, name) { Flags = flags, Bytes = bytes };
        _sections.Add(section);
        return section;
    }

    /// <summary>Adds executable code.</summary>
    public BuiltSection Text(string name, params byte[] code) => Section(name, SHF_ALLOC | SHF_EXECINSTR, code);

    /// <summary>Adds a symbol. Locals must come first.</summary>
    /// <returns>Its index.</returns>
    public int Symbol(string name, uint section, ulong value = 0, ulong size = 0, byte binding = STB_GLOBAL, byte type = STT_NOTYPE, byte visibility = 0)
    {
        _symbols.Add((name, (byte)((binding << 4) | type), visibility, section, value, size));
        return _symbols.Count - 1;
    }

    /// <summary>Adds an undefined global symbol.</summary>
    public int Undefined(string name, byte binding = STB_GLOBAL, byte type = STT_NOTYPE) => Symbol(name, SHN_UNDEF, binding: binding, type: type);

    /// <summary>Adds a section symbol.</summary>
    public int SectionSymbol(BuiltSection section) => Symbol("", (uint)section.Index, binding: STB_LOCAL, type: STT_SECTION);

    /// <summary>The file's bytes.</summary>
    public byte[] Build()
    {
        var output = new MemoryStream();
        output.Write(new byte[Elf64_Ehdr.Size]);
        int count = _sections.Count;
        List<BuiltSection> all = [.. _sections];
        foreach (BuiltSection section in _sections.Where(static s => s.Relocations.Count > 0))
            all.Add(RelocationsOf(section, all.Count));
        int symtab = all.Count;
        foreach (BuiltSection relocations in all.Skip(count))
            relocations.Link = (uint)symtab;
        foreach (BuiltSection group in _sections.Where(static s => s.Type == SHT_GROUP && s.Link == 0))
            group.Link = (uint)symtab;
        AddSymbolTable(all);
        var names = new MemoryStream();
        names.WriteByte(0);
        var shstrtab = new BuiltSection(all.Count, ".shstrtab") { Type = SHT_STRTAB };
        all.Add(shstrtab);
        uint[] nameAt = [.. all.Select(s => AddString(names, s.Name))];
        shstrtab.Bytes = names.ToArray();
        WriteFile(output, all, nameAt);
        return output.ToArray();
    }

    private static BuiltSection RelocationsOf(BuiltSection section, int index)
    {
        var bytes = new MemoryStream();
        if (section.UsesCrel)
            WriteCrel(bytes, section);
        else
            WriteRela(bytes, section);
        return new BuiltSection(index, (section.UsesCrel ? ".crel" : ".rela") + section.Name)
        {
            Type = section.UsesCrel ? SHT_CREL : SHT_RELA,
            Flags = SHF_INFO_LINK,
            Info = (uint)section.Index,
            EntrySize = section.UsesCrel ? 1UL : Elf64_Rela.Size,
            Alignment = section.UsesCrel ? 1UL : 8,
            Bytes = bytes.ToArray(),
        };
    }

    private static void WriteRela(MemoryStream bytes, BuiltSection section)
    {
        foreach (BuiltRelocation relocation in section.Relocations)
        {
            Write64(bytes, relocation.Offset);
            Write64(bytes, ((ulong)(uint)relocation.Symbol << 32) | relocation.Type);
            Write64(bytes, (ulong)relocation.Addend);
        }
    }

    // LLVM "Extensions", CREL: no shift, so that every offset is possible.
    private static void WriteCrel(MemoryStream bytes, BuiltSection section)
    {
        bool addends = section.CrelAddends;
        int flagBits = addends ? 3 : 2;
        Uleb(bytes, ((ulong)section.Relocations.Count << 3) | (addends ? 4u : 0));
        BuiltRelocation last = default;
        foreach (BuiltRelocation r in section.Relocations)
        {
            ulong delta = r.Offset - last.Offset;
            int flags = (r.Symbol != last.Symbol ? 1 : 0) | (r.Type != last.Type ? 2 : 0) | (addends && r.Addend != last.Addend ? 4 : 0);
            byte low = (byte)(((delta << flagBits) & 0x7f) | (uint)flags);
            if (delta >> (7 - flagBits) == 0)
            {
                bytes.WriteByte(low);
            }
            else
            {
                bytes.WriteByte((byte)(low | 0x80));
                Uleb(bytes, delta >> (7 - flagBits));
            }

            if ((flags & 1) != 0)
                Sleb(bytes, r.Symbol - last.Symbol);
            if ((flags & 2) != 0)
                Sleb(bytes, (int)(r.Type - last.Type));
            if ((flags & 4) != 0)
                Sleb(bytes, r.Addend - last.Addend);
            last = r;
        }
    }

    private void AddSymbolTable(List<BuiltSection> all)
    {
        int symtab = all.Count;
        var strings = new MemoryStream();
        strings.WriteByte(0);
        var entries = new MemoryStream();
        var extended = new MemoryStream();
        bool isExtended = _symbols.Any(static s => s.Section is >= SHN_LORESERVE and < 0xffff0000 && !IsSpecial(s.Section));
        foreach ((string name, byte info, byte other, uint section, ulong value, ulong size) in _symbols)
        {
            bool large = section >= SHN_LORESERVE && !IsSpecial(section);
            Write32(entries, AddString(strings, name ?? ""));
            entries.WriteByte(info);
            entries.WriteByte(other);
            Write16(entries, large ? (ushort)SHN_XINDEX : (ushort)section);
            Write64(entries, value);
            Write64(entries, size);
            Write32(extended, large ? section & 0x7fffffff : 0);
        }

        uint firstGlobal = FirstGlobal ?? (uint)(1 + _symbols.Skip(1).TakeWhile(static s => s.Info >> 4 == STB_LOCAL).Count());
        all.Add(new BuiltSection(symtab, ".symtab") { Type = SHT_SYMTAB, Bytes = entries.ToArray(), EntrySize = Elf64_Sym.Size, Alignment = 8, Link = (uint)symtab + 1, Info = firstGlobal });
        all.Add(new BuiltSection(symtab + 1, ".strtab") { Type = SHT_STRTAB, Bytes = strings.ToArray() });
        if (isExtended)
            all.Add(new BuiltSection(symtab + 2, ".symtab_shndx") { Type = SHT_SYMTAB_SHNDX, Bytes = extended.ToArray(), EntrySize = 4, Alignment = 4, Link = (uint)symtab });
    }

    // SHN_ABS and SHN_COMMON are meant as such; a section of that number is named by setting the top bit.
    private static bool IsSpecial(uint section) => section is SHN_ABS or SHN_COMMON or SHN_X86_64_LCOMMON;

    private static void WriteFile(MemoryStream output, List<BuiltSection> all, uint[] nameAt)
    {
        var offsets = new ulong[all.Count];
        foreach (BuiltSection section in all.Skip(1))
        {
            while (output.Length % (long)Math.Clamp(section.Alignment & (~section.Alignment + 1), 1, 4096) != 0)
                output.WriteByte(0);
            offsets[section.Index] = (ulong)output.Length;
            output.Write(section.Bytes);
        }

        while (output.Length % 8 != 0)
            output.WriteByte(0);
        ulong headersAt = (ulong)output.Length;
        bool extended = all.Count >= SHN_LORESERVE;
        foreach (BuiltSection section in all)
        {
            bool isZero = section.Index == 0;
            Write32(output, nameAt[section.Index]);
            Write32(output, isZero ? 0 : section.Type);
            Write64(output, section.Flags);
            Write64(output, 0);
            Write64(output, section.Offset ?? (isZero ? 0 : offsets[section.Index]));
            Write64(output, isZero ? (extended ? (ulong)all.Count : 0) : section.Size ?? (ulong)section.Bytes.Length);
            Write32(output, isZero && extended ? (uint)all.Count - 1 : section.Link);
            Write32(output, section.Info);
            Write64(output, isZero ? 0 : section.Alignment);
            Write64(output, section.EntrySize);
        }

        WriteHeader(output, headersAt, all.Count, extended);
    }

    private static void WriteHeader(MemoryStream output, ulong headersAt, int count, bool extended)
    {
        output.Position = 0;
        output.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Write16(output, ET_REL);
        Write16(output, EM_X86_64);
        Write32(output, 1);
        Write64(output, 0);
        Write64(output, 0);
        Write64(output, headersAt);
        Write32(output, 0);
        Write16(output, Elf64_Ehdr.Size);
        Write16(output, 0);
        Write16(output, 0);
        Write16(output, Elf64_Shdr.Size);
        Write16(output, extended ? (ushort)0 : (ushort)count);
        Write16(output, extended ? (ushort)SHN_XINDEX : (ushort)(count - 1));
    }

    private static uint AddString(MemoryStream strings, string text)
    {
        if (text.Length == 0)
            return 0;
        uint at = (uint)strings.Length;
        strings.Write(Encoding.UTF8.GetBytes(text));
        strings.WriteByte(0);
        return at;
    }

    private static void Uleb(MemoryStream output, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            output.WriteByte((byte)(value | 0x80));
        output.WriteByte((byte)value);
    }

    private static void Sleb(MemoryStream output, long value)
    {
        while (value is < -64 or > 63)
        {
            output.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        output.WriteByte((byte)(value & 0x7f));
    }

    private static void Write16(MemoryStream output, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        output.Write(bytes);
    }

    private static void Write32(MemoryStream output, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        output.Write(bytes);
    }

    private static void Write64(MemoryStream output, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        output.Write(bytes);
    }
}
