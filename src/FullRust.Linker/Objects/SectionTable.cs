// The rows of all sections of all loaded objects, and the objects themselves: what the phases after symbol resolution work on. A row's number is
// its object's SectionBase plus its header index, so that no map stands between the two; of a large C++ program two thirds of all headers are those of
// relocations and of copies that lost, which have a number but no place:
//
//   number:  Fates[number]  Places[number] → Rows[place]

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Common;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Objects;

/// <summary>Loaded objects in input order, and one row per section header.</summary>
internal sealed class SectionTable : IDisposable
{
    // As many rows as fit into 64 KiB: what the kernel provides at once.
    private const int PlacesAtOnce = 1365;
    private int _taken = 1;

    /// <summary>Objects in input order; <see cref="ObjectFile.Index"/> is the place here.</summary>
    internal List<ObjectFile> Objects { get; } = [];

    /// <summary>The rows that somebody wrote, in no order; the first one stands for all others and is not written.</summary>
    internal NativeList<InputSection> Rows { get; } = new();

    /// <summary>Where each row is.</summary>
    internal NativeList<int> Places { get; } = new();

    /// <summary>What became of each row, one per section header of every object. Row 0 is nobody's.</summary>
    internal NativeList<SectionFate> Fates { get; } = new();

    /// <summary>Sections with SHF_LINK_ORDER by the row they follow.</summary>
    internal Dictionary<int, List<int>> LinkOrder { get; } = [];

    /// <summary>Uncompressed contents of compressed sections.</summary>
    internal Dictionary<int, InputBytes> Decompressed { get; } = [];

    /// <summary>Names of sections that the output calls otherwise (.zdebug_info is .debug_info).</summary>
    internal Dictionary<int, InputBytes> Renamed { get; } = [];

    /// <summary>Sections whose names are C identifiers, in order: those that <c>__start_X</c> speaks of.</summary>
    internal List<int> IdentifierRows { get; } = [];

    /// <summary>Sections that hold warnings (<c>.gnu.warning</c>), in order.</summary>
    internal List<int> WarningRows { get; } = [];

    /// <summary>Sections that hold program properties (<c>.note.gnu.property</c>), in order.</summary>
    internal List<int> PropertyRows { get; } = [];

    /// <summary>Sections that hold unwind records (<c>.eh_frame</c>), in order.</summary>
    internal List<int> EhFrameRows { get; } = [];

    /// <summary>Relocations that are not stored as RELA (CREL), decoded.</summary>
    internal Dictionary<int, NativeList<Elf64_Rela>> DecodedRelocations { get; } = [];

    /// <summary>The number of section headers of all objects, plus one.</summary>
    internal int Count => Fates.Count;

    /// <summary>One more than the greatest place.</summary>
    internal int PlaceCount => _taken;

    /// <summary>A row; to be written only if it has a place.</summary>
    internal ref InputSection this[int row] => ref Rows[Places[row]];

    /// <summary>Where a row is; 0 for one that is only a number: a relocation section, a copy that lost, and the like.</summary>
    internal int PlaceOf(int row) => Places[row];

    /// <summary>What became of a row.</summary>
    internal ref SectionFate Fate(int row) => ref Fates[row];

    /// <summary>The object of a row.</summary>
    internal ObjectFile FileOf(int row)
    {
        int file = this[row].File;
        return file >= 0 ? Objects[file] : FindFile(row);
    }

    /// <summary>The header of a row.</summary>
    internal ref readonly Elf64_Shdr Header(int row)
    {
        ObjectFile file = FileOf(row);
        return ref file.Sections[row - file.SectionBase];
    }

    /// <summary>The name of a row.</summary>
    internal NativeBytes Name(int row)
    {
        if (Renamed.Count > 0 && Renamed.TryGetValue(row, out InputBytes? name))
            return name.Bytes;
        ref readonly InputSection section = ref this[row];
        ObjectFile file = FileOf(row);
        int index = row - file.SectionBase;
        return section.NameLength != 0 ? file.SectionNames.Slice(file.Sections[index].sh_name, section.NameLength) : file.SectionName(index);
    }

