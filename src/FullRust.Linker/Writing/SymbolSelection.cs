// Which names the symbol table may hold and under which name, where options ask for other than the usual: --retain-symbols-file keeps
// a list only, -z unique-symbol tells local symbols of one name apart.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Writing;

/// <summary>Filters and renames. Thread-safe for reading.</summary>
internal sealed class SymbolSelection : IDisposable
{
    private readonly NameTable? _retained;
    private readonly List<InputBytes> _owned = [];
    private readonly Dictionary<(int File, int Index), NativeBytes> _renamed = [];
    private readonly Dictionary<string, int> _timesUsed = [];

    private SymbolSelection(string? retainedNames)
    {
        if (retainedNames is null)
            return;
        _retained = new NameTable();
        foreach (string name in retainedNames.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            NativeBytes bytes = Persist(name);
            _retained.GetOrAdd(bytes, StringHash.Compute(bytes.Span), out _);
        }
    }

    /// <summary>What options ask for; null for nothing unusual.</summary>
    internal static SymbolSelection? Make(LinkOptions options, DiagnosticSink sink)
    {
        string? names = null;
        if (options.RetainSymbolsFile is { } path && !TextFile.TryRead(path, out names, out string error))
            sink.Error(DiagnosticId.CannotOpen, $"cannot open {path}: {error}");
        return names is null && !options.UniqueLocalNames ? null : new SymbolSelection(names);
    }

    /// <summary>Whether a name may stand in the symbol table.</summary>
    internal bool Retains(NativeBytes name) => _retained is null || _retained.Find(name.Span) >= 0;

    /// <summary>Notes that a local symbol is written, in order: from the second use of a name on it gets a number. Not thread-safe.</summary>
    internal void Use(int file, int index, NativeBytes name)
    {
        string text = name.ToString();
        if (_timesUsed.TryAdd(text, 1))
            return;
        string other;
        do
            other = string.Create(CultureInfo.InvariantCulture, $"{text}.{_timesUsed[text]++:x}");
        while (!_timesUsed.TryAdd(other, 1));
        _renamed[(file, index)] = Persist(other);
    }

    /// <summary>The name that a local symbol is written under.</summary>
    internal NativeBytes NameOf(int file, int index, NativeBytes name) => _renamed.TryGetValue((file, index), out NativeBytes other) ? other : name;

    /// <inheritdoc/>
    public void Dispose()
    {
        _retained?.Dispose();
        foreach (InputBytes bytes in _owned)
            bytes.Dispose();
    }

    private NativeBytes Persist(string name)
    {
        InputBytes owner = InputBytes.FromMemory(Encoding.UTF8.GetBytes(name));
        _owned.Add(owner);
        return owner.Bytes;
    }
}
