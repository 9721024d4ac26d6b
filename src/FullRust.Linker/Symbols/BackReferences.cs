// --warn-backrefs: members that only a linker finds which looks back. GNU ld goes through the inputs once: an archive satisfies what was
// asked for before it, or by its own group. A later archive that has the name too makes the order right for such a linker as well.

using System.Collections.Generic;
using System.Text;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Inputs;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Symbols;

/// <summary>Collects references that go back, while inputs are loaded.</summary>
internal sealed class BackReferences(InputSet inputs, LinkOptions options)
{
    private readonly List<(int Symbol, int Group, string Text)> _found = [];
    private readonly Dictionary<int, int> _lastGroup = [];

    /// <summary>Starts if it was asked for.</summary>
    internal static BackReferences? For(InputSet inputs, LinkOptions options) => options.WarnBackReferences ? new BackReferences(inputs, options) : null;

    /// <summary>Notes that an archive or lazy object has a name.</summary>
    internal void AddLazy(int symbol, LazySource source) => _lastGroup[symbol] = int.Max(_lastGroup.GetValueOrDefault(symbol, -1), GroupOf(source.Priority));

    /// <summary>Notes that a member is about to be loaded for a name.</summary>
    internal void AddExtraction(List<ObjectFile> objects, SymbolTable symbols, int symbol, LazySource source, string member)
    {
        ObjectFile? asker = null;
        foreach (ObjectFile file in objects)
        {
            if ((asker is null || file.Priority < asker.Priority) && AsksFor(file, symbols, symbol))
                asker = file;
        }

        if (asker is null || GroupOf(asker.Priority) <= GroupOf(source.Priority) || IsExcluded(source.File.Path))
            return;
        string name = SymbolText.Name(symbols.NameOf(symbol), options);
        string extracted = member.Length == 0 ? source.File.Path : $"{source.File.Path}({member})";
        _found.Add((symbol, GroupOf(asker.Priority), $"backward reference detected: {name} in {asker.DisplayName} refers to {extracted}"));
    }

    /// <summary>Warns of those that no later archive makes right.</summary>
    internal void Report(DiagnosticSink sink)
    {
        foreach ((int symbol, int group, string text) in _found)
        {
            if (_lastGroup.GetValueOrDefault(symbol, -1) < group)
                sink.Warning(DiagnosticId.BackReference, text);
        }
    }

    private int GroupOf(long priority)
    {
        int index = (int)(priority >> 40) - 1;
        return index >= 0 && index < inputs.Inputs.Count ? inputs.Inputs[index].Group : index;
    }

    private bool IsExcluded(string path)
    {
        foreach (string pattern in options.WarnBackReferencesExclude)
        {
            if (new Glob(pattern).Matches(path))
                return true;
        }

        return false;
    }

    private static bool AsksFor(ObjectFile file, SymbolTable symbols, int symbol)
    {
        for (int i = file.FirstGlobal; i < file.SymbolCount; i++)
        {
            ref readonly Elf64_Sym entry = ref file.Symbols[i];
            if (entry.st_shndx == SHN_UNDEF && entry.Binding != STB_WEAK && symbols.IdOf(file, i) == symbol)
                return true;
        }

        return false;
    }
}
