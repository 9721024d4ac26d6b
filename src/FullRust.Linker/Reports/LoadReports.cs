// Reports about loading: --trace, --trace-symbol, --why-extract, --print-archive-stats.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Reports;

internal static class LoadReports
{
    /// <summary>Adds what standard output gets.</summary>
    internal static void AppendTraces(StringBuilder output, List<ObjectFile> objects, LoadLog? log, LinkOptions options)
    {
        if (options.Trace)
        {
            foreach (ObjectFile file in objects)
                output.Append(file.DisplayName).Append('\n');
        }

        if (options.TraceSymbols.Count == 0)
            return;
        var traced = new HashSet<string>(options.TraceSymbols);
        foreach (ObjectFile file in objects)
            AppendMentions(output, file, traced);
        foreach ((string archive, string symbol) in log!.LazyDefinitions)
            output.Append($"{archive}: lazy definition of {symbol}\n");
    }

    /// <summary>Adds the files about archives.</summary>
    internal static void AddFiles(List<LinkReport> reports, SymbolTable symbols, LoadLog? log, LinkOptions options)
    {
        if (options.WhyExtractFile is not null)
        {
            var text = new StringBuilder("reference\textracted\tsymbol\n");
            foreach (Extraction extraction in log!.Extractions)
                text.Append($"{extraction.Reference}\t{extraction.Extracted}\t{SymbolText.Name(symbols.NameOf(extraction.Symbol), options)}\n");
            reports.Add(LinkReport.OfText(options.WhyExtractFile, text));
        }

        if (options.ArchiveStatsFile is not null)
        {
            var text = new StringBuilder("members\textracted\tarchive\n");
            foreach (LazySource archive in log!.Archives.Where(static a => a.Reader is not null))
                text.Append($"{archive.Members().Count()}\t{archive.Loaded.Values.Count(static o => o is not null)}\t{archive.File.Path}\n");
            reports.Add(LinkReport.OfText(options.ArchiveStatsFile, text));
        }
    }

    private static void AppendMentions(StringBuilder output, ObjectFile file, HashSet<string> traced)
    {
        ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
        for (int i = file.FirstGlobal; i < entries.Length; i++)
        {
            string name = file.SymbolName(entries[i]).ToString();
            if (!traced.Contains(name))
                continue;
            string what = entries[i].st_shndx switch
            {
                SHN_UNDEF => "reference to",
                SHN_COMMON or SHN_X86_64_LCOMMON => "common definition of",
                _ => "definition of",
            };
            output.Append($"{file.DisplayName}: {what} {name}\n");
        }
    }
}
