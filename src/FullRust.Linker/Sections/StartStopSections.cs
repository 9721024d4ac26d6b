// Sections whose names are C identifiers have bounds: __start_NAME and __stop_NAME (GNU ld manual, "Input Section Example"). The
// rows are gathered only if a loaded object refers to such a name.

using System;
using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Sections;

internal sealed class StartStopSections
{
    private readonly Dictionary<string, List<int>> _byName = [];

    /// <summary>Finds the referenced names that no input defines, marks them, and gathers the sections they speak of.</summary>
    /// <param name="sections">All input sections.</param>
    /// <param name="symbols">The names.</param>
    /// <param name="isElsewhere">Whether a script puts a row into an output section of another name, which then has no such bounds.</param>
    internal static StartStopSections Find(SectionTable sections, SymbolTable symbols, Predicate<int>? isElsewhere)
    {
        var result = new StartStopSections();
        for (int id = 0; id < symbols.Count; id++)
        {
            if (symbols[id].IsDefined)
                continue;
            ReadOnlySpan<byte> section = SectionOf(symbols.NameOf(id).Span);
            if (section.IsEmpty)
                continue;
            result._byName.TryAdd(Encoding.UTF8.GetString(section), []);
            symbols[id].Flags |= SymbolFlags.StartStop;
        }

        if (result._byName.Count == 0)
            return result;
        result.GatherRows(sections, isElsewhere);

        // A name without any such section stays undefined: a weak reference is then 0, a strong one an error.
        for (int id = 0; id < symbols.Count; id++)
        {
            if ((symbols[id].Flags & SymbolFlags.StartStop) != 0 && result.SectionsOf(symbols.NameOf(id).Span).Count == 0)
                symbols[id].Flags &= ~SymbolFlags.StartStop;
        }

        return result;
    }

    /// <summary>The rows of the section that a bound's name speaks of.</summary>
    internal List<int> SectionsOf(ReadOnlySpan<byte> symbolName) =>
        _byName.TryGetValue(Encoding.UTF8.GetString(SectionOf(symbolName)), out List<int>? rows) ? rows : [];

    /// <summary>The section name in <c>__start_X</c> or <c>__stop_X</c>, or nothing.</summary>
    internal static ReadOnlySpan<byte> SectionOf(ReadOnlySpan<byte> symbolName)
    {
        if (!symbolName.StartsWith("__sto"u8) && !symbolName.StartsWith("__sta"u8))
            return default;
        int length = symbolName.StartsWith("__start_"u8) ? 8 : symbolName.StartsWith("__stop_"u8) ? 7 : 0;
        return length != 0 && SectionClassifier.IsIdentifier(symbolName[length..]) ? symbolName[length..] : default;
    }

    private void GatherRows(SectionTable sections, Predicate<int>? isElsewhere)
    {
        foreach (int row in sections.IdentifierRows)
        {
            ref InputSection section = ref sections[row];
            ref readonly SectionFate fate = ref sections.Fate(row);
            if (fate.Kind == SectionKind.None || (section.Flags & (uint)SHF_ALLOC) == 0 || (fate.State & SectionState.Discarded) != 0)
                continue;
            NativeBytes name = sections.Name(row);
            if (_byName.TryGetValue(name.ToString(), out List<int>? rows) && isElsewhere?.Invoke(row) != true)
                rows.Add(row);
        }
    }
}
