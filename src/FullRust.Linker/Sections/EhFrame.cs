// Unwind tables (LSB, "Exception Frames") as rows: .eh_frame sections are taken apart into CIEs and FDEs before anything is marked, because
// an FDE is alive exactly when its function is, and then keeps its language-specific data and its CIE's personality alive.

using System;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Sections;

/// <summary>A common information entry of an input.</summary>
internal struct Cie
{
    internal int Row;
    internal uint Offset;
    internal uint Size;

    /// <summary>First and last-but-one relocation of the record.</summary>
    internal int RelocationsBegin, RelocationsEnd;

    /// <summary>Whether a live FDE uses it.</summary>
    internal bool IsLive;

    /// <summary>Index of the equal CIE that is written, or itself.</summary>
    internal int Canonical;

    /// <summary>Offset in the output section.</summary>
    internal uint OutputOffset;
}

/// <summary>A frame description entry of an input.</summary>
internal struct Fde
{
    internal int Row;
    internal uint Offset;
    internal uint Size;
    internal int Cie;
    internal int RelocationsBegin, RelocationsEnd;

    /// <summary>The section of the function that it describes; 0 if there is none.</summary>
    internal int Target;

    /// <summary>Next FDE of the same section plus one; 0 at the end.</summary>
    internal int Next;

    /// <summary>Offset in the output section; uint.MaxValue for a dead one.</summary>
    internal uint OutputOffset;

    internal bool IsLive;
}

/// <summary>All unwind records of the loaded objects; made by <see cref="EhFrameParser"/>.</summary>
internal sealed class EhFrame : IDisposable
{
    /// <summary>CIEs in input order.</summary>
    internal NativeList<Cie> Cies { get; } = new();

    /// <summary>FDEs in input order.</summary>
    internal NativeList<Fde> Fdes { get; } = new();

    /// <summary>Whether an input ends the table.</summary>
    internal bool HasTerminator { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cies.Dispose();
        Fdes.Dispose();
    }
}
