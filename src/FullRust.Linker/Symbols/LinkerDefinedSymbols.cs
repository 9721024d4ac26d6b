// Names that the linker defines when an input refers to them and none defines them: bounds of arrays, of the image and of its parts
// (GNU ld manual, "Builtin Functions" and default script; psABI). Start and end of a section that does not exist are equal.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Symbols;

/// <summary>What their addresses are made of.</summary>
/// <param name="Sections">Output sections with addresses.</param>
/// <param name="ImageBase">Address of the ELF header, or of the first segment.</param>
/// <param name="Got">Address of the GOT, or the image's if there is none.</param>
/// <param name="TlsStart">Address of the thread-local template.</param>
internal readonly record struct KnownPlaces(List<OutputSection> Sections, ulong ImageBase, ulong Got, ulong TlsStart)
{
    /// <summary>Looks a section up.</summary>
    internal OutputSection? Find(ReadOnlySpan<byte> name)
    {
        foreach (OutputSection section in Sections)
        {
            if (section.Name.Span.SequenceEqual(name))
                return section;
        }

        return null;
    }
}

internal static class LinkerDefinedSymbols
{
    private static readonly string[] s_names =
    [
        "__executable_start", "__ehdr_start", "__dso_handle", "etext", "_etext", "__etext", "edata", "_edata", "end", "_end", "__bss_start",
        "__preinit_array_start", "__preinit_array_end", "__init_array_start", "__init_array_end", "__fini_array_start", "__fini_array_end",
        "__rela_iplt_start", "__rela_iplt_end", "_GLOBAL_OFFSET_TABLE_", "_TLS_MODULE_BASE_", "__GNU_EH_FRAME_HDR", "_DYNAMIC",
    ];

    /// <summary>Marks the names that the linker will define.</summary>
    internal static void Mark(SymbolTable symbols, LinkOptions options)
    {
        Span<byte> buffer = stackalloc byte[32];
        foreach (string name in s_names)
        {
            int length = System.Text.Encoding.ASCII.GetBytes(name, buffer);
            int id = symbols.Find(buffer[..length]);
            if (id < 0 || symbols[id].IsDefined)
                continue;

            // Static start-up code tells by a weak _DYNAMIC whether it must relocate itself.
            if (name == "_DYNAMIC" && options.OutputKind != OutputKind.StaticPie)
                continue;
            symbols[id].Flags |= SymbolFlags.LinkerDefined;
            if (!IsGlobal(name))
                symbols[id].MergeVisibility(STV_HIDDEN);
            if (name == "_TLS_MODULE_BASE_")
                symbols[id].Flags |= SymbolFlags.Tls;
        }

        for (int id = 0; id < symbols.Count; id++)
        {
            if ((symbols[id].Flags & SymbolFlags.StartStop) == 0 || symbols[id].IsDefined)
                continue;
            symbols[id].Flags |= SymbolFlags.LinkerDefined;
            symbols[id].MergeVisibility((byte)options.StartStopVisibility);
        }
    }

    // The limits of the image are as global as an input's own symbols: traditional names (end(3)), and GNU ld's for its beginning.
    private static bool IsGlobal(string name) => name is "__executable_start" or "__bss_start" or
        "etext" or "_etext" or "__etext" or "edata" or "_edata" or "end" or "_end";

    /// <summary>Whether a name stands for the address behind a section's last byte.</summary>
    internal static bool IsEnd(ReadOnlySpan<byte> name) => name.StartsWith("__stop_"u8) || name.EndsWith("_end"u8) || name.EndsWith("etext"u8) ||
        name.EndsWith("edata"u8) || name.SequenceEqual("end"u8);

