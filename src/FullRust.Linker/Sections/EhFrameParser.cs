// Takes .eh_frame sections apart (LSB, "Exception Frames"; DWARF, "Call Frame Information"):
//
//   record:  length:4 [extended:8]  id:4 (0 = CIE, else distance back to the CIE)  …
//   FDE:     … pc_begin (relocated)  pc_range  augmentation (LSDA relocated)  instructions
//
// Records are counted first, so that the rows of each section are known and threads can fill them in any order.

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

/// <summary>Makes the rows of <see cref="EhFrame"/>.</summary>
internal sealed class EhFrameParser
{
    private const int PerRange = 32;
    private readonly SectionTable _sections;
    private readonly DiagnosticSink _sink;
    private readonly EhFrame _frames = new();
    private readonly NativeList<Part> _parts = new();
    private readonly List<(int Row, NativeList<Elf64_Rela> Relocations)> _sorted = [];

    private EhFrameParser(SectionTable sections, DiagnosticSink sink)
    {
        _sections = sections;
        _sink = sink;
    }

    // One input section, and its first rows; before those are known, how many it needs.
    private struct Part
    {
        internal int Row, Cie, Fde;
    }

    /// <summary>Takes all .eh_frame sections apart and hangs each FDE on the section that it describes, while the caller does other work. That must
    /// not look at columns that say which records a section has.</summary>
    internal static EhFrame ParseBeside(SectionTable sections, LinkOptions options, DiagnosticSink sink, Action other)
    {
        var parser = new EhFrameParser(sections, sink);
        int threads = parser.FindSections() ? options.ThreadCount : 1;
        parser.CountRecords(threads);
        ParallelRanges.ForBeside(parser._parts.Count, PerRange, threads, static () => (object?)null, (first, end, _) => parser.ParseSections(first, end), other);
        parser.KeepSorted();
        parser._parts.Dispose();
        return parser._frames;
    }

    /// <summary>As <see cref="ParseBeside"/>, with nothing beside it.</summary>
    internal static EhFrame Parse(SectionTable sections, LinkOptions options, DiagnosticSink sink) => ParseBeside(sections, options, sink, static () => { });

    // Whether they are many.
    private bool FindSections()
    {
        foreach (int row in _sections.EhFrameRows)
        {
            SectionFate fate = _sections.Fate(row);
            if (fate.Kind == SectionKind.EhFrame && (fate.State & SectionState.Discarded) == 0)
                _parts.Add(new Part { Row = row });
        }

        return _parts.Count >= 2 * PerRange;
    }

    // Each section's records have rows of their own from the start, so that threads need not wait for each other.
    private void CountRecords(int threads)
    {
        ParallelRanges.For(_parts.Count, PerRange, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
            {
                PrefetchAhead(i, last);
                Count(ref _parts[i]);
            }
        });
        int cies = 0, fdes = 0;
        foreach (ref Part part in _parts.Span)
        {
            (part.Cie, cies) = (cies, cies + part.Cie);
            (part.Fde, fdes) = (fdes, fdes + part.Fde);
        }

        _frames.Cies.AddZeroed(cies);
        _frames.Fdes.AddZeroed(fdes, threads);
    }

    private void Count(ref Part part)
    {
        ReadOnlySpan<byte> bytes = _sections.Contents(part.Row).Span;
        while (TryRecord(bytes, out int idAt, out int size))
        {
            if (size > 4)
                _ = MemoryMarshal.Read<uint>(bytes[idAt..]) == 0 ? part.Cie++ : part.Fde++;
            bytes = bytes[size..];
        }
    }

    private void PrefetchAhead(int part, int end)
    {
        const int Distance = 2;
        if (part + (2 * Distance) < end)
            _sections.PrefetchHeaders(_parts[part + (2 * Distance)].Row);
        if (part + Distance < end)
            _sections.PrefetchBytes(_parts[part + Distance].Row);
    }

    private void ParseSections(int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            PrefetchAhead(i, end);
            ParseSection(_sections.FileOf(_parts[i].Row), _parts[i]);
        }
    }

    // What is malformed leaves rows behind that nobody looks at: the link ends.
    private void ParseSection(ObjectFile file, Part next)
    {
        int row = next.Row, firstCie = next.Cie;
        ReadOnlySpan<byte> bytes = _sections.Contents(row).Span;
        ReadOnlySpan<Elf64_Rela> relocations = SortedRelocations(row);
        if (!CheckRelocations(file, row, relocations))
            return;
        int relocation = 0;
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
                _frames.HasTerminator = true;
                at += 4;
                continue;
            }

            int begin = relocation;
            while (relocation < relocations.Length && relocations[relocation].r_offset < (ulong)(at + size))
                relocation++;
            uint id = MemoryMarshal.Read<uint>(bytes[(at + idAt)..]);
            if (id == 0)
            {
                _frames.Cies[next.Cie++] = new Cie { Row = row, Offset = (uint)at, Size = (uint)size, RelocationsBegin = begin, RelocationsEnd = relocation, Canonical = -1 };
            }
            else
            {
                int cie = FindCie(firstCie, next.Cie, (long)at + idAt - id);
                if (cie < 0)
                {
                    Malformed(row, at, "invalid CIE reference");
                    return;
                }

                var fde = new Fde { Row = row, Offset = (uint)at, Size = (uint)size, Cie = cie, RelocationsBegin = begin, RelocationsEnd = relocation, OutputOffset = uint.MaxValue };
                if (begin < relocation && relocations[begin].r_offset == (ulong)(at + idAt + 4))
                    fde.Target = TargetOf(file, relocations[begin].Symbol);
                AddFde(next.Fde++, fde);
            }

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

    private void AddFde(int index, Fde fde)
    {
        if (_sections.PlaceOf(fde.Target) != 0)
        {
            ref InputSection target = ref _sections[fde.Target];
            fde.Next = target.FirstFde;
            target.FirstFde = index + 1;
        }

        _frames.Fdes[index] = fde;
    }

    private int FindCie(int first, int end, long offset)
    {
        for (int i = end - 1; i >= first; i--)
        {
            if (_frames.Cies[i].Offset == offset)
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

    private ReadOnlySpan<Elf64_Rela> SortedRelocations(int row)
    {
        ReadOnlySpan<Elf64_Rela> relocations = _sections.Relocations(row);
        for (int i = 1; i < relocations.Length; i++)
        {
            if (relocations[i].r_offset >= relocations[i - 1].r_offset)
                continue;
            var sorted = new NativeList<Elf64_Rela>(relocations.Length);
            sorted.AddRange(relocations);
            sorted.Span.Sort((a, b) => a.r_offset.CompareTo(b.r_offset));
            lock (_sorted)
                _sorted.Add((row, sorted));
            return sorted.Span;
        }

        return relocations;
    }

    // Only now does no thread look at any relocations.
    private void KeepSorted()
    {
        foreach ((int row, NativeList<Elf64_Rela> relocations) in _sorted)
        {
            if (_sections.DecodedRelocations.Remove(row, out NativeList<Elf64_Rela>? unsorted))
                unsorted.Dispose();
            _sections.DecodedRelocations[row] = relocations;
            _sections[row].Relocations = -1;
        }
    }

    private void Malformed(int row, int at, string problem)
    {
        _sink.Report(Severity.Error, DiagnosticId.MalformedInput, $"corrupted .eh_frame: {problem}", [$">>> defined in {_sections.Place(row, (ulong)at)}"], row);
    }
}
