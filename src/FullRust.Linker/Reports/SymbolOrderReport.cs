// --print-symbol-order: the functions that the call graph puts in order, a name a line, as --symbol-ordering-file takes them.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Reports;

internal static class SymbolOrderReport
{
    /// <summary>Adds the report if it was asked for.</summary>
    internal static void Add(List<LinkReport> reports, SectionTable sections, SymbolTable symbols, LinkOptions options, DiagnosticSink sink)
    {
        if (options.SymbolOrderReport is not { } path)
            return;
        var text = new StringBuilder();
        foreach (int row in CallGraphInputs.Read(sections, symbols, options, sink)?.Sort() ?? [])
            AppendNames(text, sections, row);
        reports.Add(LinkReport.OfText(path, text));
    }

    private static void AppendNames(StringBuilder text, SectionTable sections, int row)
    {
        if (!sections.Fate(row).IsLive)
            return;
        ObjectFile file = sections.FileOf(row);
        ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
        for (int i = 1; i < entries.Length; i++)
        {
            if (entries[i].Type == STT_FUNC && file.SectionOf(i, entries[i]) == (uint)(row - file.SectionBase))
                text.Append(file.SymbolName(entries[i])).Append('\n');
        }
    }
}
