// Source lines for addresses, from .debug_line alone. Made for messages: a search runs the line programs, nothing is kept. What the
// section says wrongly makes a search fail, never more.

using System;
using FullRust.Elf.Native;

namespace FullRust.Elf.Dwarf;

/// <summary>Finds the source line of an address, or of a place in a relocatable object. Reads DWARF 2 to 5; never throws.</summary>
public readonly ref struct LineTable
{
    private readonly LineSections _sections;

    /// <summary>A line table of a linked image.</summary>
    /// <param name="debugLine">Contents of <c>.debug_line</c>, uncompressed.</param>
    /// <param name="debugLineStr">Contents of <c>.debug_line_str</c>; empty if there is none.</param>
    /// <param name="debugStr">Contents of <c>.debug_str</c>; empty if there is none.</param>
    public LineTable(ReadOnlySpan<byte> debugLine, ReadOnlySpan<byte> debugLineStr, ReadOnlySpan<byte> debugStr)
        : this(debugLine, debugLineStr, debugStr, default(LineRelocations))
    {
    }

    /// <summary>A line table of a relocatable object, whose relocations are applied on the way.</summary>
    /// <param name="debugLine">Contents of <c>.debug_line</c>, uncompressed.</param>
    /// <param name="debugLineStr">Contents of <c>.debug_line_str</c>; empty if there is none.</param>
    /// <param name="debugStr">Contents of <c>.debug_str</c>; empty if there is none.</param>
    /// <param name="relocations">The relocations of <c>.debug_line</c>, in any order.</param>
    /// <param name="resolve">Tells where the object's symbols are.</param>
    public LineTable(
        ReadOnlySpan<byte> debugLine,
        ReadOnlySpan<byte> debugLineStr,
        ReadOnlySpan<byte> debugStr,
        ReadOnlySpan<Elf64_Rela> relocations,
        LineSymbolResolver resolve)
        : this(debugLine, debugLineStr, debugStr, new LineRelocations(relocations, resolve))
    {
    }

    private LineTable(ReadOnlySpan<byte> debugLine, ReadOnlySpan<byte> debugLineStr, ReadOnlySpan<byte> debugStr, LineRelocations relocations) =>
        _sections = new LineSections { Line = debugLine, LineStr = debugLineStr, Str = debugStr, Relocations = relocations };

    /// <summary>Finds the source line of an address in a linked image.</summary>
    /// <param name="address">The address.</param>
    /// <param name="location">The place, or its default.</param>
    /// <returns>False if no line covers the address.</returns>
    public bool TryFind(ulong address, out SourceLocation location) => TryFind(0, address, out location);

    /// <summary>Finds the source line of a place in a relocatable object.</summary>
    /// <param name="section">The index of the code section; 0 for an address in a linked image.</param>
    /// <param name="offset">The offset in that section.</param>
    /// <param name="location">The place, or its default.</param>
    /// <returns>False if no line covers the place.</returns>
    public bool TryFind(uint section, ulong offset, out SourceLocation location)
    {
        int start = 0;
        while (start < _sections.Line.Length)
        {
            bool isUsable = LineHeader.TryRead(_sections.Line, start, out LineHeader header);
            if (header.End <= start)
                break;
            bool isCandidate = isUsable && (section == 0 || _sections.Relocations.RefersTo(header.ProgramStart, header.End, section));
            if (isCandidate && TryFindIn(header, section, offset, out location))
                return true;
            start = header.End;
        }

        location = default;
        return false;
    }

    private bool TryFindIn(in LineHeader header, uint section, ulong offset, out SourceLocation location)
    {
        location = default;
        if (!new LineProgram(_sections, header, section, offset).TryFind(out LineProgram.LineRow row))
            return false;
        if (header.PathOf(row.File, _sections) is not { } path)
            return false;
        location = new SourceLocation(path, row.Line, row.Column);
        return true;
    }
}
