// What the layout tells about safety, and what it refuses: stacks that inputs want executable, segments that would be writable and
// executable, alignments and sections that no static program has.

using System;
using System.Collections.Generic;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal static class LayoutWarnings
{
    // Linux reads tables of up to 64 KiB (fs/binfmt_elf.c, load_elf_phdrs) and does not know PN_XNUM.
    private const int MostProgramHeaders = 65536 / Elf64_Phdr.Size;

    /// <summary>The largest alignment of a section: its padding could still be written.</summary>
    internal const ulong MaxAlignment = 1UL << 32;

    /// <summary>Refuses alignments that no file can have, in sections that are not loaded too.</summary>
    internal static void CheckLargestAlignment(List<OutputSection> sections, DiagnosticSink sink)
    {
        foreach (OutputSection section in sections)
        {
            ulong alignment = 1UL << section.AlignmentLog2;
            if (alignment > MaxAlignment)
                sink.Error(DiagnosticId.Layout, $"section {section.Name} asks for an alignment of {alignment} bytes; at most {MaxAlignment} can be laid out");
        }
    }

    /// <summary>Says which objects ask for an executable stack; it stays non-executable unless an option grants it.</summary>
    internal static void CheckStack(SectionTable sections, LinkOptions options, DiagnosticSink sink)
    {
        foreach (ObjectFile file in sections.Objects)
        {
            if (!file.AsksForExecutableStack)
                continue;
            if (options.ExecutableStackIfNeeded)
                options.ExecutableStack = true;
            if (options.ExecutableStack || !options.WarnExecutableStack)
                continue;
            Severity severity = options.ErrorExecutableStack ? Severity.Error : Severity.Warning;
            sink.Report(
                severity, DiagnosticId.ExecutableStack, $"{file.DisplayName}: requires executable stack (because the .note.GNU-stack section is executable)",
                ["= the program gets a stack that is not executable; -z execstack grants it"], file.Priority);
        }
    }

    /// <summary>Says which sections stand elsewhere than right behind the one before them because of their alignment (GNU ld manual,
    /// "--warn-section-align").</summary>
    internal static void CheckAlignment(List<OutputSection> sections, LinkOptions options, DiagnosticSink sink)
    {
        if (!options.WarnSectionAlign)
            return;
        OutputSection? previous = null;
        foreach (OutputSection section in sections)
        {
            if (!section.IsAllocated || section.Size == 0 || (section.IsTls && section.IsNoBits))
                continue;
            ulong end = previous is null ? section.Address : previous.Address + previous.Size;
            if (section.Address > end && section.Address == AddressSpace.AlignUp(end, 1UL << section.AlignmentLog2) && section.FixedAddress is null)
                sink.Warning(DiagnosticId.SectionMoved, $"start of section {section.Name} changed by {section.Address - end}");
            previous = section;
        }
    }

    /// <summary>Says which segments are writable and executable.</summary>
    internal static void CheckRights(OutputLayout layout, LinkOptions options, DiagnosticSink sink)
    {
        if (options.Magic == MagicPolicy.OMagic || (!options.WarnRwxSegments && !options.ErrorRwxSegments))
            return;
        foreach (Segment segment in layout.Segments)
        {
            if (!segment.IsWritableCode)
                continue;
            Severity severity = options.ErrorRwxSegments ? Severity.Error : Severity.Warning;
            OutputSection? first = layout.Sections.Find(s => s.IsAllocated && s.Address >= segment.Address && s.Address - segment.Address < segment.SizeInMemory);
            string message = $"{options.OutputPath} has a LOAD segment with RWX permissions at 0x{segment.Address:x}, which begins with section {first?.Name}";
            sink.Report(severity, DiagnosticId.WritableExecutable, message, ["= give code and writable data pages of their own: other section flags, or an ALIGN in the script"], 0);
        }
    }

    /// <summary>Refuses more segments than a program can have.</summary>
    internal static void CheckSegmentCount(OutputLayout layout, DiagnosticSink sink)
    {
        if (layout.Segments.Count > MostProgramHeaders)
        {
            sink.Error(
                DiagnosticId.Layout,
                $"the output would have {layout.Segments.Count} program headers; at most {MostProgramHeaders} can be loaded",
                "= sections at addresses of their own (--section-start, PHDRS, AT) need a segment each: put some of them beside each other");
        }
    }

    /// <summary>Refuses sections that only a dynamic loader reads: a program that has them is none that starts by itself.</summary>
    internal static void CheckLoaderSections(OutputLayout layout, DiagnosticSink sink)
    {
        if (layout.Pie is not null)
            return;
        foreach (OutputSection section in layout.Sections)
        {
            if (IsForLoader(section))
                sink.Error(DiagnosticId.UnknownSection, $"an input has section {section.Name}, which asks for a dynamic loader, and this linker makes static executables only");
        }
    }

    private static bool IsForLoader(OutputSection section) =>
        section.Type is SHT_DYNAMIC or SHT_DYNSYM or SHT_HASH or SHT_GNU_HASH or SHT_GNU_verdef or SHT_GNU_verneed or SHT_GNU_versym ||
        section.Name.Span.SequenceEqual(".dynamic"u8) || (section.IsAllocated && section.Name.Span.SequenceEqual(".interp"u8));
}
