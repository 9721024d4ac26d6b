// Phase "resolve symbols", last: one definition for each name. Objects come in input order; a candidate replaces the current one
// only if its rank is better: strong, then COMMON, then weak (gABI, Symbol Table; GNU ld for COMMON before weak). Definitions in
// discarded COMDAT copies are references to the copy that was kept.

using System;
using System.Collections.Generic;
using System.IO;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.GuardRail;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Symbols;

internal sealed class DefinitionChooser
{
    // Whoever makes thousands of duplicates reads the first ones.
    private const int LinesSought = 40;

    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;
    private int _linesSought;

    private DefinitionChooser(SectionTable sections, SymbolTable symbols, LinkOptions options, DiagnosticSink sink)
    {
        _sections = sections;
        _symbols = symbols;
        _options = options;
        _sink = sink;
    }

    private enum Rank
    {
        None,
        Weak,
        Common,
        Strong,
    }

    /// <summary>Chooses, and reports duplicates.</summary>
    internal static void Choose(SectionTable sections, SymbolTable symbols, LinkOptions options, DiagnosticSink sink)
    {
        var chooser = new DefinitionChooser(sections, symbols, options, sink);
        foreach (ref Symbol symbol in symbols.Rows.Span)
        {
            // The place in a lazy source means nothing from here on.
            symbol.File = -1;
            symbol.Value = 0;
        }

        foreach (ObjectFile file in sections.Objects)
            chooser.AddObject(file);
        if (options.ExcludeLibraries.Count > 0)
            chooser.HideExcluded();
    }

    // What an excluded archive defines is nobody else's business: it becomes hidden (GNU ld manual, --exclude-libs).
    private void HideExcluded()
    {
        bool[] isExcluded = new bool[_sections.Objects.Count];
        for (int i = 0; i < isExcluded.Length; i++)
            isExcluded[i] = IsExcluded(_sections.Objects[i]);
        foreach (ref Symbol symbol in _symbols.Rows.Span)
        {
            if ((symbol.Flags & SymbolFlags.Defined) != 0 && isExcluded[symbol.File])
                symbol.MergeVisibility(STV_HIDDEN);
        }
    }

    private bool IsExcluded(ObjectFile file)
    {
        if (file.MemberName.IsEmpty)
            return false;
        string archive = Path.GetFileName(file.File.Path);
        foreach (string library in _options.ExcludeLibraries)
        {
            if (library == "ALL" || archive == library || archive == library + ".a")
                return true;
        }

        return false;
    }

    private void AddObject(ObjectFile file)
    {
        ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
        Span<Symbol> rows = _symbols.Rows.Span;
        ReadOnlySpan<int> ids = _symbols.GlobalIds.Span.Slice(file.GlobalBase, file.GlobalCount);
        const int Distance = 8;
        for (int i = file.FirstGlobal; i < entries.Length; i++)
        {
            if (i + Distance < entries.Length)
                _symbols.Rows.Prefetch(ids[i + Distance - file.FirstGlobal]);
            ref readonly Elf64_Sym entry = ref entries[i];
            ref Symbol symbol = ref rows[ids[i - file.FirstGlobal]];
            if ((entry.st_other & 3) != 0)
                symbol.MergeVisibility(entry.Visibility);
            if (entry.st_shndx != SHN_UNDEF)
                AddDefinition(file, i, entry, ref symbol, ids[i - file.FirstGlobal]);
        }
    }

    private void AddDefinition(ObjectFile file, int index, in Elf64_Sym entry, ref Symbol symbol, int id)
    {
        uint section = file.SectionOf(index, entry);
        if (section < 0xffff0000u && (_sections.Fate(file.SectionBase + (int)section).State & SectionState.Discarded) != 0)
        {
            symbol.Flags |= SymbolFlags.Referenced;
            return;
        }

        Rank rank = section is ObjectFile.Common or ObjectFile.LargeCommon ? Rank.Common : entry.Binding == STB_WEAK ? Rank.Weak : Rank.Strong;
        Rank current = RankOf(symbol);
        if (current != Rank.None && (entry.Type == STT_TLS) != ((symbol.Flags & SymbolFlags.Tls) != 0))
            ReportTlsMismatch(file, entry, symbol, id);
        if (_options.WarnCommon && current != Rank.None && (rank == Rank.Common || current == Rank.Common))
            WarnCommon(file, index, symbol, id, rank, current);
        if (rank == Rank.Common && current == Rank.Common)
            MergeCommon(ref symbol, file, index, entry);
        else if (rank == Rank.Strong && current == Rank.Strong && _sections.Objects[symbol.File].File.IsJustSymbols)
            Define(ref symbol, file, index, entry, section, rank);
        else if (rank == Rank.Strong && current == Rank.Strong && !file.File.IsJustSymbols)
            ReportDuplicate(file, index, symbol, id);
        else if (rank > current)
            Define(ref symbol, file, index, entry, section, rank);
    }