    /// <summary>The bytes of a row, uncompressed; empty for SHT_NOBITS.</summary>
    internal NativeBytes Contents(int row)
    {
        ref readonly InputSection section = ref this[row];
        if ((section.Flags & (uint)SHF_COMPRESSED) != 0 && Decompressed.TryGetValue(row, out InputBytes? bytes))
            return bytes.Bytes;
        ObjectFile file = FileOf(row);
        return file.SectionBytes(row - file.SectionBase);
    }

    /// <summary>The relocations that apply to a row, in file order.</summary>
    internal ReadOnlySpan<Elf64_Rela> Relocations(int row)
    {
        ref readonly InputSection section = ref this[row];
        if (section.Relocations == 0)
            return default;
        if (section.Relocations < 0)
            return DecodedRelocations[row].Span;
        return Objects[section.File].SectionBytes(section.Relocations).Cast<Elf64_Rela>();
    }

    /// <summary>Makes room for the rows of so many headers.</summary>
    internal void Reserve(int headers, int threads)
    {
        Fates.AddZeroed(headers, threads);
        Places.AddZeroed(headers, threads);
        Rows.AddUntouched(checked(headers + (threads * Math.Min(headers, PlacesAtOnce))));
    }

    /// <summary>Takes places for further rows. Thread-safe.</summary>
    /// <returns>The first one, and the one behind the last.</returns>
    internal (int First, int End) TakePlaces()
    {
        int count = Math.Min(Count, PlacesAtOnce), end = Interlocked.Add(ref _taken, count);
        Rows.Populate(end - count, count);
        return (end - count, end);
    }

    /// <summary>Fetches a row ahead.</summary>
    internal void Prefetch(int row)
    {
        if ((uint)row < (uint)Count)
            Rows.Prefetch(Places[row]);
    }

    /// <summary>First step of fetching ahead what <see cref="Contents"/> and <see cref="Relocations"/> will look at: the section headers.</summary>
    internal void PrefetchHeaders(int row)
    {
        ref readonly InputSection section = ref this[row];
        ObjectFile file = Objects[section.File];
        file.SectionHeaders.Prefetch((row - file.SectionBase) * Elf64_Shdr.Size);
        if (section.Relocations > 0)
            file.SectionHeaders.Prefetch(section.Relocations * Elf64_Shdr.Size);
    }

    /// <summary>Second step, when the headers are there: the first bytes of contents and relocations.</summary>
    internal void PrefetchBytes(int row)
    {
        ref readonly InputSection section = ref this[row];
        ObjectFile file = Objects[section.File];
        ReadOnlySpan<Elf64_Shdr> headers = file.Sections;
        file.Bytes.Prefetch((long)headers[row - file.SectionBase].sh_offset);
        if (section.Relocations > 0)
            file.Bytes.Prefetch((long)headers[section.Relocations].sh_offset);
    }

    /// <summary>Fetches ahead what <see cref="Name"/> will look at, when the headers are there.</summary>
    internal void PrefetchName(int row)
    {
        ObjectFile file = FileOf(row);
        file.SectionNames.Prefetch(file.Sections[row - file.SectionBase].sh_name);
    }

    /// <summary>The place of a byte in messages: <c>file:(section+0x1c)</c>.</summary>
    internal string Place(int row, ulong? offset = null)
    {
        string at = offset is { } o ? $"+0x{o:x}" : "";
        return $"{FileOf(row).DisplayName}:({Name(row)}{at})";
    }

    // Of a row without a place.
    private ObjectFile FindFile(int row)
    {
        int low = 0, high = Objects.Count;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (Objects[middle].SectionBase <= row)
                low = middle;
            else
                high = middle;
        }

        return Objects[low];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Debug.Assert(Rows.Count == 0 || Rows[0].Equals(default(InputSection)), "a row without a place was written");
        Rows.Dispose();
        Places.Dispose();
        Fates.Dispose();
        foreach (InputBytes bytes in Decompressed.Values)
            bytes.Dispose();
        foreach (InputBytes name in Renamed.Values)
            name.Dispose();
        foreach (NativeList<Elf64_Rela> relocations in DecodedRelocations.Values)
            relocations.Dispose();
    }
}
