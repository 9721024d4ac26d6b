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

/// <summary>An archive's symbol index: names, and the offset of the member that defines each.</summary>
internal sealed class PreparedIndex : IDisposable
{
    internal NativeList<HashedName> Names { get; } = new();

    internal NativeList<long> Offsets { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Names.Dispose();
        Offsets.Dispose();
    }
}

internal static class NamePreparation
{
    // Waking a thread costs more than checking a few small objects.
    private const int ManyObjects = 64;
    private const long ManyBytes = 1 << 20, ManyIndexBytes = 256 << 10;

    /// <summary>Runs the pass that needs order while helpers check its objects ahead of it, if they are many.</summary>
    /// <param name="objects">The objects, in the order in which the pass comes to them.</param>
    /// <param name="loaded">What the pass adds them to.</param>
    /// <param name="options">Threads.</param>
    /// <param name="pass">Calls <see cref="Finish"/> for each object that it takes.</param>
    internal static void RunAhead(List<ObjectFile> objects, ObjectSet loaded, LinkOptions options, Action pass)
    {
        if (options.ThreadCount == 1 || (objects.Count < ManyObjects && BytesOf(objects) < ManyBytes))
        {
            pass();
            return;
        }

        RunBeside(objects.Count, loaded, options, pass, i =>
        {
            if (TryBegin(ref objects[i].Preparation))
                Prepare(objects[i], new NativeList<HashedName>());
        });
    }

    /// <summary>The same for archives, of which helpers read and hash the indices.</summary>
    /// <param name="sources">Archives, in the order in which the pass comes to them.</param>
    /// <param name="first">The first one.</param>
    /// <param name="loaded">What the pass belongs to.</param>
    /// <param name="options">Threads.</param>
    /// <param name="pass">Calls <see cref="TakeIndex"/> for each archive.</param>
    internal static void RunAhead(List<LazySource> sources, int first, ObjectSet loaded, LinkOptions options, Action pass)
    {
        long bytes = 0;
        for (int i = first; i < sources.Count; i++)
            bytes += sources[i].Reader?.Index.Length ?? 0;
        if (options.ThreadCount == 1 || bytes < ManyIndexBytes)
        {
            pass();
            return;
        }

        RunBeside(sources.Count - first, loaded, options, pass, i =>
        {
            if (TryBegin(ref sources[first + i].Preparation))
                ReadIndex(sources[first + i]);
        });
    }

    /// <summary>The index of an archive, if a helper has begun to read it.</summary>
    /// <param name="source">The archive.</param>
    /// <param name="ahead">What else there is to prepare, or null.</param>
    /// <returns>Null if the caller has to read it, perhaps only to meet a contradiction.</returns>
    internal static PreparedIndex? TakeIndex(LazySource source, WorkAhead? ahead)
    {
        if (TryBegin(ref source.Preparation))
            return null;
        Await(ref source.Preparation, ahead);
        PreparedIndex? index = source.Index;
        source.Index = null;
        return index;
    }

    // Helpers go through the items ahead of the pass; what they have not begun when it ends, nobody needs.
    private static void RunBeside(int count, ObjectSet loaded, LinkOptions options, Action pass, Action<int> prepare)
    {
        var ahead = new WorkAhead(count, prepare);
        void PrepareAll()
        {
            while (ahead.TryOne())
            {
            }
        }

        Crew.RunBeside(options.ThreadCount, PrepareAll, () =>
        {
            loaded.Ahead = ahead;
            pass();
            loaded.Ahead = null;
            ahead.Stop();
        });
    }

    /// <summary>Has an object checked and its global names hashed, by whoever has begun it or by the caller.</summary>
    /// <param name="file">The object.</param>
    /// <param name="scratch">Takes the names if the caller does it.</param>
    /// <param name="ahead">What else there is to prepare, or null.</param>
    /// <param name="sink">Takes what is wrong with it.</param>
    /// <returns>The names; null after an error was reported.</returns>
    internal static NativeList<HashedName>? Finish(ObjectFile file, NativeList<HashedName> scratch, WorkAhead? ahead, DiagnosticSink sink)
    {
        Crew.StayApart();
        if (TryBegin(ref file.Preparation))
        {
            scratch.Truncate(0);
            Prepare(file, scratch);
        }

        Await(ref file.Preparation, ahead);
        if (file.Problem is { } problem)
            ObjectParser.Report(file, problem, sink);
        return file.HashedNames;
    }

    private static bool TryBegin(ref int preparation) =>
        Interlocked.CompareExchange(ref preparation, ObjectFile.BeingPrepared, ObjectFile.Unprepared) == ObjectFile.Unprepared;

    private static void Await(ref int preparation, WorkAhead? ahead)
    {
        var wait = new SpinWait();
        while (Volatile.Read(ref preparation) != ObjectFile.Prepared)
        {
            if (ahead is null || !ahead.TryOne())
                wait.SpinOnce(sleep1Threshold: -1);
        }
    }

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
            file.HasVersions |= name.Span.Contains((byte)'@');
        }
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
        try
        {
            if (source.Reader is not { IndexKind: not ArchiveMemberKind.File } reader)
                return;
            var index = new PreparedIndex();
            reader.ReadIndex((name, hash, offset) =>
            {
                index.Names.Add(new HashedName(name, hash));
                index.Offsets.Add(offset);
            });
            source.Index = index;
        }
        catch (FormatException)
        {
            // The pass meets the same contradiction and reports it.
        }
        finally
        {
            Volatile.Write(ref source.Preparation, ObjectFile.Prepared);
        }
    }
}