    private static Rank RankOf(in Symbol symbol)
    {
        if ((symbol.Flags & SymbolFlags.Defined) == 0)
            return Rank.None;
        if ((symbol.Flags & SymbolFlags.Common) != 0)
            return Rank.Common;
        return (symbol.Flags & SymbolFlags.Weak) != 0 ? Rank.Weak : Rank.Strong;
    }

    private static void Define(ref Symbol symbol, ObjectFile file, int index, in Elf64_Sym entry, uint section, Rank rank)
    {
        SymbolFlags flags = SymbolFlags.Defined;
        if (rank == Rank.Weak)
            flags |= SymbolFlags.Weak;
        if (rank == Rank.Common)
            flags |= SymbolFlags.Common;
        if (section == ObjectFile.Absolute)
            flags |= SymbolFlags.Absolute;
        if (entry.Type == STT_GNU_IFUNC)
            flags |= SymbolFlags.Ifunc;
        if (entry.Type == STT_TLS)
            flags |= SymbolFlags.Tls;
        const SymbolFlags Replaced = SymbolFlags.Defined | SymbolFlags.Weak | SymbolFlags.Common | SymbolFlags.Absolute | SymbolFlags.Ifunc | SymbolFlags.Tls;
        symbol.Flags = (symbol.Flags & ~Replaced) | flags;
        symbol.Value = entry.st_value;
        symbol.Size = entry.st_size;
        symbol.File = file.Index;
        symbol.SymbolIndex = index;
        symbol.Section = section < 0xffff0000u ? file.SectionBase + (int)section : 0;
    }

    private void MergeCommon(ref Symbol symbol, ObjectFile file, int index, in Elf64_Sym entry)
    {
        ulong alignment = Math.Max(symbol.Value, entry.st_value);
        if (entry.st_size > symbol.Size)
            Define(ref symbol, file, index, entry, file.SectionOf(index, entry), Rank.Common);
        symbol.Value = alignment;
    }

    // GNU ld manual, --warn-common: a common symbol met by another one, or by a definition.
    private void WarnCommon(ObjectFile file, int index, in Symbol symbol, int id, Rank rank, Rank current)
    {
        string name = SymbolText.Name(_symbols.NameOf(id), _options);
        ObjectFile first = _sections.Objects[symbol.File];
        string message = rank != current
            ? $"common {name} is overridden by a definition"
            : symbol.Size == file.Symbols[index].st_size
            ? $"multiple common of {name}"
            : $"multiple common of {name}, of {symbol.Size} and {file.Symbols[index].st_size} bytes";
        string[] notes = [Mention(first, current), Mention(file, rank)];
        _sink.Report(Severity.Warning, DiagnosticId.CommonSymbol, message, notes, file.Priority);
    }

    private static string Mention(ObjectFile file, Rank rank) => $">>> {(rank == Rank.Common ? "common" : "defined")} in {file.DisplayName}";

    private void ReportDuplicate(ObjectFile file, int index, in Symbol symbol, int id)
    {
        if (_options.AllowMultipleDefinitions)
            return;
        ObjectFile first = _sections.Objects[symbol.File];
        List<string> notes =
        [
            .. DefinitionPlace(first, symbol.SymbolIndex),
            .. DefinitionPlace(file, index),
        ];
        string name = SymbolText.Name(_symbols.NameOf(id), _options);
        _sink.Report(Severity.Error, DiagnosticId.DuplicateSymbol, $"duplicate symbol: {name}", notes, file.Priority);
    }

    // One of the two would be read where the other one's bytes are; only what has no type may be either.
    private void ReportTlsMismatch(ObjectFile file, in Elf64_Sym entry, in Symbol symbol, int id)
    {
        ObjectFile first = _sections.Objects[symbol.File];
        if (entry.Type == STT_NOTYPE || first.Symbols[symbol.SymbolIndex].Type == STT_NOTYPE)
            return;
        string[] notes = [$">>> defined in {first.DisplayName}", $">>> defined in {file.DisplayName}"];
        _sink.Report(Severity.Error, DiagnosticId.TlsMismatch, $"TLS attribute mismatch: {SymbolText.Name(_symbols.NameOf(id), _options)}", notes, file.Priority);
    }

    private string[] DefinitionPlace(ObjectFile file, int index)
    {
        ref readonly Elf64_Sym entry = ref file.Symbols[index];
        uint section = file.SectionOf(index, entry);
        if (section >= 0xffff0000u)
            return [$">>> defined at {file.NoteOf("absolute")}"];
        string place = file.NoteOf($"{file.SectionName((int)section)}+0x{entry.st_value:x}");
        string? line = _linesSought++ < LinesSought ? SourceLines.Find(_sections, file.SectionBase + (int)section, entry.st_value) : null;
        return line is null ? [$">>> defined at {place}"] : [$">>> defined at {line}", $">>>            {place}"];
    }
}
