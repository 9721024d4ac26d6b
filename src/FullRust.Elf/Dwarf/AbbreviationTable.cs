// The abbreviations of a unit: for each code a tag, whether children follow, and the attributes with their forms (DWARF 5, 7.5.3).

using System;
using System.Collections.Generic;
using static FullRust.Elf.Dwarf.DwarfConstants;

namespace FullRust.Elf.Dwarf;

/// <summary>An attribute's name and form, and the value of DW_FORM_implicit_const.</summary>
internal readonly record struct AttributeSpecification(ulong Name, ulong Form, long Constant);

/// <summary>What a code stands for.</summary>
/// <param name="Tag">The entry's tag.</param>
/// <param name="HasChildren">Whether children follow.</param>
/// <param name="First">First attribute in <see cref="AbbreviationTable.Attributes"/>.</param>
/// <param name="Count">Number of attributes.</param>
internal readonly record struct Abbreviation(ulong Tag, bool HasChildren, int First, int Count);

/// <summary>A table of .debug_abbrev, read once.</summary>
internal sealed class AbbreviationTable
{
    private readonly Dictionary<ulong, Abbreviation> _byCode = [];

    /// <summary>Attributes of all abbreviations.</summary>
    internal List<AttributeSpecification> Attributes { get; } = [];

    /// <summary>Reads the table at an offset; what is cut off is left out.</summary>
    internal static AbbreviationTable Read(ReadOnlySpan<byte> section, ulong offset)
    {
        var table = new AbbreviationTable();
        if (offset >= (ulong)section.Length)
            return table;
        var reader = new DwarfReader(section) { Position = (int)offset };
        while (!reader.IsAtEnd && reader.Uleb() is not 0 and ulong code)
        {
            ulong tag = reader.Uleb();
            bool hasChildren = reader.U8() != 0;
            int first = table.Attributes.Count;
            while (!reader.HasFailed)
            {
                ulong name = reader.Uleb(), form = reader.Uleb();
                if (name == 0 && form == 0)
                    break;
                table.Attributes.Add(new AttributeSpecification(name, form, form == DW_FORM_implicit_const ? reader.Sleb() : 0));
            }

            table._byCode[code] = new Abbreviation(tag, hasChildren, first, table.Attributes.Count - first);
        }

        return table;
    }

    /// <summary>Finds a code.</summary>
    internal bool TryFind(ulong code, out Abbreviation abbreviation) => _byCode.TryGetValue(code, out abbreviation);
}
