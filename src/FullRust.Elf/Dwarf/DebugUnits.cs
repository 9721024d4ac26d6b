// The units of a linked file's debug information: where each is, what addresses it covers, and the names that a debugger looks for in it.

using System;
using System.Collections.Generic;
using static FullRust.Elf.Dwarf.DwarfConstants;

namespace FullRust.Elf.Dwarf;

/// <summary>A unit.</summary>
/// <param name="Offset">Offset of its header in its section.</param>
/// <param name="Length">Length in bytes, header included.</param>
/// <param name="IsType">Whether it describes one type, in .debug_types or (DWARF 5) in .debug_info.</param>
/// <param name="Signature">A type's signature.</param>
/// <param name="TypeOffset">Offset of a type's entry from the unit's start.</param>
public readonly record struct DebugUnit(ulong Offset, ulong Length, bool IsType, ulong Signature, ulong TypeOffset);

/// <summary>What kind of thing a name stands for, as gdb's index tells them apart.</summary>
public enum DebugNameKind
{
    /// <summary>A type or a namespace.</summary>
    Type = 1,

    /// <summary>A variable or an enumerator.</summary>
    Variable = 2,

    /// <summary>A function.</summary>
    Function = 3,

    /// <summary>Something else.</summary>
    Other = 4,
}

/// <summary>Takes a name.</summary>
/// <param name="unit">Number of the unit that it is in.</param>
/// <param name="name">The name with its namespaces; valid during the call.</param>
/// <param name="kind">What it stands for.</param>
/// <param name="isStatic">Whether it is known in its unit only.</param>
public delegate void DebugNameReceiver(int unit, ReadOnlySpan<byte> name, DebugNameKind kind, bool isStatic);

/// <summary>Reads units. Damaged parts are left out; nothing throws. Not thread-safe: it remembers the last table of abbreviations, which units share.</summary>
public sealed class DebugUnits
{
    private AbbreviationTable? _table;
    private ulong _tableOffset;

    /// <summary>The units of a section.</summary>
    /// <param name="section">.debug_info or .debug_types.</param>
    /// <param name="inTypes">Whether it is .debug_types.</param>
    public static List<DebugUnit> Find(ReadOnlySpan<byte> section, bool inTypes)
    {
        var units = new List<DebugUnit>();
        for (int at = 0; UnitHeader.TryRead(section, at, inTypes, out UnitHeader header); at = header.End)
            units.Add(new DebugUnit((ulong)at, (ulong)(header.End - at), header.IsType, header.Signature, header.TypeOffset));
        return units;
    }

    /// <summary>The addresses that a unit of .debug_info says to cover.</summary>
    /// <param name="sections">The debug sections.</param>
    /// <param name="unit">The unit.</param>
    /// <returns>Begin and end of each range; empty ones are left out.</returns>
    public List<(ulong Begin, ulong End)> Ranges(in DebugSections sections, DebugUnit unit)
    {
        var ranges = new List<(ulong Begin, ulong End)>();
        if (UnitHeader.TryRead(sections.Info, (int)unit.Offset, inTypes: false, out UnitHeader header))
            new UnitRanges(sections, header).AddTo(ranges, TableOf(sections, header));
        return ranges;
    }

    /// <summary>The names of a unit that a debugger may be asked for: functions, variables, types, enumerators, namespaces.</summary>
    /// <param name="sections">The debug sections.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="inTypes">Whether it is in .debug_types.</param>
    /// <param name="number">The number to give to <paramref name="receiver"/>.</param>
    /// <param name="receiver">Takes the names.</param>
    public void Names(in DebugSections sections, DebugUnit unit, bool inTypes, int number, DebugNameReceiver receiver)
    {
        ReadOnlySpan<byte> section = inTypes ? sections.Types : sections.Info;
        if (UnitHeader.TryRead(section, (int)unit.Offset, inTypes, out UnitHeader header))
            new UnitNames(number, receiver).Read(sections, section, header, TableOf(sections, header));
    }

    private AbbreviationTable TableOf(in DebugSections sections, in UnitHeader header)
    {
        if (_table is null || _tableOffset != header.AbbrevOffset)
            (_table, _tableOffset) = (AbbreviationTable.Read(sections.Abbrev, header.AbbrevOffset), header.AbbrevOffset);
        return _table;
    }
}
