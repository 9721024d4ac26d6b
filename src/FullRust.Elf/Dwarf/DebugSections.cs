// The debug sections of a linked file that names and addresses of its units are read from.

using System;

namespace FullRust.Elf.Dwarf;

/// <summary>Views of debug sections, uncompressed; empty for those that are not there.</summary>
public readonly ref struct DebugSections
{
    /// <summary><c>.debug_info</c>.</summary>
    public required ReadOnlySpan<byte> Info { get; init; }

    /// <summary><c>.debug_types</c> (DWARF 4).</summary>
    public ReadOnlySpan<byte> Types { get; init; }

    /// <summary><c>.debug_abbrev</c>.</summary>
    public ReadOnlySpan<byte> Abbrev { get; init; }

    /// <summary><c>.debug_str</c>.</summary>
    public ReadOnlySpan<byte> Str { get; init; }

    /// <summary><c>.debug_line_str</c>.</summary>
    public ReadOnlySpan<byte> LineStr { get; init; }

    /// <summary><c>.debug_str_offsets</c>.</summary>
    public ReadOnlySpan<byte> StrOffsets { get; init; }

    /// <summary><c>.debug_addr</c>.</summary>
    public ReadOnlySpan<byte> Addr { get; init; }

    /// <summary><c>.debug_ranges</c> (DWARF 4).</summary>
    public ReadOnlySpan<byte> Ranges { get; init; }

    /// <summary><c>.debug_rnglists</c> (DWARF 5).</summary>
    public ReadOnlySpan<byte> RngLists { get; init; }
}
