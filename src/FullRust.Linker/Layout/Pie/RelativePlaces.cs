// Where a static position-independent executable must add its load address before it runs: 64-bit absolute relocations of moving
// symbols in writable sections, and GOT slots with addresses. Whatever would need more than that is an error here.

using System.Collections.Generic;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using FullRust.Linker.Relocations.X86_64;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Pie;

/// <summary>A word to relocate: in a section, or (row 0) a GOT slot.</summary>
/// <param name="Row">The section; 0 for the GOT.</param>
/// <param name="Index">Number of the relocation in its section, or of the GOT slot.</param>
internal readonly record struct RelativePlace(int Row, int Index);

internal sealed class RelativePlaces
{
    private readonly SectionTable _sections;
    private readonly SymbolTable _symbols;
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;

    private RelativePlaces(SectionTable sections, SymbolTable symbols, LinkOptions options, DiagnosticSink sink)
    {
        _sections = sections;
        _symbols = symbols;
        _options = options;
        _sink = sink;
    }

    /// <summary>Places of symbols that certainly move, at even addresses.</summary>
    internal List<RelativePlace> Even { get; } = [];

    /// <summary>All others: odd addresses, and symbols whose expression is not computed yet.</summary>
    internal List<RelativePlace> Others { get; } = [];

    /// <summary>Finds them, and reports relocations that cannot be done at start.</summary>
    internal static RelativePlaces Collect(SectionTable sections, SymbolTable symbols, SlotTable slots, EhFrame frames, LinkOptions options, DiagnosticSink sink)
    {
        var places = new RelativePlaces(sections, symbols, options, sink);
        for (int row = 1; row < sections.Count; row++)
        {
            ref readonly InputSection section = ref sections[row];
            ref readonly SectionFate fate = ref sections.Fate(row);
            if (fate.IsLive && fate.Kind == SectionKind.Regular && (section.Flags & (uint)SHF_ALLOC) != 0)
                places.AddSection(row);
        }

        places.CheckFrames(frames);
        for (int i = 0; i < slots.Got.Count; i++)
        {
            Motion motion = MovingSymbols.Of(symbols, sections, slots.Got[i]);
            if (motion != Motion.Fixed)
                (motion == Motion.Moves ? places.Even : places.Others).Add(new RelativePlace(0, i));
        }

        return places;
    }

    private void AddSection(int row)
    {
        System.ReadOnlySpan<Elf64_Rela> relocations = _sections.Relocations(row);
        if (relocations.IsEmpty)
            return;
        ObjectFile file = _sections.FileOf(row);
        bool isWritable = (_sections[row].Flags & (uint)SHF_WRITE) != 0;
        bool isEvenSection = _sections[row].AlignmentLog2 >= 1;
        for (int i = 0; i < relocations.Length; i++)
        {
            RelocationRow kind = RelocationTable.Row(relocations[i].Type);
            if (kind.Kind != RelocationKind.Absolute)
                continue;
            Motion motion = MovingSymbols.Of(_symbols, file, (int)relocations[i].Symbol);
            if (motion == Motion.Fixed)
                continue;
            if (kind.Width != 8 || !isWritable)
                Refuse(row, relocations[i], kind.Width == 8);
            else
                (motion == Motion.Moves && isEvenSection && (relocations[i].r_offset & 1) == 0 ? Even : Others).Add(new RelativePlace(row, i));
        }
    }

    private void CheckFrames(EhFrame frames)
    {
        foreach (ref Fde fde in frames.Fdes.Span)
        {
            if (fde.IsLive)
                CheckRecord(fde.Row, fde.RelocationsBegin, fde.RelocationsEnd);
        }

        foreach (ref Cie cie in frames.Cies.Span)
        {
            if (cie.IsLive)
                CheckRecord(cie.Row, cie.RelocationsBegin, cie.RelocationsEnd);
        }
    }

    private void CheckRecord(int row, int begin, int end)
    {
        ObjectFile file = _sections.FileOf(row);
        foreach (ref readonly Elf64_Rela relocation in _sections.Relocations(row)[begin..end])
        {
            RelocationRow kind = RelocationTable.Row(relocation.Type);
            if (kind.Kind == RelocationKind.Absolute && MovingSymbols.Of(_symbols, file, (int)relocation.Symbol) != Motion.Fixed)
                Refuse(row, relocation, kind.Width == 8);
        }
    }

    private void Refuse(int row, in Elf64_Rela relocation, bool isWide)
    {
        ObjectFile file = _sections.FileOf(row);
        int index = (int)relocation.Symbol;
        string name = index >= file.FirstGlobal
            ? SymbolText.Name(_symbols.NameOf(_symbols.IdOf(file, index)), _options)
            : file.Symbols[index].Type == STT_SECTION ? $"section {file.SectionName((int)file.SectionOf(index, file.Symbols[index]))}"
            : SymbolText.Name(file.SymbolName(file.Symbols[index]), _options);
        string why = isWide ? "in a read-only section" : "in a position-independent executable";
        _sink.Report(
            Severity.Error,
            DiagnosticId.BadRelocation,
            $"{_sections.Place(row, relocation.r_offset)}: relocation {X86_64Reloc.Name(relocation.Type)} cannot be used against {name} {why}; recompile with -fPIE",
            ["= the address is known only when the program is loaded: rustc takes -Crelocation-model=pie, gcc and clang -fPIE; or link without -pie"],
            row);
    }
}
