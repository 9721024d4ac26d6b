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

/// <summary>Consecutive parts that are written at once.</summary>
/// <param name="First">The first part.</param>
/// <param name="Last">The one behind the last.</param>
/// <param name="FirstEntry">Number of their first entry.</param>
/// <param name="Count">Their entries.</param>
/// <param name="FirstString">Offset of their first string in the string table.</param>
/// <param name="StringSize">Bytes of their strings.</param>
internal readonly record struct SymtabRange(int First, int Last, int FirstEntry, int Count, long FirstString, long StringSize);

/// <summary>Writes entries one behind the other, and every byte of them: what was in their place before does not matter.</summary>
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
        if (!_extended.IsEmpty)
            _extended[_next] = isExtended ? section : 0;
        _entries[_next++] = new Elf64_Sym
        {
            st_name = name.IsEmpty ? 0 : (uint)(_firstString + _nextString),
            st_info = info,
            st_other = other,
            st_shndx = isExtended ? SHN_XINDEX : (ushort)section,
            st_value = value,
            st_size = size,
        };
        if (!name.IsEmpty)
            AddString(name.Span);
    }

    private void AddString(ReadOnlySpan<byte> name)
    {
        Span<byte> target = _strings.Slice(_nextString, name.Length + 1);
        name.CopyTo(target);
        target[^1] = 0;
        _nextString += target.Length;
    }
}
