// -Map in lld's shape: output sections, what is in them, the symbols there; then what was dropped and why archive members were loaded.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Layout;
using FullRust.Linker.Layout.Synthetic;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using FullRust.Linker.Writing;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Reports;

/// <summary>Writes the map.</summary>
internal sealed class MapReport(SectionTable sections, SymbolTable symbols, OutputLayout layout, SymbolAddresses addresses, LoadLog log, LinkOptions options)
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<int, List<(ulong Address, ulong Size, string Name)>> _symbolsOf = [];

    /// <summary>Writes all of it.</summary>
    internal StringBuilder Write()
    {
        CollectSymbols();
        _text.Append("             VMA              LMA     Size Align Out     In      Symbol\n");
        foreach (OutputSection output in layout.Sections)
            WriteSection(output);
        foreach ((string name, ulong size, ulong alignment) in layout.Tables)
        {
            Line(0, 0, size, alignment, name);
            Line(0, 0, size, alignment, $"        <internal>:({name})");
        }

        if (options.MapDiscarded)
            WriteDropped();
        _text.Append("\nExtracted archive members\n");
        foreach (Extraction extraction in log.Extractions)
            _text.Append($"{extraction.Extracted} by {extraction.Reference} for {SymbolText.Name(symbols.NameOf(extraction.Symbol), options)}\n");
        return _text;
    }

    private void CollectSymbols()
    {
        foreach (ObjectFile file in sections.Objects)
        {
            ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
            for (int i = 1; i < entries.Length; i++)
            {
                ref readonly Elf64_Sym entry = ref entries[i];
                uint header = file.SectionOf(i, entry);
                if (header is 0 or >= 0xffff0000u || entry.Type is STT_SECTION or STT_FILE || (i >= file.FirstGlobal && symbols[symbols.IdOf(file, i)].File != file.Index))
                    continue;
                int row = file.SectionBase + (int)header;
                if (!sections.Fate(row).IsLive || file.SymbolName(entry).IsEmpty)
                    continue;
                if (!_symbolsOf.TryGetValue(row, out List<(ulong Address, ulong Size, string Name)>? list))
                    _symbolsOf[row] = list = [];
                list.Add((addresses.InSection(row, entry.st_value), entry.st_size, SymbolText.Name(file.SymbolName(entry), options)));
            }
        }
    }

    private void WriteSection(OutputSection output)
    {
        ulong delta = LoadDelta(output);
        Line(output.Address, delta, output.Size, 1UL << output.AlignmentLog2, output.Name.ToString());
        foreach (int member in output.Members.Span)
        {
            if (member < 0)
            {
                SyntheticSection part = layout.Synthetic[~member];
                if (part is CommonBlock commons)
                {
                    WriteCommons(output, commons, delta);
                    continue;
                }

                Line(output.Address + part.Offset, delta, part.Size, 1UL << part.AlignmentLog2, $"        <internal>:({part.Name})");
                continue;
            }

            ref readonly InputSection section = ref sections[member];
            Line(output.Address + section.Offset, delta, section.Size, 1UL << section.AlignmentLog2, "        " + sections.Place(member));
            if (!_symbolsOf.TryGetValue(member, out List<(ulong Address, ulong Size, string Name)>? list))
                continue;
            foreach ((ulong address, ulong size, string name) in list.OrderBy(static s => s.Address))
                Line(address, delta, size, 1, "                " + name);
        }
    }

    private void WriteCommons(OutputSection output, CommonBlock commons, ulong delta)
    {
        foreach (int id in commons.Ids.Span)
        {
            ref readonly Symbol symbol = ref symbols[id];
            ObjectFile file = sections.Objects[symbol.File];
            ulong address = output.Address + commons.Offset + symbol.Value;
            Line(address, delta, symbol.Size, file.Symbols[symbol.SymbolIndex].st_value, $"        {file.DisplayName}:(COMMON)");
            Line(address, delta, symbol.Size, 1, "                " + SymbolText.Name(symbols.NameOf(id), options));
        }
    }

    private ulong LoadDelta(OutputSection output)
    {
        foreach (Segment segment in layout.Segments)
        {
            if (segment.Type == PT_LOAD && segment.LoadAddress is { } load && output.Address >= segment.Address && output.Address - segment.Address < segment.SizeInMemory)
                return load - segment.Address;
        }

        return 0;
    }

    private void WriteDropped()
    {
        _text.Append("\nDiscarded input sections\n");
        for (int row = 1; row < sections.Count; row++)
        {
            ref readonly InputSection section = ref sections[row];
            ref readonly SectionFate fate = ref sections.Fate(row);
            if (fate.Kind == SectionKind.None || fate.IsLive || (section.Flags & (uint)SHF_ALLOC) == 0 || fate.Kind is SectionKind.EhFrame or SectionKind.Property)
                continue;
            string why = (fate.State & SectionState.Folded) != 0 ? $"folded into {sections.Place(section.Extra)}"
                : (fate.State & SectionState.Discarded) != 0 ? "discarded" : "unused";
            _text.Append($"{section.Size,8:x} {sections.Place(row)} {why}\n");
        }
    }

    private void Line(ulong address, ulong delta, ulong size, ulong alignment, string rest) =>
        _text.Append($"{address,16:x} {address + delta,16:x} {size,8:x} {alignment,5} {rest}\n");
}
