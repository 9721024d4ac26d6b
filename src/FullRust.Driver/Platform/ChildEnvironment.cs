// The environment that programs started by us get: ours, byte for byte, with a few changes. Read from the kernel once, because the base
// library's copy has lost what is not UTF-8.

using System;
using System.Collections.Generic;
using System.IO;
using FullRust.Elf.Memory;

namespace FullRust.Driver.Platform;

/// <summary>An environment to start programs with. Not thread-safe.</summary>
internal sealed class ChildEnvironment
{
    private readonly List<string> _entries;

    private ChildEnvironment(List<string> entries) => _entries = entries;

    /// <summary>A copy of this process's environment.</summary>
    internal static ChildEnvironment OfThisProcess() => new(OsText.SplitTerminated(File.ReadAllBytes("/proc/self/environ")));

    /// <summary>An environment with exactly these <c>NAME=VALUE</c> entries.</summary>
    internal static ChildEnvironment Of(IEnumerable<string> entries) => new([.. entries]);

    /// <summary>All entries as <c>NAME=VALUE</c>.</summary>
    internal IReadOnlyList<string> Entries => _entries;

    /// <summary>A variable's value, or null where it is not set. An empty value is a value.</summary>
    internal string? this[string name]
    {
        get
        {
            string? entry = _entries.Find(e => IsNamed(e, name));
            return entry?[(name.Length + 1)..];
        }
        set
        {
            _entries.RemoveAll(e => IsNamed(e, name));
            if (value is not null)
                _entries.Add(name + "=" + value);
        }
    }

    private static bool IsNamed(string entry, string name) =>
        entry.Length > name.Length && entry[name.Length] == '=' && entry.StartsWith(name, StringComparison.Ordinal);
}
