// --cref: every global symbol, the file that defines it first, then those that refer to it.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Reports;

internal static class CrossReference
{
    /// <summary>Writes the table.</summary>
    internal static void Append(StringBuilder text, SectionTable sections, SymbolTable symbols, LinkOptions options)
    {
        var files = new List<int>[symbols.Count];
        foreach (ObjectFile file in sections.Objects)
            Collect(file, symbols, files);
        text.Append("\nCross Reference Table\n\n");
        AppendRow(text, "Symbol", "File");
        for (int id = 0; id < files.Length; id++)
        {
            if (files[id] is null || !symbols[id].IsDefined)
                continue;
            string name = SymbolText.Name(symbols.NameOf(id), options);
            foreach (int file in files[id])
            {
                AppendRow(text, name, sections.Objects[file].DisplayName);
                name = "";
            }
        }
    }

    private static void Collect(ObjectFile file, SymbolTable symbols, List<int>[] files)
    {
        ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
        for (int i = file.FirstGlobal; i < entries.Length; i++)
        {
            int id = symbols.IdOf(file, i);
            List<int> list = files[id] ??= [];
            if (list.Contains(file.Index))
                continue;
            if (entries[i].st_shndx != SHN_UNDEF && symbols[id].File == file.Index)
                list.Insert(0, file.Index);
            else
                list.Add(file.Index);
        }
    }

    private static void AppendRow(StringBuilder text, string symbol, string file) => text.Append($"{symbol,-49} {file}\n");
}
