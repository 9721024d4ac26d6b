// Phase "resolve symbols", middle: one row per section of every loaded object, with the copies of COMDAT groups and linkonce
// sections that lost already marked.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Objects;

internal sealed class SectionTableBuilder
{
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;
    private readonly ComdatGroups _groups;
    private readonly SectionTable _table = new();
    private readonly NameTable _linkOnce = new();

    private readonly List<int> _linkOnceRows = [];
    private readonly List<(int Target, int Row)> _linkOrderRows = [];

    private SectionTableBuilder(ComdatGroups groups, LinkOptions options, DiagnosticSink sink)
    {
        _groups = groups;
        _options = options;
        _sink = sink;
    }

    /// <summary>Builds the table.</summary>
    /// <param name="objects">Loaded objects in input order.</param>
    /// <param name="symbols">Their names.</param>
    /// <param name="options">What is stripped.</param>
    /// <param name="sink">Takes sections that contradict their type.</param>
    internal static SectionTable Build(List<ObjectFile> objects, SymbolTable symbols, LinkOptions options, DiagnosticSink sink)
    {
        using var groups = new ComdatGroups(objects, symbols);
        var builder = new SectionTableBuilder(groups, options, sink);
        builder.AddRows(objects);

        // Every row has its number: the rest is each object's own business, once every object has claimed its groups.
        const int ManyRows = 8192;
        int threads = builder._table.Count < ManyRows ? 1 : options.ThreadCount;
        if (groups.Exist)
            ForEach(objects, threads, static () => (object?)null, (file, _) => groups.Claim(file));
        ForEach(objects, threads, () => new RowWriter(builder._table, options.OutputKind == OutputKind.Relocatable), builder.AddSections);
        builder.AddRareSections();
        builder._linkOnce.Dispose();
        return builder._table;
    }

    private static void ForEach<T>(List<ObjectFile> objects, int threads, Func<T> make, Action<ObjectFile, T> body)
    {
        ParallelRanges.For(objects.Count, Math.Clamp(objects.Count / (8 * threads), 1, 64), threads, make, (first, last, own) =>
        {
            for (int i = first; i < last; i++)
                body(objects[i], own);
        });
    }

    private void AddRows(List<ObjectFile> objects)
    {
        _table.Objects.AddRange(objects);
        int rows = 1;
        foreach (ObjectFile file in objects)
        {
            file.SectionBase = rows;
            rows = checked(rows + file.SectionCount);
        }

        _table.Reserve(rows, _options.ThreadCount);
    }

    private void AddSections(ObjectFile file, RowWriter writer)
    {
        Span<InputSection> rows = writer.Begin(file.SectionCount);
        Span<SectionFate> fates = _table.Fates.Span.Slice(file.SectionBase, file.SectionCount);
        if (file.HasGroups)
            AddGroups(file, rows, fates);
        AddSections(file, rows, fates);
        LinkRelocations(file, rows, fates);
        writer.End(file.SectionBase);
    }

    // What needs input order again: linkonce copies, and sections that follow others.
    private void AddRareSections()
    {
        _table.IdentifierRows.Sort();
        _table.WarningRows.Sort();
        _table.PropertyRows.Sort();
        _table.EhFrameRows.Sort();
        _linkOnceRows.Sort();
        foreach (int row in _linkOnceRows)
        {
            if (!WinsLinkOnce(_table.Name(row)))
                _table.Fate(row).State = SectionState.Discarded;
        }

        _linkOrderRows.Sort();
        foreach ((int target, int row) in _linkOrderRows)
            AddLinkOrder(target, row);
    }

    private void AddGroups(ObjectFile file, Span<InputSection> rows, Span<SectionFate> fates)
    {
        ReadOnlySpan<Elf64_Shdr> headers = file.Sections;
        for (int i = 1; i < headers.Length; i++)
        {
            if (headers[i].sh_type == SHT_GROUP && AddGroup(file, rows, fates, headers, i) is { } problem)
                Malformed(file, i, problem);
        }
    }

    private string? AddGroup(ObjectFile file, Span<InputSection> rows, Span<SectionFate> fates, ReadOnlySpan<Elf64_Shdr> headers, int index)
    {
        ReadOnlySpan<uint> words = file.SectionBytes(index).Cast<uint>();
        if (words.Length < 1)
            return "the section group is empty";
        if (headers[index].sh_info >= (uint)file.SymbolCount)
            return "the section group's signature is not a symbol";
        bool loses = ComdatGroups.IsComdat(file, index) && _groups.Loses(file, index);
        if (loses)
            fates[index].State = SectionState.Discarded;
        foreach (uint member in words[1..])
        {
            if (member == 0 || member >= (uint)fates.Length)
                return $"member {member} of the section group does not exist";

            // Kinds are not known yet: any but None says that a group has it.
            ref SectionFate fate = ref fates[(int)member];
            if (fate.Kind != SectionKind.None || fate.State != SectionState.None)
                return $"section {member} is in two groups";
            if (loses)
            {
                fate.State = SectionState.Discarded;
            }
            else
            {
                fate.Kind = SectionKind.Regular;
                rows[(int)member].Group = index;
            }
        }

        return null;
    }