    /// <summary>Sets their addresses.</summary>
    internal static void Assign(SymbolTable symbols, OutputLayout layout)
    {
        var places = new KnownPlaces(layout.Sections, layout.ImageBase, layout.Got.Size != 0 ? layout.Got.Address : layout.ImageBase, layout.TlsStart);
        for (int id = 0; id < symbols.Count; id++)
        {
            if ((symbols[id].Flags & SymbolFlags.LinkerDefined) != 0)
                symbols.Addresses[id] = AddressOf(symbols.NameOf(id).Span, places);
        }
    }

    /// <summary>A program that looks for its own headers must find them: without, a weak reference is 0 and a strong one an error.</summary>
    internal static void CheckHeaders(SymbolTable symbols, OutputLayout layout, LinkOptions options, DiagnosticSink sink)
    {
        int id = layout.LoadsHeaders ? -1 : symbols.Find("__ehdr_start"u8);
        if (id < 0 || (symbols[id].Flags & SymbolFlags.LinkerDefined) == 0)
            return;
        symbols.Addresses[id] = 0;
        bool isAsked = !options.GcSections || (symbols[id].Flags & SymbolFlags.Reached) != 0;
        if (isAsked && (symbols[id].Flags & SymbolFlags.Referenced) != 0)
        {
            sink.Error(
                DiagnosticId.UndefinedSymbol,
                "undefined symbol: __ehdr_start",
                "= the linker script leaves no room for the headers in front of the first section: begin with \". = ADDRESS + SIZEOF_HEADERS\"");
        }
    }

    /// <summary>The address of a name.</summary>
    internal static ulong AddressOf(ReadOnlySpan<byte> name, in KnownPlaces layout)
    {
        ReadOnlySpan<byte> section = StartStopSections.SectionOf(name);
        if (!section.IsEmpty)
            return name.StartsWith("__start_"u8) ? Start(layout, section) : End(layout, section);
        return System.Text.Encoding.ASCII.GetString(name) switch
        {
            "__executable_start" or "__ehdr_start" or "__dso_handle" => layout.ImageBase,
            "etext" or "_etext" or "__etext" => EndOfLast(layout, static s => (s.Flags & SHF_EXECINSTR) != 0),
            "edata" or "_edata" => EndOfLast(layout, static s => !s.IsNoBits),
            "end" or "_end" => EndOfLast(layout, static s => !(s.IsTls && s.IsNoBits)),
            "__bss_start" => layout.Find(".bss"u8)?.Address ?? EndOfLast(layout, static s => !s.IsNoBits),
            "__preinit_array_start" => Start(layout, ".preinit_array"u8),
            "__preinit_array_end" => End(layout, ".preinit_array"u8),
            "__init_array_start" => Start(layout, ".init_array"u8),
            "__init_array_end" => End(layout, ".init_array"u8),
            "__fini_array_start" => Start(layout, ".fini_array"u8),
            "__fini_array_end" => End(layout, ".fini_array"u8),
            "__rela_iplt_start" => Start(layout, ".rela.plt"u8),
            "__rela_iplt_end" => End(layout, ".rela.plt"u8),
            "_GLOBAL_OFFSET_TABLE_" => layout.Got,
            "_TLS_MODULE_BASE_" => layout.TlsStart,
            "_DYNAMIC" => Start(layout, ".dynamic"u8),
            "__GNU_EH_FRAME_HDR" => Start(layout, ".eh_frame_hdr"u8),
            _ => 0,
        };
    }

    private static ulong Start(in KnownPlaces layout, ReadOnlySpan<byte> name) => layout.Find(name)?.Address ?? layout.ImageBase;

    private static ulong End(in KnownPlaces layout, ReadOnlySpan<byte> name) => layout.Find(name) is { } section ? section.Address + section.Size : layout.ImageBase;

    private static ulong EndOfLast(in KnownPlaces layout, Predicate<OutputSection> condition)
    {
        ulong end = layout.ImageBase;
        foreach (OutputSection section in layout.Sections)
        {
            if (section.IsAllocated && condition(section))
                end = Math.Max(end, section.Address + section.Size);
        }

        return end;
    }
}
