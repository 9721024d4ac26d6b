// Which symbols the output's symbol table holds: what is live, what options and kept relocations ask for.

using System;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Writing;

/// <summary>Chooses symbols. Thread-safe but for <see cref="NumberLocals"/>.</summary>
internal sealed class SymbolFilter(SectionTable sections, SymbolTable symbols, OutputLayout layout, SymbolSelection? selection, EmittedRelocations? relocations, LinkOptions options)
{
    /// <summary>-z unique-symbol: gives local symbols of one name different ones. Not thread-safe.</summary>
    internal void NumberLocals(SymbolSelection selection)
    {
        foreach (ObjectFile file in sections.Objects)
        {
            ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
            for (int i = 1; i < file.FirstGlobal; i++)
            {
                if (entries[i].Type != STT_FILE && Keeps(file, i, entries[i], out NativeBytes name))
                    selection.Use(file.Index, i, name);
            }
        }
    }

    /// <summary>Whether an object's local symbol has an entry, and under which name.</summary>
    internal bool Keeps(ObjectFile file, int index, in Elf64_Sym symbol, out NativeBytes name)
    {
        name = default;
        if (symbol.Type == STT_SECTION)
            return false;
        uint header = file.SectionOf(index, symbol);
        if (header == 0 || (header >= 0xffff0000u && header != ObjectFile.Absolute))
            return false;
        if (header < 0xffff0000u)
        {
            ref readonly InputSection section = ref sections[file.SectionBase + (int)header];
            ref readonly SectionFate fate = ref sections.Fate(file.SectionBase + (int)header);

            // GNU as defines the signature of a group in the group's own section.
            bool isSignature = layout.IsRelocatable && fate.Kind == SectionKind.None && section.OutputSection >= 0;
            if (!isSignature && (!fate.IsLive || ((section.Flags & (uint)SHF_ALLOC) == 0 && relocations is null)))
                return false;
        }

        name = file.SymbolName(symbol);
        if (relocations is not null && relocations.Uses(file, index))
            return true;
        if (name.IsEmpty || options.Discard == DiscardPolicy.All)
            return false;
        if (options.Discard != DiscardPolicy.None && name.Length >= 2 && name.Span[0] == '.' && name.Span[1] == 'L')
            return false;
        if (selection is null)
            return true;
        bool isRetained = selection.Retains(name);
        name = selection.NameOf(file.Index, index, name);
        return isRetained;
    }

    /// <summary>Whether a global name has an entry among the hidden or among the other ones.</summary>
    internal bool Keeps(int id, bool isHidden)
    {
        ref readonly Symbol symbol = ref symbols[id];
        if (!symbol.IsDefined)
            return relocations is not null && !isHidden && IsUsed(symbol.Flags);
        if ((!layout.IsRelocatable && symbol.Visibility is STV_HIDDEN or STV_INTERNAL) != isHidden)
            return false;
        if (selection is not null && !selection.Retains(symbols.NameOf(id)))
            return false;
        if ((symbol.Flags & SymbolFlags.Common) != 0)
            return !options.GcSections || (symbol.Flags & SymbolFlags.Reached) != 0;
        if ((symbol.Flags & SymbolFlags.LinkerDefined) != 0)
            return true;
        if (symbol.Section == 0)
            return true;
        ref readonly SectionFate fate = ref sections.Fate(symbol.Section);
        return fate.IsLive || (fate.State & SectionState.Folded) != 0 || !options.StripDiscarded;
    }

    /// <summary>Fetches ahead what <see cref="Keeps(int, bool)"/> will look at when it is asked for the names behind one.</summary>
    internal void PrefetchAhead(int id)
    {
        const int Distance = 8;
        if (id + Distance < symbols.Count)
            sections.Prefetch(symbols[id + Distance].Section);
    }

    /// <summary>The same for <see cref="Keeps(ObjectFile, int, in Elf64_Sym, out NativeBytes)"/> and an object's local symbols.</summary>
    internal void PrefetchAhead(ObjectFile file, ReadOnlySpan<Elf64_Sym> entries, int index)
    {
        const int Distance = 8;
        if (index + Distance < entries.Length && entries[index + Distance].st_shndx < SHN_LORESERVE)
            sections.Prefetch(file.SectionBase + entries[index + Distance].st_shndx);
    }

    /// <summary>Whether a name's definition is STB_GNU_UNIQUE.</summary>
    internal bool IsUnique(in Symbol symbol) =>
        (symbol.Flags & SymbolFlags.Defined) != 0 && sections.Objects[symbol.File].Symbols[symbol.SymbolIndex].Binding == STB_GNU_UNIQUE;

    private bool IsUsed(SymbolFlags flags) => layout.IsRelocatable && !options.GcSections
        ? (flags & (SymbolFlags.Referenced | SymbolFlags.WeakReferenced)) != 0
        : (flags & SymbolFlags.Reached) != 0;
}
