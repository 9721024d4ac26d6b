// Takes mergeable sections apart into pieces: strings with their NUL, or entries of fixed size (gABI, Section Attribute Flags).

using System;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Sections;

/// <summary>Sections that were taken apart one by one; <see cref="InputSection.Extra"/> of each is its index here plus one.</summary>
internal sealed class PieceSplitter(SectionTable sections, DiagnosticSink sink) : IDisposable
{
    private const string NoEnd = "string is not null terminated";

    /// <summary>The pieces of all sections but those of <see cref="WholeStrings"/>.</summary>
    internal PieceTable Table { get; } = new();

    /// <summary>The sections, in the order in which they were taken apart.</summary>
    internal NativeList<SplitSection> Sections { get; } = new();

    /// <summary>Takes a section apart, unless it is already.</summary>
    /// <param name="row">A mergeable section.</param>
    /// <returns>Its index in <see cref="Sections"/>; negative for one that cannot be taken apart, which is reported.</returns>
    internal int Split(int row)
    {
        ref InputSection section = ref sections[row];
        if (section.Extra != 0)
            return section.Extra - 1;
        ref readonly Elf64_Shdr header = ref sections.Header(row);
        int first = Table.Pieces.Count;
        NativeBytes contents = sections.Contents(row);
        bool hasStrings = (header.sh_flags & SHF_STRINGS) != 0;
        string? problem = hasStrings ? SplitStrings(contents.Span, header.sh_entsize) : SplitConstants(contents.Length, header.sh_entsize);
        if (problem is not null)
        {
            Malformed(row, problem);
            Table.Pieces.Truncate(first);
            return -1;
        }

        int split = Sections.Add(new SplitSection
        {
            Contents = contents,
            Row = row,
            FirstPiece = first,
            Count = Table.Pieces.Count - first,
            FirstStarts = hasStrings ? Table.AddStarts(first, contents.Length) : 0,
            EntrySize = hasStrings ? 0 : (uint)header.sh_entsize,
        });
        section.Extra = split + 1;
        return split;
    }

    /// <summary>Takes sections that were taken apart together among the others.</summary>
    internal void Take(WholeStrings whole)
    {
        for (int i = 0; i < whole.Sections.Length; i++)
        {
            if (whole.Sections[i].Row == 0)
                Malformed(whole.Rows[i], NoEnd);
            else
                sections[whole.Rows[i]].Extra = Sections.Add(whole.Sections[i]) + 1;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Table.Dispose();
        Sections.Dispose();
    }

    private void Malformed(int row, string problem)
    {
        sink.Report(Severity.Error, DiagnosticId.MalformedInput, $"{sections.Place(row)}: {problem}", [], row);
        sections.Fate(row).Kind = SectionKind.None;
        sections[row].Extra = 0;
    }

    private string? SplitConstants(long length, ulong entrySize)
    {
        if ((ulong)length % entrySize != 0)
            return $"the size of a mergeable section ({length}) is not a multiple of its entry size ({entrySize})";
        for (ulong at = 0; at < (ulong)length; at += entrySize)
            Table.Pieces.Add(new Piece { Offset = (uint)at, Target = Piece.Unreached });
        return null;
    }

    private string? SplitStrings(ReadOnlySpan<byte> bytes, ulong entrySize)
    {
        if (entrySize is not (1 or 2 or 4))
            return $"strings of {entrySize}-byte characters are not defined";
        for (int at = 0; at < bytes.Length;)
        {
            int length = StringLength(bytes[at..], (int)entrySize);
            if (length < 0)
                return NoEnd;
            Table.Pieces.Add(new Piece { Offset = (uint)at, Target = Piece.Unreached });
            at += length;
        }

        return null;
    }

    // Including the terminator; -1 if there is none.
    private static int StringLength(ReadOnlySpan<byte> bytes, int width)
    {
        if (width == 1)
            return bytes.IndexOf((byte)0) + 1 is int length and > 0 ? length : -1;
        for (int at = 0; at + width <= bytes.Length; at += width)
        {
            if (bytes.Slice(at, width).IndexOfAnyExcept((byte)0) < 0)
                return at + width;
        }

        return -1;
    }
}
