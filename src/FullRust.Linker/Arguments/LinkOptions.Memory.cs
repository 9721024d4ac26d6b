// Inputs that are nowhere on disk: what a program that embeds the linker has just compiled, downloaded or unpacked.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Arguments;

public sealed partial class LinkOptions
{
    /// <summary>Files that are in memory, by path. Wherever the linker would open that very path (an input, a library in a search folder, a script and what it
    /// includes, a member of a thin archive), these bytes are taken instead. They are not copied and must not change before the link has returned.</summary>
    public IDictionary<string, ReadOnlyMemory<byte>> MemoryFiles { get; } = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);

    /// <summary>Adds an object, archive or script that is in memory as the next input.</summary>
    /// <param name="name">Its name in messages and reports. A name that was added before gets the new bytes.</param>
    /// <param name="contents">Its bytes; see <see cref="MemoryFiles"/>.</param>
    /// <param name="wholeArchive">Whether every member of an archive is loaded.</param>
    /// <param name="isLazy">Whether it is loaded only if it is needed.</param>
    public void AddInput(string name, ReadOnlyMemory<byte> contents, bool wholeArchive = false, bool isLazy = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        MemoryFiles[name] = contents;
        Inputs.Add(new InputArgument(InputKind.File, name, wholeArchive, isLazy));
    }

    /// <summary>Whether a regular file is at a path, in memory or on disk.</summary>
    internal bool HasFile(string path) => MemoryFiles.ContainsKey(path) || (InputBytes.TryIdentify(path, out _, out _, out bool isFolder) && !isFolder);

    /// <summary>Opens what is at a path, in memory or on disk.</summary>
    internal bool TryOpen(string path, long mapFrom, out InputBytes? bytes, out string error)
    {
        if (!MemoryFiles.TryGetValue(path, out ReadOnlyMemory<byte> contents))
            return InputBytes.TryOpen(path, mapFrom, out bytes, out error, out _);
        bytes = InputBytes.Pin(contents);
        error = "";
        return true;
    }
}
