// The part of loading that needs no order: checking objects, and finding the ends of names and hashing them. Helpers do it ahead of the
// one pass that needs order, which puts the names into the table; that pass does itself what nobody has begun yet.

using System;
using System.Collections.Generic;
using System.Threading;
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
    // Waking a thread costs more than checking a few small objects.
    private const int ManyObjects = 64;
    private const long ManyBytes = 1 << 20, ManyIndexBytes = 1 << 20;

    /// <summary>Runs the pass that needs order while helpers check its objects ahead of it, if they are many.</summary>
    /// <param name="objects">The objects, in the order in which the pass comes to them.</param>
    /// <param name="options">Threads.</param>
    /// <param name="pass">Calls <see cref="Finish"/> for each object that it takes.</param>
    internal static void RunAhead(List<ObjectFile> objects, LinkOptions options, Action pass)
    {
        if (options.ThreadCount == 1 || (objects.Count < ManyObjects && BytesOf(objects) < ManyBytes))
        {
            pass();
            return;
        }

        int next = -1;
        void PrepareAll()
        {
            while (Interlocked.Increment(ref next) is int i && i < objects.Count)
            {
                if (TryBegin(objects[i]))
                    Prepare(objects[i], new NativeList<HashedName>());
            }
        }

        Crew.RunBeside(options.ThreadCount, PrepareAll, () =>
        {
            pass();
            Volatile.Write(ref next, objects.Count);
        });
    }

    /// <summary>Has an object checked and its global names hashed, by whoever has begun it or by the caller.</summary>
    /// <param name="file">The object.</param>
    /// <param name="scratch">Takes the names if the caller does it.</param>
    /// <param name="sink">Takes what is wrong with it.</param>
    /// <returns>The names; null after an error was reported.</returns>
    internal static NativeList<HashedName>? Finish(ObjectFile file, NativeList<HashedName> scratch, DiagnosticSink sink)
    {
        if (TryBegin(file))
        {
            scratch.Truncate(0);
            Prepare(file, scratch);
        }

        var wait = new SpinWait();
        while (Volatile.Read(ref file.Preparation) != ObjectFile.Prepared)
            wait.SpinOnce(sleep1Threshold: -1);
        if (file.Problem is { } problem)
            ObjectParser.Report(file, problem, sink);
        return file.HashedNames;
    }

    private static bool TryBegin(ObjectFile file) => Interlocked.CompareExchange(ref file.Preparation, ObjectFile.BeingPrepared, ObjectFile.Unprepared) == ObjectFile.Unprepared;

    private static void Prepare(ObjectFile file, NativeList<HashedName> names)
    {
        try
        {
            file.Problem = ObjectParser.Parse(file);
            if (file.Problem is not null)
                return;
            HashNames(file, names);
            file.HashedNames = names;
        }
        finally
        {
            Volatile.Write(ref file.Preparation, ObjectFile.Prepared);
        }
    }

    private static void HashNames(ObjectFile file, NativeList<HashedName> names)
    {
        names.Reserve(file.GlobalCount);
        foreach (ref readonly Elf64_Sym entry in file.Symbols[file.FirstGlobal..])
        {
            file.SymbolNames.TryString(entry.st_name, out NativeBytes name, out ulong hash);
            names.Add(new HashedName(name, hash));
        }
    }

    /// <summary>Reads and hashes the indices of archives, if they are many.</summary>
    internal static void Prepare(List<LazySource> sources, int first, LinkOptions options)
    {
        long bytes = 0;
        for (int i = first; i < sources.Count; i++)
            bytes += sources[i].Reader?.Index.Length ?? 0;
        if (options.Threads == 1 || bytes < ManyIndexBytes)
            return;
        ParallelRanges.For(sources.Count - first, 1, options.ThreadCount, (begin, end) =>
        {
            for (int i = begin; i < end; i++)
                ReadIndex(sources[first + i]);
        });
    }

    private static long BytesOf(List<ObjectFile> objects)
    {
        long bytes = 0;
        foreach (ObjectFile file in objects)
            bytes += file.Bytes.Length;
        return bytes;
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
