// Unwind tables (LSB, "Exception Frames"): .eh_frame sections are taken apart into CIEs and FDEs before anything is marked, because
// an FDE is alive exactly when its function is, and then keeps its language-specific data and its CIE's personality alive.
//
//   record:  length:4 [extended:8]  id:4 (0 = CIE, else distance back to the CIE)  …
//   FDE:     … pc_begin (relocated)  pc_range  augmentation (LSDA relocated)  instructions

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

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

/// <summary>All unwind records of the loaded objects.</summary>
internal sealed class EhFrame : IDisposable
{
    private readonly SectionTable _sections;
    private readonly DiagnosticSink _sink;

    private EhFrame(SectionTable sections, DiagnosticSink sink)
    {
        _sections = sections;
        _sink = sink;
    }

    /// <summary>CIEs in input order.</summary>
    internal NativeList<Cie> Cies { get; } = new();

    /// <summary>FDEs in input order.</summary>
    internal NativeList<Fde> Fdes { get; } = new();

    /// <summary>Whether an input ends the table.</summary>
    internal bool HasTerminator { get; private set; }

    /// <summary>Takes all .eh_frame sections apart and hangs each FDE on the section that it describes.</summary>
    internal static EhFrame Parse(SectionTable sections, DiagnosticSink sink)
    {
        var frame = new EhFrame(sections, sink);
        foreach (ObjectFile file in sections.Objects)
        {
            for (int i = 1; i < file.SectionCount; i++)
            {
                int row = file.SectionBase + i;
                if (sections.Fate(row).Kind == SectionKind.EhFrame && (sections.Fate(row).State & SectionState.Discarded) == 0)
                    frame.ParseSection(file, row);
            }
        }

        return frame;
    }

    /// <summary>As <see cref="Parse"/>, beside other work when there is enough to make that worth while. It reads and writes only columns that
    /// choosing definitions does not touch.</summary>
    internal static EhFrame ParseBeside(SectionTable sections, LinkOptions options, DiagnosticSink sink, Action other)
    {
        const int ManySections = 20_000;
        EhFrame? frames = null;
        void ParseAll() => frames = Parse(sections, sink);
        Crew.RunBoth(sections.Rows.Count > ManySections ? options.ThreadCount : 1, ParseAll, other);
        return frames!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cies.Dispose();
        Fdes.Dispose();
    }

    private void ParseSection(ObjectFile file, int row)
    {
        SortRelocations(row);
        ReadOnlySpan<byte> bytes = _sections.Contents(row).Span;
        ReadOnlySpan<Elf64_Rela> relocations = _sections.Relocations(row);
        if (!CheckRelocations(file, row, relocations))
            return;
        int firstCie = Cies.Count, relocation = 0;
        for (int at = 0; at < bytes.Length;)
        {
            if (!TryRecord(bytes[at..], out int idAt, out int size))
            {
                Malformed(row, at, "CIE/FDE ends past the end of the section, or is too small");
                return;
            }

            if (size == 4)
            {
                // A terminator; the output gets one of its own at the very end.
                HasTerminator = true;
                at += 4;
                continue;
            }

            int begin = relocation;
            while (relocation < relocations.Length && relocations[relocation].r_offset < (ulong)(at + size))
                relocation++;
            uint id = MemoryMarshal.Read<uint>(bytes[(at + idAt)..]);
            if (id == 0)
                Cies.Add(new Cie { Row = row, Offset = (uint)at, Size = (uint)size, RelocationsBegin = begin, RelocationsEnd = relocation, Canonical = -1 });
            else if (!AddFde(file, row, at, size, idAt, id, firstCie, begin, relocation, relocations))
                return;
            at += size;
        }
    }

    private bool CheckRelocations(ObjectFile file, int row, ReadOnlySpan<Elf64_Rela> relocations)
    {
        foreach (ref readonly Elf64_Rela relocation in relocations)
        {
            if (relocation.Symbol < (uint)file.SymbolCount)
                continue;
            _sink.Report(Severity.Error, DiagnosticId.BadRelocation, $"{_sections.Place(row, relocation.r_offset)}: its symbol {relocation.Symbol} does not exist", [], row);
            return false;
        }

        return true;
    }

    private static bool TryRecord(ReadOnlySpan<byte> bytes, out int idAt, out int size)
    {
        idAt = 4;
        size = 4;
        if (bytes.Length < 4)
            return false;
        ulong length = MemoryMarshal.Read<uint>(bytes);
        if (length == 0)
            return true;
        if (length == uint.MaxValue)
        {
            if (bytes.Length < 12)
                return false;
            length = MemoryMarshal.Read<ulong>(bytes[4..]);
            idAt = 12;
        }

        if (length < 4 || length > (ulong)(bytes.Length - idAt))
            return false;
        size = idAt + (int)length;
        return true;
    }

    private bool AddFde(
        ObjectFile file, int row, int at, int size, int idAt, uint id, int firstCie, int begin, int end, ReadOnlySpan<Elf64_Rela> relocations)
    {
        int cie = FindCie(firstCie, (long)at + idAt - id);
        if (cie < 0)
        {
            Malformed(row, at, "invalid CIE reference");
            return false;
        }

        var fde = new Fde
        {
            Row = row,
            Offset = (uint)at,
            Size = (uint)size,
            Cie = cie,
            RelocationsBegin = begin,
            RelocationsEnd = end,
            OutputOffset = uint.MaxValue,
        };
        if (begin < end && relocations[begin].r_offset == (ulong)(at + idAt + 4))
            fde.Target = TargetOf(file, relocations[begin].Symbol);
        int index = Fdes.Add(fde);
        if (fde.Target != 0)
        {
            ref InputSection target = ref _sections[fde.Target];
            Fdes[index].Next = target.FirstFde;
            target.FirstFde = index + 1;
        }

        return true;
    }

    private int FindCie(int first, long offset)
    {
        for (int i = Cies.Count - 1; i >= first; i--)
        {
            if (Cies[i].Offset == offset)
                return i;
        }

        return -1;
    }

    // The object's own copy counts, even where another object's copy of the name was chosen: a discarded function has no unwind record.
    private static int TargetOf(ObjectFile file, uint symbolIndex)
    {
        if (symbolIndex >= (uint)file.SymbolCount)
            return 0;
        uint section = file.SectionOf((int)symbolIndex, file.Symbols[(int)symbolIndex]);
        return section is 0 or >= 0xffff0000u ? 0 : file.SectionBase + (int)section;
    }

    private void SortRelocations(int row)
    {
        ReadOnlySpan<Elf64_Rela> relocations = _sections.Relocations(row);
        for (int i = 1; i < relocations.Length; i++)
        {
            if (relocations[i].r_offset >= relocations[i - 1].r_offset)
                continue;
            var sorted = new NativeList<Elf64_Rela>(relocations.Length);
            sorted.AddRange(relocations);
            sorted.Span.Sort((a, b) => a.r_offset.CompareTo(b.r_offset));
            _sections.DecodedRelocations[row] = sorted;
            _sections[row].Relocations = -1;
            return;
        }
    }

    private void Malformed(int row, int at, string problem)
    {
        _sink.Report(Severity.Error, DiagnosticId.MalformedInput, $"corrupted .eh_frame: {problem}", [$">>> defined in {_sections.Place(row, (ulong)at)}"], row);
    }
}
