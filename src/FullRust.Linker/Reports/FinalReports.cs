// The reports that speak of the finished output: the map, the cross reference and the dependency file.

using System.Collections.Generic;
using System.Text;
using FullRust.Linker.Arguments;
using FullRust.Linker.Inputs;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using FullRust.Linker.Writing;

namespace FullRust.Linker.Reports;

internal static class FinalReports
{
    /// <summary>Makes those that options ask for.</summary>
    internal static void Add(
        InputSet inputs, SectionTable sections, SymbolTable symbols, OutputLayout layout, SymbolAddresses addresses, LinkOptions options, StringBuilder output, List<LinkReport> reports)
    {
        StringBuilder? map = options.MapFile is null ? null : new MapReport(sections, symbols, layout, addresses, inputs.Log!, options).Write();
        if (options.CrossReference)
            CrossReference.Append(map ?? output, sections, symbols, options);
        if (map is not null)
            reports.Add(LinkReport.OfText(options.MapFile!, map));
        if (options.DependencyFile is not null)
            reports.Add(LinkReport.OfText(options.DependencyFile, DependencyFile.Write(inputs, options)));
    }
}
