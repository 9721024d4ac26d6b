// Which byte ranges of the file are described by something: headers, segments, sections. What is left between them are gaps.

using System;
using System.Collections.Generic;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Rules;

internal sealed class FileParts
{
    private readonly List<(ulong From, ulong To)> _parts = [];
    private readonly List<(ulong From, ulong To)> _gaps = [];

    internal FileParts(in ElfBinary binary)
    {
        ulong length = (ulong)binary.Image.Length;
        Add(0, Elf64_Ehdr.Size, length);
        Add(binary.Header.e_phoff, (ulong)binary.Segments.Length * Elf64_Phdr.Size, length);
        Add(binary.Header.e_shoff, (ulong)binary.Sections.Rows.Length * Elf64_Shdr.Size, length);
        foreach (ref readonly Elf64_Phdr segment in binary.Segments)
            Add(segment.p_offset, segment.p_type == PT_NULL ? 0 : segment.p_filesz, length);
        foreach (ref readonly Elf64_Shdr row in binary.Sections.Rows)
            Add(row.sh_offset, row.sh_type is SHT_NULL or SHT_NOBITS ? 0 : row.sh_size, length);
        _parts.Sort(static (left, right) => left.From.CompareTo(right.From));
        foreach ((ulong from, ulong to) in _parts)
        {
            if (from > End)
                _gaps.Add((End, from));
            End = Math.Max(End, to);
        }
    }

    /// <summary>The offset behind the last part.</summary>
    internal ulong End { get; }

    internal int GapCount => _gaps.Count;

    internal (ulong From, ulong To) GapAt(int index) => _gaps[index];

    private void Add(ulong offset, ulong size, ulong length)
    {
        if (size == 0 || offset >= length)
            return;
        _parts.Add((offset, size > length - offset ? length : offset + size));
    }
}
