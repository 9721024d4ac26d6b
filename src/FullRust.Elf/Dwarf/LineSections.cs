// The sections that a line table draws on.

using System;

namespace FullRust.Elf.Dwarf;

/// <summary><c>.debug_line</c>, the string sections that it refers to, and its relocations.</summary>
internal readonly ref struct LineSections
{
    public required ReadOnlySpan<byte> Line { get; init; }

    public required ReadOnlySpan<byte> LineStr { get; init; }

    public required ReadOnlySpan<byte> Str { get; init; }

    public required LineRelocations Relocations { get; init; }
}
