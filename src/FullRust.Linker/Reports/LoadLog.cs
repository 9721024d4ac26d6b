// What happens while inputs are loaded, kept only if a report asks for it.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Reports;

/// <summary>An archive member that was loaded because something asked for a name.</summary>
/// <param name="Reference">Who asked: an object, or an option.</param>
/// <param name="Extracted">The member.</param>
/// <param name="Symbol">The name's id.</param>
internal readonly record struct Extraction(string Reference, string Extracted, int Symbol);

/// <summary>The log of loading.</summary>
internal sealed class LoadLog
{
    private readonly HashSet<string> _traced;
    private readonly string _entry;

    private LoadLog(LinkOptions options, string entry)
    {
        _traced = [.. options.TraceSymbols];
        _entry = entry;
    }

    /// <summary>Members in the order in which they were loaded.</summary>
    internal List<Extraction> Extractions { get; } = [];

    /// <summary>Archives and lazy objects in input order.</summary>
    internal List<LazySource> Archives { get; } = [];

    /// <summary>Traced names that archives define.</summary>
    internal List<(string Archive, string Symbol)> LazyDefinitions { get; } = [];

    /// <summary>Begins a log if one of the options needs it.</summary>
    internal static LoadLog? For(LinkOptions options, string entry) =>
        options.MapFile is null && options.WhyExtractFile is null && options.ArchiveStatsFile is null && options.TraceSymbols.Count == 0 ? null : new LoadLog(options, entry);

    /// <summary>Notes that an archive defines a name.</summary>
    internal void AddLazy(LazySource source, NativeBytes name)
    {
        if (_traced.Count > 0 && _traced.Contains(name.ToString()))
            LazyDefinitions.Add((source.File.Path, name.ToString()));
    }

    /// <summary>Notes that a member is about to be loaded.</summary>
    internal void AddExtraction(List<ObjectFile> objects, SymbolTable symbols, int id, LazySource source, NativeBytes member)
    {
        string extracted = member.IsEmpty ? source.File.Path : $"{source.File.Path}({Encoding.UTF8.GetString(member.Span)})";
        Extractions.Add(new Extraction(ReferenceTo(objects, symbols, id), extracted, id));
    }

    private string ReferenceTo(List<ObjectFile> objects, SymbolTable symbols, int id)
    {
        foreach (ObjectFile file in objects)
        {
            ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
            for (int i = file.FirstGlobal; i < entries.Length; i++)
            {
                if (entries[i].st_shndx is SHN_UNDEF or SHN_COMMON && symbols.IdOf(file, i) == id)
                    return file.DisplayName;
            }
        }

        return symbols.NameOf(id).ToString() == _entry ? "--entry" : "--undefined";
    }
}
