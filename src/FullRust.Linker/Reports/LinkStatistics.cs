// --stats: counts of what was read, kept and written, a line each, in the shape "name=count".

using System;
using System.Text;
using FullRust.Linker.Inputs;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using FullRust.Linker.Writing;

namespace FullRust.Linker.Reports;

internal static class LinkStatistics
{
    /// <summary>Adds the counts of a finished link.</summary>
    internal static void Append(StringBuilder output, InputSet inputs, SectionTable sections, SymbolTable symbols, OutputLayout layout, OutputImage image)
    {
        long inputBytes = 0, live = 0, relocations = 0, defined = 0, headers = 0, liveBytes = 0;
        foreach (InputFile file in inputs.Files)
            inputBytes += file.Bytes.Length;
        for (int row = 1; row < sections.Count; row++)
        {
            if (sections.Fate(row).Kind == SectionKind.None)
                continue;
            headers++;
            if (!sections.Fate(row).IsLive)
                continue;
            live++;
            liveBytes += (long)sections[row].Size;
            relocations += sections.Relocations(row).Length;
        }

        for (int id = 0; id < symbols.Count; id++)
            defined += symbols[id].IsDefined ? 1 : 0;
        Add(output, "input_files", inputs.Files.Count);
        Add(output, "input_bytes", inputBytes);
        Add(output, "linked_objects", sections.Objects.Count);
        Add(output, "input_sections", headers);
        Add(output, "live_sections", live);
        Add(output, "live_bytes", liveBytes);
        Add(output, "live_relocations", relocations);
        Add(output, "global_symbols", symbols.Count);
        Add(output, "defined_global_symbols", defined);
        Add(output, "output_sections", layout.Sections.FindAll(static s => s.IsPresent).Count);
        Add(output, "output_bytes", image.Length);
        Add(output, "working_set_bytes", Environment.WorkingSet);
    }

    private static void Add(StringBuilder output, string name, long value) => output.Append(name).Append('=').Append(value).Append('\n');
}
