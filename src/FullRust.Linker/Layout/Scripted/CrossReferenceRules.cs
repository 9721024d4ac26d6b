// NOCROSSREFS and NOCROSSREFS_TO (GNU ld manual, "Other Linker Script Commands"): output sections that are not in memory together must
// not refer to each other.

using System.Collections.Generic;
using FullRust.Elf.Native;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using FullRust.Linker.Sections;
using FullRust.Linker.Symbols;

namespace FullRust.Linker.Layout.Scripted;

/// <summary>Checks the references between output sections. Not thread-safe.</summary>
internal sealed class CrossReferenceRules(SectionTable sections, SymbolTable symbols, MergeSections merges, List<OutputSection> outputs, DiagnosticSink sink)
{
    private readonly HashSet<(int From, int To)> _forbidden = [];

    /// <summary>Reports every reference that a command forbids.</summary>
    internal void Check(IEnumerable<ScriptCommand> commands)
    {
        foreach (ScriptCommand command in commands)
        {
            if (command is NoCrossReferencesCommand rule)
                Forbid(rule);
        }

        if (_forbidden.Count == 0)
            return;
        for (int row = 1; row < sections.Count; row++)
        {
            if (sections.Fate(row).IsLive && OutputOf(row) is var from and >= 0)
                CheckSection(row, from);
        }
    }

    private void Forbid(NoCrossReferencesCommand rule)
    {
        List<int> named = [];
        foreach (string name in rule.Sections)
            named.Add(outputs.FindIndex(s => s.Name.ToString() == name));
        for (int from = 0; from < named.Count; from++)
        {
            for (int to = 0; to < named.Count; to++)
            {
                if (named[from] >= 0 && named[to] >= 0 && named[from] != named[to] && (to == 0 || !rule.FromFirstOnly))
                    _forbidden.Add((named[from], named[to]));
            }
        }
    }

    private void CheckSection(int row, int from)
    {
        ObjectFile file = sections.FileOf(row);
        foreach (ref readonly Elf64_Rela relocation in sections.Relocations(row))
        {
            int target = TargetOf(file, relocation);
            int to = target <= 0 ? -1 : OutputOf(target);
            if (to < 0 || !_forbidden.Contains((from, to)))
                continue;
            sink.Error(
                DiagnosticId.LinkerScript,
                $"{sections.Place(row, relocation.r_offset)}: prohibited cross reference from {outputs[from].Name} to {NameOf(file, relocation, target)} in {outputs[to].Name}");
        }
    }

    private int TargetOf(ObjectFile file, in Elf64_Rela relocation)
    {
        int index = (int)relocation.Symbol;
        if (index >= file.FirstGlobal)
            return symbols[symbols.IdOf(file, index)].Section;
        uint section = file.SectionOf(index, file.Symbols[index]);
        return section is 0 or >= 0xffff0000u ? 0 : file.SectionBase + (int)section;
    }

    private string NameOf(ObjectFile file, in Elf64_Rela relocation, int target)
    {
        int index = (int)relocation.Symbol;
        return index >= file.FirstGlobal ? symbols.NameOf(symbols.IdOf(file, index)).ToString() : sections.Name(target).ToString();
    }

    private int OutputOf(int row) => sections.Fate(row).Kind == SectionKind.Mergeable && sections[row].Extra != 0
        ? merges.MergedOf(row).OutputSection
        : sections[row].OutputSection;
}
