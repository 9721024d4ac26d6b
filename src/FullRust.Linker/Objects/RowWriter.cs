// Puts the rows of objects into the table. Most headers of a large C++ program are those of relocations and of copies that lost, so that
// only rows with something to say have a place; an object's rows are made aside, since not before its last header it is known which those are.

using System;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Objects;

/// <summary>Writes rows for one thread; others write other ones.</summary>
/// <param name="table">Where they go.</param>
/// <param name="keepsAll">Whether every row that is not discarded has a place, not only those that may reach the output.</param>
internal sealed class RowWriter(SectionTable table, bool keepsAll) : IDisposable
{
    private readonly NativeList<InputSection> _made = new();
    private int _next, _end;

    /// <summary>Begins an object.</summary>
    /// <param name="headers">How many sections it has.</param>
    /// <returns>A row for each, zeroed; valid until the next object.</returns>
    internal Span<InputSection> Begin(int headers)
    {
        _made.Truncate(0);
        return _made.AddZeroed(headers);
    }

    /// <summary>Ends an object.</summary>
    /// <param name="first">The number of its first row.</param>
    internal void End(int first)
    {
        Span<InputSection> made = _made.Span;
        ReadOnlySpan<SectionFate> fates = table.Fates.Span.Slice(first, made.Length);
        Span<int> places = table.Places.Span.Slice(first, made.Length);
        for (int i = 1; i < made.Length; i++)
        {
            if ((fates[i].State & SectionState.Discarded) != 0 || (fates[i].Kind == SectionKind.None && !keepsAll))
                continue;
            if (_next == _end)
                (_next, _end) = table.TakePlaces();
            places[i] = _next;
            table.Rows[_next++] = made[i];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _made.Dispose();
}
