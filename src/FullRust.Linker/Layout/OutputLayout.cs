// Everything that the writer needs and nothing else: sections with addresses and offsets, program headers, the entry, TLS facts.

using System;
using System.Collections.Generic;
using FullRust.Linker.Layout.Pie;
using FullRust.Linker.Layout.Synthetic;

namespace FullRust.Linker.Layout;

/// <summary>Sections with addresses and the program headers over them, however they were arranged.</summary>
/// <param name="Sections">Output sections in file order.</param>
/// <param name="Segments">Program headers in table order.</param>
/// <param name="ImageBase">Address of the ELF header.</param>
/// <param name="End">Offset of the first byte after the last section.</param>
internal readonly record struct LayoutFrame(List<OutputSection> Sections, List<Segment> Segments, ulong ImageBase, ulong End)
{
    /// <summary>Whether the ELF header and the program headers are in memory.</summary>
    internal bool LoadsHeaders { get; init; } = true;
}

/// <summary>The finished plan of the output. Read-only once made.</summary>
internal sealed class OutputLayout : IDisposable
{
    /// <summary>Whether the output is an object, to be linked again: no address, no segment.</summary>
    internal bool IsRelocatable { get; init; }

    /// <summary>Output sections in file order.</summary>
    internal required List<OutputSection> Sections { get; init; }

    /// <summary>Parts made by the linker, by the index that members name.</summary>
    internal required List<SyntheticSection> Synthetic { get; init; }

    /// <summary>Program headers in table order.</summary>
    internal required List<Segment> Segments { get; init; }

    /// <summary>Address of the ELF header.</summary>
    internal required ulong ImageBase { get; init; }

    /// <summary>Whether the ELF header and the program headers are in memory.</summary>
    internal bool LoadsHeaders { get; init; } = true;

    /// <summary>Address of the TLS image; 0 without TLS.</summary>
    internal ulong TlsStart { get; init; }

    /// <summary>What the thread pointer would be if the image were the block: its end, rounded up to its alignment.</summary>
    internal ulong ThreadPointer { get; init; }

    /// <summary>Whether code can change itself.</summary>
    internal bool HasWritableCode => Segments.Exists(static s => s.IsWritableCode);

    /// <summary>The GOT.</summary>
    internal required GotSection Got { get; init; }

    /// <summary>The IFUNC stubs.</summary>
    internal required IpltSection Iplt { get; init; }

    /// <summary>The unwind table.</summary>
    internal required EhFrameSection EhFrame { get; init; }

    /// <summary>What lets the program relocate itself; null for fixed addresses.</summary>
    internal required PieParts? Pie { get; init; }

    /// <summary>The build-id note; empty unless it was asked for.</summary>
    internal required BuildIdNote BuildId { get; init; }

    /// <summary>The record of what was linked; empty unless it was asked for.</summary>
    internal required ProvenanceSection Provenance { get; init; }

    /// <summary>First file offset behind the last section: the tables at the end begin here.</summary>
    internal required ulong EndOfSections { get; set; }

    /// <summary>File offset of the section header of .gdb_index, whose contents are made last; 0 for none.</summary>
    internal long GdbIndexHeader { get; set; }

    /// <summary>Names, sizes and alignments of the tables behind the sections, for the map.</summary>
    internal List<(string Name, ulong Size, ulong Alignment)> Tables { get; } = [];

    /// <summary>Whether the output has symbols or sections whose meaning is GNU's.</summary>
    internal bool UsesGnuAbi { get; set; }

    /// <summary>Landing pads that become no-ops, by section; null for none.</summary>
    internal Dictionary<int, List<ulong>>? LandingPads { get; set; }

    /// <summary>e_entry.</summary>
    internal ulong Entry { get; set; }

    /// <summary>Finds an output section by name; null if there is none.</summary>
    internal OutputSection? Find(ReadOnlySpan<byte> name)
    {
        foreach (OutputSection section in Sections)
        {
            if (section.Name.Span.SequenceEqual(name))
                return section;
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (OutputSection section in Sections)
            section.Dispose();
    }
}
