// The file of --symbol-ordering-file: a name a line, '#' begins a comment line. What cannot be put in order is warned about.

using System;
using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;

namespace FullRust.Linker.Layout;

/// <summary>Names in the order that was asked for. Not thread-safe.</summary>
internal sealed class OrderedSymbols
{
    private readonly Dictionary<string, int> _places = [];
    private readonly HashSet<string> _found = [];
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;

    /// <summary>Reads the list.</summary>
    internal OrderedSymbols(string text, LinkOptions options, DiagnosticSink sink)
    {
        (_options, _sink) = (options, sink);
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] != '#' && !_places.TryAdd(line, _places.Count))
                Warn($"{options.SymbolOrderingFile}: duplicate ordered symbol: {line}");
        }
    }

    /// <summary>The names with their positions.</summary>
    internal IReadOnlyDictionary<string, int> Places => _places;

    /// <summary>Notes that a name exists.</summary>
    /// <returns>True.</returns>
    internal bool IsFound(string name)
    {
        _found.Add(name);
        return true;
    }

    /// <summary>Whether a global name has a section that can be put in order.</summary>
    internal bool IsPlaced(string name, in Symbol symbol, SectionTable sections)
    {
        IsFound(name);
        string? reason = !symbol.IsDefined ? "undefined" : symbol.Section == 0 ? "absolute" : !sections.Fate(symbol.Section).IsLive ? "discarded" : null;
        if (reason is not null)
            Warn($"{(symbol.File >= 0 && symbol.IsDefined ? sections.Objects[symbol.File].DisplayName + ": " : "")}unable to order {reason} symbol: {name}");
        return symbol.Section != 0;
    }

    /// <summary>Warns about names that no input has.</summary>
    internal void ReportMissing()
    {
        foreach (string name in _places.Keys)
        {
            if (!_found.Contains(name))
                Warn($"symbol ordering file: no such symbol: {name}");
        }
    }

    private void Warn(string message)
    {
        if (_options.WarnSymbolOrdering)
            _sink.Warning(DiagnosticId.SymbolOrder, message);
    }
}
