// The sections that let a static position-independent executable relocate itself before its first line of C or Rust runs: what
// rcrt1.o of glibc and of musl reads through _DYNAMIC (gABI, Dynamic Section; psABI, R_X86_64_RELATIVE and IRELATIVE). There are no
// dynamic symbols: the symbol table, its strings and its hash table are there because readers follow them without asking.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Pie;

/// <summary>Bytes that are the same in every such program.</summary>
internal sealed class FixedSection : SyntheticSection
{
    private readonly byte[] _bytes;

    internal FixedSection(NativeBytes name, uint type, ulong entrySize, byte alignmentLog2, byte[] bytes)
    {
        Name = name;
        Type = type;
        EntrySize = entrySize;
        AlignmentLog2 = alignmentLog2;
        _bytes = bytes;
        Size = (ulong)bytes.Length;
    }

    internal override NativeBytes Name { get; }

    internal override uint Type { get; }

    internal override ulong Flags => SHF_ALLOC;

    internal override ulong EntrySize { get; }

    internal override void Write(Span<byte> target) => _bytes.CopyTo(target);
}

/// <summary>RELATIVE relocations by address, then IRELATIVE ones, then padding for symbols that turned out not to move.</summary>
internal sealed class RelaDynSection : SyntheticSection
{
    private readonly int _relatives, _iplt;

    internal RelaDynSection(NativeBytes name, int relatives, int iplt)
    {
        Name = name;
        (_relatives, _iplt) = (relatives, iplt);
        AlignmentLog2 = 3;
        Size = (ulong)(Elf64_Rela.Size * (relatives + iplt));
    }

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_RELA;

    internal override ulong Flags => SHF_ALLOC;

    internal override ulong EntrySize => Elf64_Rela.Size;

    /// <summary>Number of RELATIVE relocations; valid once <see cref="Relatives"/> is set.</summary>
    internal int RelativeCount => Relatives.Count;

    /// <summary>Places and values, ascending.</summary>
    internal List<(ulong Place, ulong Value)> Relatives { get; set; } = [];

    /// <summary>Slots and resolvers.</summary>
    internal List<(ulong Place, ulong Value)> Indirect { get; set; } = [];

    internal override void Write(Span<byte> target)
    {
        Span<Elf64_Rela> entries = MemoryMarshal.Cast<byte, Elf64_Rela>(target);
        int next = 0;
        foreach ((ulong place, ulong value) in Relatives)
            entries[next++] = new Elf64_Rela { r_offset = place, r_info = X86_64Reloc.R_X86_64_RELATIVE, r_addend = (long)value };
        foreach ((ulong place, ulong value) in Indirect)
            entries[next++] = new Elf64_Rela { r_offset = place, r_info = X86_64Reloc.R_X86_64_IRELATIVE, r_addend = (long)value };

        // R_X86_64_NONE is all zeros but for the place, which stays inside the image.
        for (; next < _relatives + _iplt; next++)
            entries[next].r_offset = Relatives.Count > 0 ? Relatives[0].Place : Address;
    }
}

/// <summary>Relative relocations as bitmaps.</summary>
internal sealed class RelrSection : SyntheticSection
{
    internal RelrSection(NativeBytes name, bool isUsed)
    {
        Name = name;
        AlignmentLog2 = 3;
        Size = isUsed ? 8u : 0;
    }

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_RELR;

    internal override ulong Flags => SHF_ALLOC;

    internal override ulong EntrySize => 8;

    /// <summary>The words; bitmaps without a bit fill the rest.</summary>
    internal List<ulong> Words { get; set; } = [];

    internal override void Write(Span<byte> target)
    {
        for (int i = 0; i < target.Length / 8; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(target[(8 * i)..], i < Words.Count ? Words[i] : 1);
    }
}

/// <summary>The dynamic section; its tags are fixed, their values come with the addresses.</summary>
internal sealed class DynamicSection : SyntheticSection
{
    private readonly List<(long Tag, Func<ulong> Value)> _entries;

    internal DynamicSection(NativeBytes name, List<(long Tag, Func<ulong> Value)> entries)
    {
        Name = name;
        _entries = entries;
        AlignmentLog2 = 3;
        Size = (ulong)(Elf64_Dyn.Size * (entries.Count + 1));
    }

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_DYNAMIC;

    internal override ulong Flags => SHF_ALLOC | SHF_WRITE;

    internal override ulong EntrySize => Elf64_Dyn.Size;

    internal override void Write(Span<byte> target)
    {
        Span<Elf64_Dyn> table = MemoryMarshal.Cast<byte, Elf64_Dyn>(target);
        for (int i = 0; i < _entries.Count; i++)
            table[i] = new Elf64_Dyn { d_tag = _entries[i].Tag, d_val = _entries[i].Value() };
    }
}
