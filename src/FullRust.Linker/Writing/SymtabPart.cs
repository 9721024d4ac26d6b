// A stretch of the symbol table that one thread measures and writes, and the place where its next entry goes.

using System;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

/// <summary>What the entries of a part stand for.</summary>
internal enum PartKind
{
    Sections,
    Locals,
    HiddenGlobals,
    Globals,
}

/// <summary>Consecutive entries that one thread measures and writes: an object's locals, or a range of global ids.</summary>
internal struct SymtabPart
{
    internal PartKind Kind;
    internal int First;
    internal int Last;
    internal int Count;
    internal long StringSize;
    internal int FirstEntry;
    internal long FirstString;

    internal void Add(NativeBytes name)
    {
        Count++;
        if (name.Length > 0)
            StringSize += name.Length + 1;
    }
}

/// <summary>Writes entries one behind the other.</summary>
internal ref struct SymtabCursor(Span<Elf64_Sym> entries, Span<uint> extended, Span<byte> strings, long firstString)
{
    private readonly Span<Elf64_Sym> _entries = entries;
    private readonly Span<uint> _extended = extended;
    private readonly Span<byte> _strings = strings;
    private readonly long _firstString = firstString;
    private int _next;
    private int _nextString;

    internal void Add(NativeBytes name, byte info, byte other, uint section, ulong value, ulong size)
    {
        bool isExtended = section is >= SHN_LORESERVE and < 0xffff0000u;
        if (isExtended)
            _extended[_next] = section;
        ref Elf64_Sym entry = ref _entries[_next++];
        entry.st_info = info;
        entry.st_other = other;
        entry.st_shndx = isExtended ? SHN_XINDEX : (ushort)section;
        entry.st_value = value;
        entry.st_size = size;
        if (name.IsEmpty)
            return;
        entry.st_name = (uint)(_firstString + _nextString);
        name.Span.CopyTo(_strings[_nextString..]);
        _nextString += (int)name.Length + 1;
    }
}