    private void AddSections(ObjectFile file, Span<InputSection> rows, Span<SectionFate> fates)
    {
        const int Distance = 8;
        ReadOnlySpan<Elf64_Shdr> headers = file.Sections;
        for (int i = 1; i < headers.Length; i++)
        {
            ref readonly Elf64_Shdr header = ref headers[i];
            ref SectionFate fate = ref fates[i];
            if (i + Distance < headers.Length)
                file.SectionNames.Prefetch(headers[i + Distance].sh_name);
            if (fate.State == SectionState.Discarded)
                continue;
            if (_options.OutputKind != OutputKind.Relocatable && SectionClassifier.IsUnknown(header))
                Unknown(file, i);
            if (header.sh_type == SHT_RELA)
            {
                fate.Kind = SectionKind.None;
                continue;
            }

            NativeBytes name = file.SectionName(i);
            NoteName(file.SectionBase + i, name.Span);
            fate.Kind = SectionClassifier.Classify(header, name.Span, _options);
            if (_options.OutputKind != OutputKind.Relocatable && IsStartFileSentinel(file, name.Span))
                fate.Kind = SectionKind.None;
            if (fate.Kind == SectionKind.None)
                NoteMarkers(file, header, name.Span);
            else
                AddOutputCandidate(file, i, ref rows[i], ref fate, header, name);
        }
    }

    // Names that other phases look for: few, so that nobody needs to read all names again.
    private void NoteName(int row, ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return;
        if (name[0] == '.')
        {
            if (name.StartsWith(".gnu.warning"u8))
                AddLocked(_table.WarningRows, row);
        }
        else if (SectionClassifier.IsIdentifier(name))
        {
            AddLocked(_table.IdentifierRows, row);
        }
    }

    // crtbegin and crtend bracket .ctors and .dtors with sentinels, which mean nothing in the arrays that these sections join.
    private static bool IsStartFileSentinel(ObjectFile file, ReadOnlySpan<byte> name)
    {
        if (!name.SequenceEqual(".ctors"u8) && !name.SequenceEqual(".dtors"u8))
            return false;
        string fileName = System.IO.Path.GetFileName(file.File.Path);
        return fileName.StartsWith("crtbegin", StringComparison.Ordinal) || fileName.StartsWith("crtend", StringComparison.Ordinal);
    }

    private void AddOutputCandidate(ObjectFile file, int index, ref InputSection row, ref SectionFate fate, in Elf64_Shdr header, NativeBytes name)
    {
        row.File = file.Index;
        row.Flags = (uint)header.sh_flags;
        row.NameLength = name.Length <= ushort.MaxValue ? (ushort)name.Length : (ushort)0;
        row.Size = header.sh_size;
        row.AlignmentLog2 = (byte)(header.sh_addralign <= 1 ? 0 : BitOperations.TrailingZeroCount(header.sh_addralign));
        if (fate.Kind == SectionKind.Property)
            AddLocked(_table.PropertyRows, file.SectionBase + index);
        else if (fate.Kind == SectionKind.EhFrame)
            AddLocked(_table.EhFrameRows, file.SectionBase + index);
        if (SectionClassifier.IsRoot(header, name.Span))
            fate.State |= SectionState.Root;
        if ((header.sh_flags & SHF_COMPRESSED) != 0)
            Decompress(file, index, ref row, ref fate);
        else if (fate.Kind is SectionKind.NonAllocated or SectionKind.Mergeable && name.Span.StartsWith(".zdebug_"u8))
            DecompressGnu(file, index, ref row, name);
        if ((header.sh_flags & SHF_LINK_ORDER) != 0 && header.sh_link != 0 && header.sh_link < (uint)file.SectionCount)
            AddLocked(_linkOrderRows, (file.SectionBase + (int)header.sh_link, file.SectionBase + index));
        if (name.Span.StartsWith(".gnu.linkonce."u8) && row.Group == 0)
            AddLocked(_linkOnceRows, file.SectionBase + index);
    }

    private void Decompress(ObjectFile file, int index, ref InputSection row, ref SectionFate fate)
    {
        if (CompressedSection.TryDecompress(file.SectionBytes(index), out InputBytes? bytes, out byte alignmentLog2, out string problem))
        {
            SetLocked(_table.Decompressed, file.SectionBase + index, bytes!);
            row.Size = (ulong)bytes!.Bytes.Length;
            row.AlignmentLog2 = alignmentLog2;
            if (_options.OutputKind != OutputKind.Relocatable && fate.Kind == SectionKind.NonAllocated && (file.Sections[index].sh_flags & SHF_MERGE) != 0 && file.Sections[index].sh_entsize != 0)
                fate.Kind = SectionKind.Mergeable;
        }
        else
        {
            Malformed(file, index, problem);
        }
    }

