// The part of loading that needs no order: checking objects, and finding the ends of names and hashing them. Done in parallel for many
// objects or archives at once, ahead of the serial pass that puts the names into the table; few are left to that pass, because waking
// threads costs more than a small link.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Inputs;
using FullRust.Linker.Objects;

namespace FullRust.Linker.Symbols;

/// <summary>A name whose end and hash are known.</summary>
/// <param name="Name">The name as the input writes it.</param>
/// <param name="Hash">Its hash.</param>
internal readonly record struct HashedName(NativeBytes Name, ulong Hash);

/// <summary>An entry of an archive's symbol index.</summary>
/// <param name="Name">The name and its hash.</param>
/// <param name="Offset">Offset of the member that defines it.</param>
internal readonly record struct IndexEntry(HashedName Name, long Offset);

internal static class NamePreparation
{
    private const int ManyObjects = 256;
    private const long ManyBytes = 16 << 20, ManyIndexBytes = 1 << 20;

    /// <summary>Checks objects and hashes their global names, if they are many. Each gets <see cref="ObjectFile.HashedNames"/>; one that is
    /// malformed is reported and says so.</summary>
    internal static void Prepare(List<ObjectFile> objects, LinkOptions options, DiagnosticSink sink)
    {
        if (options.Threads == 1 || (objects.Count < ManyObjects && BytesOf(objects) < ManyBytes))
            return;
        ForEach(objects.Count, options, i =>
        {
            ObjectFile file = objects[i];
            file.IsParsed = true;
            file.IsMalformed = !ObjectParser.Parse(file, sink);
            if (!file.IsMalformed)
                file.HashedNames = HashNames(file);
        });
    }

    /// <summary>Reads and hashes the indices of archives, if they are many.</summary>
    internal static void Prepare(List<LazySource> sources, int first, LinkOptions options)
    {
        long bytes = 0;
        for (int i = first; i < sources.Count; i++)
            bytes += sources[i].Reader?.Index.Length ?? 0;
        if (options.Threads == 1 || bytes < ManyIndexBytes)
            return;
        ForEach(sources.Count - first, options, i => ReadIndex(sources[first + i]));
    }

    private static long BytesOf(List<ObjectFile> objects)
    {
        long bytes = 0;
        foreach (ObjectFile file in objects)
            bytes += file.Bytes.Length;
        return bytes;
    }

    private static void ForEach(int count, LinkOptions options, Action<int> body)
    {
        ParallelRanges.For(count, 1, options.ThreadCount, (first, last) =>
        {
            for (int i = first; i < last; i++)
                body(i);
        });
    }

    /// <summary>Finds the ends of an object's global names and hashes them.</summary>
    internal static NativeList<HashedName> HashNames(ObjectFile file)
    {
        var names = new NativeList<HashedName>(file.GlobalCount);
        foreach (ref readonly Elf64_Sym entry in file.Symbols[file.FirstGlobal..])
        {
            file.SymbolNames.TryString(entry.st_name, out NativeBytes name, out ulong hash);
            names.Add(new HashedName(name, hash));
        }

        return names;
    }

    private static void ReadIndex(LazySource source)
    {
        if (source.Reader is not { IndexKind: not ArchiveMemberKind.File } reader)
            return;
        var entries = new NativeList<IndexEntry>((int)(reader.Index.Length / 48));
        try
        {
            reader.ReadIndex((name, hash, offset) => entries.Add(new IndexEntry(new HashedName(name, hash), offset)));
            source.IndexEntries = entries;
        }
        catch (FormatException)
        {
            // The serial pass meets the same contradiction and reports it.
            entries.Dispose();
        }
    }
}
