// SHT_GROUP (gABI, Section Groups): a word of flags, then the header indices of the members. The relocations of a member are members too.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using FullRust.Linker.Writing;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Relocatable;

/// <summary>A section group of a relocatable output.</summary>
internal sealed class GroupSection : SyntheticSection
{
    private readonly SectionTable _sections;
    private readonly ObjectFile _file;
    private readonly List<int> _members;
    private readonly int _signature;
    private readonly uint _flags;
    private List<OutputSection> _outputs = [];
    private Dictionary<OutputSection, RelocationList> _relocations = [];

    /// <param name="name">The section's name.</param>
    /// <param name="sections">Input sections.</param>
    /// <param name="file">The object that the group is of.</param>
    /// <param name="header">Header index of the group there.</param>
    /// <param name="members">Rows of its live members.</param>
    internal GroupSection(NativeBytes name, SectionTable sections, ObjectFile file, int header, List<int> members)
    {
        Name = name;
        _sections = sections;
        _file = file;
        _members = members;
        Row = file.SectionBase + header;
        _signature = (int)file.Sections[header].sh_info;
        _flags = file.SectionBytes(header).Cast<uint>()[0];
        AlignmentLog2 = 2;
        Size = sizeof(uint);
        foreach (int row in members)
            Size += sections.Relocations(row).IsEmpty ? sizeof(uint) : 2UL * sizeof(uint);
    }

    internal override NativeBytes Name { get; }

    /// <summary>The row of the input's group.</summary>
    internal int Row { get; }

    internal override uint Type => SHT_GROUP;

    internal override ulong Flags => 0;

    internal override ulong EntrySize => sizeof(uint);

    /// <summary>Sees to it that the symbol that names a group reaches the symbol table, whoever else refers to it.</summary>
    internal static void KeepSignatures(OutputLayout layout, SymbolTable symbols, EmittedRelocations relocations)
    {
        foreach (SyntheticSection section in layout.Synthetic)
        {
            if (section is not GroupSection group)
                continue;
            if (group._signature < group._file.FirstGlobal)
                relocations.Keep(group._file, group._signature);
            else
                symbols[symbols.IdOf(group._file, group._signature)].Flags |= SymbolFlags.Reached | SymbolFlags.WeakReferenced;
        }
    }

    /// <summary>Tells every group what its members and its symbol became; header indices are asked for when the group is written.</summary>
    internal static void Connect(OutputLayout layout, SymbolTable symbols, EmittedRelocations relocations, SymtabWriter symtab)
    {
        var lists = new Dictionary<OutputSection, RelocationList>();
        foreach (RelocationList list in relocations.Lists)
            lists[list.Target] = list;
        foreach (SyntheticSection section in layout.Synthetic)
        {
            if (section is not GroupSection group)
                continue;
            group._outputs = layout.Sections;
            group._relocations = lists;
            layout.Sections[group.OutputSection].Info = group.SignatureEntry(symbols, symtab);
        }
    }

    internal override void Write(Span<byte> target)
    {
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(target);
        int next = 0;
        words[next++] = _flags;
        foreach (int row in _members)
        {
            OutputSection output = _outputs[_sections[row].OutputSection];
            words[next++] = (uint)output.HeaderIndex;
            if (!_sections.Relocations(row).IsEmpty)
                words[next++] = (uint)_relocations[output].HeaderIndex;
        }
    }

    private uint SignatureEntry(SymbolTable symbols, SymtabWriter symtab)
    {
        if (_signature >= _file.FirstGlobal)
            return symtab.EntryOf(symbols.IdOf(_file, _signature));
        ref readonly Elf64_Sym symbol = ref _file.Symbols[_signature];
        if (symbol.Type != STT_SECTION)
            return symtab.EntryOf(_file, _signature);

        // Named by a section: the name is what counts, so any section of that name will do.
        int row = _file.SectionBase + (int)_file.SectionOf(_signature, symbol);
        return symtab.EntryOfSection(_sections.Fate(row).IsLive ? _sections[row].OutputSection : _sections[_members[0]].OutputSection);
    }
}
