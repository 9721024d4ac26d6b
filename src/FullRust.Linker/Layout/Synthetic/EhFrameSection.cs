// The output's .eh_frame: each live FDE once, each distinct CIE once before its first FDE, one terminator at the very end.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Common;
using FullRust.Linker.Objects;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using FullRust.Linker.Writing;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Synthetic;

internal sealed class EhFrameSection : SyntheticSection
{
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly EhFrame _frames;
    private readonly Dictionary<ulong, List<int>> _ciesByHash = [];
    private readonly List<(int Row, uint Start)> _rowStarts = [];
    private uint _terminatorSize;

    internal EhFrameSection(NativeBytes name, SectionTable sections, SymbolTable symbols, EhFrame frames, bool terminates)
    {
        Name = name;
        _sections = sections;
        _symbols = symbols;
        _frames = frames;
        AlignmentLog2 = 3;
        AssignOffsets(terminates);
    }

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_PROGBITS;

    internal override ulong Flags => SHF_ALLOC;

    /// <summary>The number of FDEs in the output.</summary>
    internal int FdeCount { get; private set; }

    /// <summary>Applies the records' relocations; set when addresses are known; null where relocations are kept instead.</summary>
    internal RelocationApplier? Applier { get; set; }

    /// <summary>Where a byte of an input's .eh_frame is in the output; for start-up code that has symbols at its ends.</summary>
    internal ulong OffsetOf(int row, ulong offset)
    {
        foreach (ref Fde fde in _frames.Fdes.Span)
        {
            if (fde.Row == row && fde.IsLive && offset >= fde.Offset && offset < fde.Offset + fde.Size)
                return fde.OutputOffset + (offset - fde.Offset);
        }

        // An input without records of its own marks the place where it would stand: start-up code registers the table from there on.
        foreach ((int next, uint start) in _rowStarts)
        {
            if (next >= row)
                return start;
        }

        return Size - _terminatorSize;
    }

    internal override void Write(Span<byte> target)
    {
        Span<Cie> cies = _frames.Cies.Span;
        for (int i = 0; i < cies.Length; i++)
        {
            if (cies[i].IsLive && cies[i].Canonical == i)
                WriteRecord(target, cies[i].Row, cies[i].Offset, cies[i].Size, cies[i].OutputOffset, cies[i].RelocationsBegin, cies[i].RelocationsEnd);
        }

        foreach (ref Fde fde in _frames.Fdes.Span)
        {
            if (!fde.IsLive)
                continue;
            WriteRecord(target, fde.Row, fde.Offset, fde.Size, fde.OutputOffset, fde.RelocationsBegin, fde.RelocationsEnd);
            int idAt = BinaryPrimitives.ReadUInt32LittleEndian(target[(int)fde.OutputOffset..]) == uint.MaxValue ? 12 : 4;
            uint distance = fde.OutputOffset + (uint)idAt - cies[cies[fde.Cie].Canonical].OutputOffset;
            BinaryPrimitives.WriteUInt32LittleEndian(target[((int)fde.OutputOffset + idAt)..], distance);
        }
    }

    private void AssignOffsets(bool terminates)
    {
        uint at = 0;
        Span<Cie> cies = _frames.Cies.Span;
        foreach (ref Fde fde in _frames.Fdes.Span)
        {
            if (!fde.IsLive)
                continue;
            if (_rowStarts.Count == 0 || _rowStarts[^1].Row != fde.Row)
                _rowStarts.Add((fde.Row, at));
            ref Cie cie = ref cies[fde.Cie];
            if (cie.Canonical < 0)
            {
                cie.Canonical = Canonical(fde.Cie);
                if (cie.Canonical == fde.Cie)
                    cie.OutputOffset = Take(ref at, cie.Size);
            }

            fde.OutputOffset = Take(ref at, fde.Size);
            FdeCount++;
        }

        _terminatorSize = terminates && (FdeCount != 0 || _frames.HasTerminator) ? 4u : 0;
        Size = at + (ulong)_terminatorSize;
    }

    private static uint Take(ref uint at, uint size)
    {
        uint offset = at;
        at = checked(at + size);
        return offset;
    }

    private int Canonical(int index)
    {
        PrefetchAhead(index);
        Cie cie = _frames.Cies[index];
        ReadOnlySpan<byte> bytes = Bytes(cie);
        ulong hash = ByteHash.Compute(bytes);
        if (!_ciesByHash.TryGetValue(hash, out List<int>? candidates))
            _ciesByHash[hash] = candidates = [];
        foreach (int other in candidates)
        {
            if (Bytes(_frames.Cies[other]).SequenceEqual(bytes) && SameRelocations(cie, _frames.Cies[other]))
                return other;
        }

        candidates.Add(index);
        return index;
    }

    // Nearly every input brings one.
    private void PrefetchAhead(int index)
    {
        const int Distance = 4;
        if (index + (2 * Distance) < _frames.Cies.Count)
            _sections.PrefetchHeaders(_frames.Cies[index + (2 * Distance)].Row);
        if (index + Distance < _frames.Cies.Count)
            _sections.PrefetchBytes(_frames.Cies[index + Distance].Row);
    }

    private ReadOnlySpan<byte> Bytes(in Cie cie) => _sections.Contents(cie.Row).Span.Slice((int)cie.Offset, (int)cie.Size);

    private bool SameRelocations(in Cie a, in Cie b)
    {
        int count = a.RelocationsEnd - a.RelocationsBegin;
        if (count != b.RelocationsEnd - b.RelocationsBegin)
            return false;
        ReadOnlySpan<Elf64_Rela> left = _sections.Relocations(a.Row)[a.RelocationsBegin..a.RelocationsEnd];
        ReadOnlySpan<Elf64_Rela> right = _sections.Relocations(b.Row)[b.RelocationsBegin..b.RelocationsEnd];
        for (int i = 0; i < count; i++)
        {
            if (left[i].r_offset - a.Offset != right[i].r_offset - b.Offset || left[i].Type != right[i].Type || left[i].r_addend != right[i].r_addend ||
                Target(a.Row, left[i]) != Target(b.Row, right[i]))
                return false;
        }

        return true;
    }

    private (int Id, int Row, ulong Value) Target(int row, in Elf64_Rela relocation)
    {
        ObjectFile file = _sections.FileOf(row);
        int index = (int)relocation.Symbol;
        if (index >= file.FirstGlobal)
            return (_symbols.IdOf(file, index), 0, 0);
        ref readonly Elf64_Sym local = ref file.Symbols[index];
        return (-1, file.SectionBase + (int)Math.Min(file.SectionOf(index, local), (uint)file.SectionCount), local.st_value);
    }

    private void WriteRecord(Span<byte> target, int row, uint offset, uint size, uint outputOffset, int begin, int end)
    {
        Span<byte> record = target.Slice((int)outputOffset, (int)size);
        _sections.Contents(row).Span.Slice((int)offset, (int)size).CopyTo(record);
        Applier?.ApplyRecord(row, _sections.Relocations(row)[begin..end], offset, record, Address + outputOffset);
    }
}
