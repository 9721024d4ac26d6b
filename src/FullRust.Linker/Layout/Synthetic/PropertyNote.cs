// .note.gnu.property: the properties of all objects merged into one note (psABI, "Program Property"). A feature that must hold
// everywhere (AND) is dropped by one object without it; what is needed anywhere (OR) stays; what is used (OR-AND) is kept only if every
// object says what it uses.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Synthetic;

internal sealed class PropertyNote : SyntheticSection
{
    private const uint AndLow = 0xc0000002, AndHigh = 0xc0007fff, OrLow = 0xc0008000, OrHigh = 0xc000ffff, OrAndLow = 0xc0010000, OrAndHigh = 0xc0017fff;
    private readonly SortedDictionary<uint, ulong> _properties = [];

    internal PropertyNote(NativeBytes name, SectionTable sections, LinkOptions options, DiagnosticSink sink)
    {
        Name = name;
        AlignmentLog2 = 3;
        Merge(sections, options, sink);
        Force(options);
        int size = 0;
        foreach ((uint type, ulong _) in _properties)
            size += 8 + PaddedSize(type);
        Size = size == 0 ? 0 : 16 + (ulong)size;
    }

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_NOTE;

    internal override ulong Flags => SHF_ALLOC;

    internal override void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, 4);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], (int)Size - 16);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], NT_GNU_PROPERTY_TYPE_0);
        "GNU\0"u8.CopyTo(target[12..]);
        int at = 16;
        foreach ((uint type, ulong value) in _properties)
        {
            int size = type == GNU_PROPERTY_STACK_SIZE ? 8 : type == GNU_PROPERTY_NO_COPY_ON_PROTECTED ? 0 : 4;
            BinaryPrimitives.WriteUInt32LittleEndian(target[at..], type);
            BinaryPrimitives.WriteInt32LittleEndian(target[(at + 4)..], size);
            if (size == 8)
                BinaryPrimitives.WriteUInt64LittleEndian(target[(at + 8)..], value);
            else if (size == 4)
                BinaryPrimitives.WriteUInt32LittleEndian(target[(at + 8)..], (uint)value);
            at += 8 + PaddedSize(type);
        }
    }

    private static int PaddedSize(uint type) => type == GNU_PROPERTY_NO_COPY_ON_PROTECTED ? 0 : 8;

    private void Merge(SectionTable sections, LinkOptions options, DiagnosticSink sink)
    {
        var counts = new Dictionary<uint, int>();
        var own = new Dictionary<uint, ulong>();
        int next = 0;
        foreach (ObjectFile file in sections.Objects)
        {
            own.Clear();
            for (; next < sections.PropertyRows.Count && sections.PropertyRows[next] < file.SectionBase + file.SectionCount; next++)
                ReadNote(sections, sections.PropertyRows[next], own, sink);
            if (options.CetReport != CetReport.None)
                ReportMissing(file, own, options, sink);
            foreach ((uint type, ulong value) in own)
            {
                counts[type] = counts.GetValueOrDefault(type) + 1;
                _properties[type] = _properties.TryGetValue(type, out ulong known) ? Combine(type, known, value) : value;
            }
        }

        foreach ((uint type, int count) in counts)
        {
            bool needsAll = type is >= AndLow and <= AndHigh or >= OrAndLow and <= OrAndHigh;
            bool isFlag = type != GNU_PROPERTY_NO_COPY_ON_PROTECTED;
            if ((needsAll && count != sections.Objects.Count) || (isFlag && _properties[type] == 0))
                _properties.Remove(type);
        }
    }

    private static ulong Combine(uint type, ulong a, ulong b) => type switch
    {
        >= AndLow and <= AndHigh => a & b,
        GNU_PROPERTY_STACK_SIZE => Math.Max(a, b),
        _ => a | b,
    };

    private static void ReadNote(SectionTable sections, int row, Dictionary<uint, ulong> own, DiagnosticSink sink)
    {
        if ((sections.Fate(row).State & SectionState.Discarded) != 0 || ReadNotes(sections.Contents(row).Span, own))
            return;
        own.Clear();
        sink.Warning(DiagnosticId.MalformedInput, $"{sections.Place(row)}: damaged property note; taken as absent");
    }

    private static bool ReadNotes(ReadOnlySpan<byte> bytes, Dictionary<uint, ulong> own)
    {
        while (bytes.Length >= 16)
        {
            uint nameSize = BinaryPrimitives.ReadUInt32LittleEndian(bytes), size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            if (nameSize != 4 || size > (uint)bytes.Length - 16)
                return false;
            bool isOurs = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) == NT_GNU_PROPERTY_TYPE_0 && bytes.Slice(12, 4).SequenceEqual("GNU\0"u8);
            if (isOurs && !ReadProperties(bytes.Slice(16, (int)size), own))
                return false;
            bytes = bytes[(int)Math.Min((long)bytes.Length, 16 + (((long)size + 7) & ~7L))..];
        }

        return bytes.IsEmpty;
    }

    private static bool ReadProperties(ReadOnlySpan<byte> bytes, Dictionary<uint, ulong> own)
    {
        while (bytes.Length >= 8)
        {
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(bytes), size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            if (size > (uint)bytes.Length - 8)
                return false;
            if (type is GNU_PROPERTY_STACK_SIZE or GNU_PROPERTY_NO_COPY_ON_PROTECTED or (>= AndLow and <= OrAndHigh))
            {
                if (size != (type == GNU_PROPERTY_STACK_SIZE ? 8u : type == GNU_PROPERTY_NO_COPY_ON_PROTECTED ? 0u : 4u))
                    return false;
                ulong value = size == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) : size == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) : 0;
                own[type] = own.TryGetValue(type, out ulong known) ? Combine(type, known, value) : value;
            }

            bytes = bytes[(int)Math.Min((long)bytes.Length, 8 + (((long)size + 7) & ~7L))..];
        }

        return bytes.IsEmpty;
    }

    private void Force(LinkOptions options)
    {
        uint features = (options.ForceIbt ? GNU_PROPERTY_X86_FEATURE_1_IBT : 0) | (options.ForceShadowStack ? GNU_PROPERTY_X86_FEATURE_1_SHSTK : 0);
        if (features != 0)
            _properties[GNU_PROPERTY_X86_FEATURE_1_AND] = _properties.GetValueOrDefault(GNU_PROPERTY_X86_FEATURE_1_AND) | features;
        if (options.NeededIsaLevel > 0)
            _properties[GNU_PROPERTY_X86_ISA_1_NEEDED] = _properties.GetValueOrDefault(GNU_PROPERTY_X86_ISA_1_NEEDED) | (1u << (options.NeededIsaLevel - 1));
    }

    private static void ReportMissing(ObjectFile file, Dictionary<uint, ulong> own, LinkOptions options, DiagnosticSink sink)
    {
        ulong features = own.GetValueOrDefault(GNU_PROPERTY_X86_FEATURE_1_AND);
        Severity severity = options.CetReport == CetReport.Error ? Severity.Error : Severity.Warning;
        if ((features & GNU_PROPERTY_X86_FEATURE_1_IBT) == 0)
            sink.Report(severity, DiagnosticId.MissingProperty, $"{file.DisplayName}: -z cet-report: file does not have GNU_PROPERTY_X86_FEATURE_1_IBT property", [], file.Priority);
        if ((features & GNU_PROPERTY_X86_FEATURE_1_SHSTK) == 0)
            sink.Report(severity, DiagnosticId.MissingProperty, $"{file.DisplayName}: -z cet-report: file does not have GNU_PROPERTY_X86_FEATURE_1_SHSTK property", [], file.Priority);
    }
}