    private void DecompressGnu(ObjectFile file, int index, ref InputSection row, NativeBytes name)
    {
        if (!CompressedSection.TryDecompressGnu(file.SectionBytes(index), out InputBytes? bytes, out string problem))
        {
            Malformed(file, index, problem);
            return;
        }

        SetLocked(_table.Decompressed, file.SectionBase + index, bytes!);
        SetLocked(_table.Renamed, file.SectionBase + index, InputBytes.FromMemory([(byte)'.', .. name.Span[2..]]));
        row.Size = (ulong)bytes!.Bytes.Length;
        row.Flags |= (uint)SHF_COMPRESSED;
    }

    private void AddLinkOrder(int target, int row)
    {
        if (!_table.LinkOrder.TryGetValue(target, out List<int>? followers))
            _table.LinkOrder[target] = followers = [];
        followers.Add(row);
    }

    // One copy per full name; a COMDAT group that defines the name after the kind's letter wins over all copies.
    private bool WinsLinkOnce(NativeBytes name)
    {
        NativeBytes rest = name.Slice(14, name.Length - 14);
        int dot = rest.Span.IndexOf((byte)'.');
        if (dot >= 0 && _groups.Contains(rest.Slice(dot + 1, rest.Length - dot - 1).Span))
            return false;
        _linkOnce.GetOrAdd(name, StringHash.Compute(name.Span), out bool isFirst);
        return isFirst;
    }

    private void NoteMarkers(ObjectFile file, in Elf64_Shdr header, ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(".note.GNU-stack"u8) && (header.sh_flags & SHF_EXECINSTR) != 0)
            file.AsksForExecutableStack = true;
    }

    private void LinkRelocations(ObjectFile file, Span<InputSection> rows, Span<SectionFate> fates)
    {
        ReadOnlySpan<Elf64_Shdr> headers = file.Sections;
        for (int i = 1; i < headers.Length; i++)
        {
            ref readonly Elf64_Shdr header = ref headers[i];
            if (header.sh_type is not (SHT_RELA or SHT_REL or SHT_CREL))
                continue;
            if (header.sh_info == 0 || header.sh_info >= (uint)rows.Length)
            {
                // A static libc's own members carry .rela.plt without a target section; it applies to nothing.
                if ((header.sh_flags & SHF_ALLOC) == 0)
                    Malformed(file, i, $"relocations for section {header.sh_info}, which does not exist");
                continue;
            }

            ref readonly SectionFate fate = ref fates[(int)header.sh_info];
            if ((fate.State & SectionState.Discarded) != 0 || fate.Kind == SectionKind.None)
                continue;
            if (AddRelocations(file, i, header, ref rows[(int)header.sh_info]) is { } problem)
                Malformed(file, i, problem);
        }
    }

    private string? AddRelocations(ObjectFile file, int index, in Elf64_Shdr header, ref InputSection target)
    {
        if (target.Relocations != 0)
            return $"section {header.sh_info} has two relocation sections";
        if (header.sh_type == SHT_REL)
            return "relocations without addends (SHT_REL) are not defined for x86-64";
        if (header.sh_type == SHT_CREL)
        {
            if (!Crel.TryDecode(file.SectionBytes(index).Span, out NativeList<Elf64_Rela>? decoded))
                return "the compact relocations (SHT_CREL) are cut off or out of range";
            SetLocked(_table.DecodedRelocations, file.SectionBase + (int)header.sh_info, decoded!);
            target.Relocations = -1;
            return null;
        }

        if (header.sh_entsize != Elf64_Rela.Size || header.sh_size % Elf64_Rela.Size != 0)
            return string.Create(CultureInfo.InvariantCulture, $"relocation entry size {header.sh_entsize}, expected {Elf64_Rela.Size}");
        target.Relocations = index;
        return null;
    }

    // The few things that objects share; nothing here is on the way of an ordinary section.
    private void AddLocked<T>(List<T> list, T item)
    {
        lock (_table)
            list.Add(item);
    }

    private void SetLocked<T>(Dictionary<int, T> table, int row, T value)
    {
        lock (_table)
            table[row] = value;
    }

    private void Unknown(ObjectFile file, int index) =>
        _sink.Report(
            Severity.Error,
            DiagnosticId.UnknownSection,
            $"{file.DisplayName}: section {file.SectionName(index)} has the unknown type 0x{file.Sections[index].sh_type:x}, which must not be ignored",
            [],
            file.Priority);

    private void Malformed(ObjectFile file, int index, string problem) =>
        _sink.Report(Severity.Error, DiagnosticId.MalformedInput, $"{file.DisplayName}: section {index} ({file.SectionName(index)}): {problem}", [], file.Priority);
}
