// The relocations of .debug_line in a relocatable object, looked up by the place they patch. In an object the addresses and the string
// offsets of a line table are all still to be filled in; only the few that a search meets are looked at.

using System;
using FullRust.Elf.Native;

namespace FullRust.Elf.Dwarf;

/// <summary>Tells where a symbol of an object is.</summary>
/// <param name="symbol">Its index in the object's symbol table.</param>
/// <param name="section">The index of the section that it is defined in.</param>
/// <param name="value">Its offset in that section.</param>
/// <returns>False if the symbol is not defined in a section of the object, or its section was dropped.</returns>
public delegate bool LineSymbolResolver(uint symbol, out uint section, out ulong value);

/// <summary>Finds relocations by offset.</summary>
internal readonly ref struct LineRelocations
{
    private readonly ReadOnlySpan<Elf64_Rela> _sorted;
    private readonly LineSymbolResolver? _resolve;

    public LineRelocations(ReadOnlySpan<Elf64_Rela> relocations, LineSymbolResolver resolve)
    {
        _sorted = IsSorted(relocations) ? relocations : Sort(relocations);
        _resolve = resolve;
    }

    public bool IsEmpty => _sorted.IsEmpty;

    /// <summary>What the field at an offset refers to.</summary>
    public bool TryFind(int offset, out uint section, out ulong value)
    {
        section = 0;
        value = 0;
        int index = LowerBound((ulong)offset);
        if (_resolve == null || index == _sorted.Length || _sorted[index].r_offset != (ulong)offset)
            return false;
        if (!_resolve(_sorted[index].Symbol, out section, out value))
            return false;
        value = unchecked(value + (ulong)_sorted[index].r_addend);
        return true;
    }

    /// <summary>Whether any relocation from <paramref name="start"/> to <paramref name="end"/> refers to a section.</summary>
    public bool RefersTo(int start, int end, uint section)
    {
        for (int i = LowerBound((ulong)start); i < _sorted.Length && _sorted[i].r_offset < (ulong)end; i++)
        {
            if (_resolve!(_sorted[i].Symbol, out uint target, out _) && target == section)
                return true;
        }

        return false;
    }

    private int LowerBound(ulong offset)
    {
        int low = 0;
        int high = _sorted.Length;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) / 2);
            if (_sorted[middle].r_offset < offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static bool IsSorted(ReadOnlySpan<Elf64_Rela> relocations)
    {
        for (int i = 1; i < relocations.Length; i++)
        {
            if (relocations[i].r_offset < relocations[i - 1].r_offset)
                return false;
        }

        return true;
    }

    private static Elf64_Rela[] Sort(ReadOnlySpan<Elf64_Rela> relocations)
    {
        Elf64_Rela[] copy = relocations.ToArray();
        Array.Sort(copy, static (x, y) => x.r_offset.CompareTo(y.r_offset));
        return copy;
    }
}
