// --compress-debug-sections and --compress-sections: sections that are not loaded are written into memory, relocated, compressed, and
// kept so where that is smaller (gABI, Section Compression). What stands behind everything that is loaded then moves up; of an object, which
// is not loaded, everything does.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Scripts;
using static FullRust.Elf.Native.ElfConstants;
using Encoder = FullRust.Elf.Compression.SectionCompression;

namespace FullRust.Linker.Writing;

internal static class SectionCompressor
{
    // Elf64_Chdr holds 64-bit numbers.
    private const byte HeaderAlignmentLog2 = 3;

    /// <summary>Compresses what options ask for and moves what may move. Equal links give equal bytes.</summary>
    internal static void Compress(OutputLayout layout, Action<NativeBuffer, OutputSection> write, LinkOptions options, DiagnosticSink sink)
    {
        if (options.CompressDebugSections.Kind == CompressionKind.None && options.CompressSections.Count == 0)
            return;
        var chosen = new List<(OutputSection Section, Compression How)>();
        ulong? loaded = EndOfLoaded(layout.Sections, options);
        foreach (OutputSection section in layout.Sections)
        {
            Compression how = Choose(section, options, out bool isAsked);
            if (how.Kind == CompressionKind.None)
                continue;
            if (section.IsAllocated && isAsked)
                sink.Error(DiagnosticId.Layout, $"--compress-sections: section {section.Name} is loaded and cannot be compressed");
            else if (section.SizeInFile is > 0 and <= int.MaxValue && MayMove(section, loaded))
                chosen.Add((section, how));
        }

        ParallelRanges.For(chosen.Count, 1, options.ThreadCount, (first, last) =>
        {
            for (int i = first; i < last; i++)
                Compress(chosen[i].Section, chosen[i].How, write);
        });
        if (chosen.Count > 0)
            layout.EndOfSections = Place(layout.Sections.FindAll(s => MayMove(s, loaded)));
    }

    private static Compression Choose(OutputSection section, LinkOptions options, out bool isAsked)
    {
        isAsked = true;
        for (int i = options.CompressSections.Count - 1; i >= 0; i--)
        {
            if (new Glob(options.CompressSections[i].Pattern).Matches(section.Name.Span))
                return options.CompressSections[i].Compression;
        }

        isAsked = false;
        return !section.IsAllocated && section.Name.Span.StartsWith(".debug"u8) ? options.CompressDebugSections : default;
    }

    private static void Compress(OutputSection section, Compression how, Action<NativeBuffer, OutputSection> write)
    {
        using var buffer = new NativeBuffer((long)section.Size) { Origin = (long)section.FileOffset };
        write(buffer, section);
        byte[]? bytes = Encoder.Compress(buffer.Bytes.Span, (Elf.Compression.CompressionKind)how.Kind, 1UL << section.AlignmentLog2, Math.Max(how.Level, 0));
        if (bytes is null)
            return;
        section.Compressed = bytes;
        section.Size = (ulong)bytes.Length;
        section.Flags |= SHF_COMPRESSED;
        section.AlignmentLog2 = HeaderAlignmentLog2;
    }

    // Null for an object, of which nothing is loaded.
    private static ulong? EndOfLoaded(List<OutputSection> sections, LinkOptions options)
    {
        if (options.OutputKind == OutputKind.Relocatable)
            return null;
        ulong end = 0;
        foreach (OutputSection section in sections)
            end = section.IsAllocated && !section.IsNoBits ? Math.Max(end, section.FileOffset + section.Size) : end;
        return end;
    }

    // A script may put sections that are not loaded between others: those stay as they are.
    private static bool MayMove(OutputSection section, ulong? loaded) => loaded is null || (!section.IsAllocated && section.FileOffset >= loaded);

    private static ulong Place(List<OutputSection> sections)
    {
        ulong offset = sections[0].FileOffset;
        foreach (OutputSection section in sections)
        {
            ulong mask = (1UL << section.AlignmentLog2) - 1;
            section.FileOffset = offset = (offset + mask) & ~mask;
            offset += section.SizeInFile;
        }

        return offset;
    }
}
