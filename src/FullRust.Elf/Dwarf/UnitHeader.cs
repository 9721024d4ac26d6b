// The header of a unit in .debug_info or .debug_types (DWARF 5, 7.5.1; DWARF 4, 7.5.1).

using System;
using static FullRust.Elf.Dwarf.DwarfConstants;

namespace FullRust.Elf.Dwarf;

/// <summary>A unit's header.</summary>
internal readonly struct UnitHeader
{
    internal int Start { get; init; }

    internal int End { get; init; }

    internal int FirstEntry { get; init; }

    internal int Version { get; init; }

    internal int OffsetSize { get; init; }

    internal int AddressSize { get; init; }

    internal ulong AbbrevOffset { get; init; }

    /// <summary>Whether it describes one type, found by its signature.</summary>
    internal bool IsType { get; init; }

    internal ulong Signature { get; init; }

    /// <summary>Offset of the type's entry from the unit's start.</summary>
    internal ulong TypeOffset { get; init; }

    /// <summary>Reads the header at a place.</summary>
    /// <param name="section">The section.</param>
    /// <param name="at">Offset of the header.</param>
    /// <param name="inTypes">Whether the section is .debug_types, whose units have a signature in version 4.</param>
    /// <param name="header">The header.</param>
    /// <returns>False if there is none or its version is unknown.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> section, int at, bool inTypes, out UnitHeader header)
    {
        header = default;
        var reader = new DwarfReader(section) { Position = at };
        ulong length = reader.InitialLength(out int offsetSize);
        if (reader.HasFailed || length > (ulong)(section.Length - reader.Position))
            return false;
        int end = reader.Position + (int)length;
        int version = (int)reader.Unsigned(2);
        byte kind = version >= 5 ? reader.U8() : inTypes ? DW_UT_type : DW_UT_compile;
        int addressSize = version >= 5 ? reader.U8() : 0;
        ulong abbrev = reader.Unsigned(offsetSize);
        addressSize = version >= 5 ? addressSize : reader.U8();
        bool isType = kind is DW_UT_type or DW_UT_split_type;
        ulong signature = isType || kind is DW_UT_skeleton or DW_UT_split_compile ? reader.Unsigned(8) : 0;
        ulong typeOffset = isType ? reader.Unsigned(offsetSize) : 0;
        header = new UnitHeader
        {
            Start = at,
            End = end,
            FirstEntry = reader.Position,
            Version = version,
            OffsetSize = offsetSize,
            AddressSize = addressSize,
            AbbrevOffset = abbrev,
            IsType = isType,
            Signature = signature,
            TypeOffset = typeOffset,
        };
        return !reader.HasFailed && reader.Position <= end && version is >= 2 and <= 5 && addressSize is 4 or 8;
    }
}
