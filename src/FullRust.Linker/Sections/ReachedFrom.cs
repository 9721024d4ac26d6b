// Through which section each live one was reached first: what error messages and --why-live tell.

using System;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;
using FullRust.Linker.Objects;

namespace FullRust.Linker.Sections;

/// <summary>A row per live section. Thread-safe for different sections.</summary>
internal sealed class ReachedFrom : IDisposable
{
    private readonly SectionTable _sections;
    private readonly NativeList<int> _from = new();

    /// <summary>Makes the rows: nothing is reached.</summary>
    internal ReachedFrom(SectionTable sections, int threads)
    {
        _sections = sections;
        _from.AddZeroed(sections.PlaceCount, threads);
    }

    /// <summary>The section through which a section was reached; 0 for a root.</summary>
    internal int this[int row]
    {
        get => _from[_sections.PlaceOf(row)];
        set => _from[_sections.PlaceOf(row)] = value;
    }

    /// <inheritdoc/>
    public void Dispose() => _from.Dispose();
}
