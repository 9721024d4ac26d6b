// Archives and lazy objects: the names that they offer enter the table as lazy ones, and a member is loaded when a strong reference asks
// for a name that only it defines. Which member that is follows from the order of the sources alone.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Inputs;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Symbols;

/// <summary>Loads members of archives, and lazy objects, on demand.</summary>
internal sealed class LazyObjects(InputSet inputs, LinkOptions options, DiagnosticSink sink, SymbolTable symbols, SymbolNameRules names, ObjectSet loaded)
{
    private readonly List<LazySource> _sources = [];
    private readonly BackReferences? _backReferences = BackReferences.For(inputs, options);
    private readonly MemberLoader _members = new(inputs, options, sink, loaded);
    private int _nextSource;

    /// <summary>Reports members that stand before what asks for them, if that was asked for.</summary>
    internal void ReportBackReferences() => _backReferences?.Report(sink);

    /// <summary>Takes an archive or a lazy object; with --whole-archive, all members at once.</summary>
    /// <param name="input">The archive or object.</param>
    /// <param name="priority">Its position on the command line, in the upper bits.</param>
    internal void Add(Input input, long priority)
    {
        bool isArchive = input.File.Kind is FileKind.Archive or FileKind.ThinArchive;
        try
        {
            ArchiveReader? reader = isArchive ? new ArchiveReader(input.File.Bytes, input.File.Kind == FileKind.ThinArchive) : null;
            var source = new LazySource(input.File, priority) { Reader = reader };
            inputs.Log?.Archives.Add(source);
            if (input.WholeArchive)
            {
                foreach (ArchiveMember member in source.Members())
                    _members.Load(source, member, isAskedFor: false);
            }
            else
            {
                _sources.Add(source);
            }
        }
        catch (FormatException problem)
        {
            sink.Error(DiagnosticId.MalformedInput, $"{input.File.Path}: {problem.Message}");
        }
    }

    /// <summary>Puts the names that new sources offer into the table.</summary>
    internal void AddNames()
    {
        NamePreparation.RunAhead(_sources, _nextSource, loaded, options, () =>
        {
            for (; _nextSource < _sources.Count; _nextSource++)
                AddNames(_nextSource);
        });
    }

    private void AddNames(int sourceIndex)
    {
        LazySource source = _sources[sourceIndex];
        try
        {
            if (source.Reader is { IndexKind: not ArchiveMemberKind.File } && !inputs.IgnoresIndices)
                AddIndex(sourceIndex, source);
            else
                ScanMembers(sourceIndex);
        }
        catch (FormatException problem)
        {
            sink.Error(DiagnosticId.MalformedInput, $"{source.File.Path}: {problem.Message}");
        }
    }

    private void AddIndex(int sourceIndex, LazySource source)
    {
        symbols.Names.Expect((int)(source.Reader!.Index.Length / 40));
        using PreparedIndex? index = NamePreparation.TakeIndex(source, loaded.Ahead);
        if (index is { Names.Count: > 0 })
        {
            for (int i = 0; i < index.Names.Count; i++)
            {
                symbols.PrefetchAhead(index.Names.Span, i);
                AddLazyName(symbols.Intern(index.Names[i]), sourceIndex, index.Offsets[i]);
            }

            return;
        }

        bool isEmpty = true;
        source.Reader.ReadIndex((name, hash, offset) =>
        {
            isEmpty = false;
            AddLazyName(symbols.Intern(new HashedName(name, hash)), sourceIndex, offset);
        });

        // ar writes an empty index when it cannot read the members (bitcode tools, foreign ar).
        if (isEmpty)
            ScanMembers(sourceIndex);
    }

    /// <summary>Takes the names from the members' symbol tables: for archives without an index, or with one that lies.</summary>
    private void ScanMembers(int sourceIndex)
    {
        LazySource source = _sources[sourceIndex];
        source.IsScanned = true;
        foreach (ArchiveMember member in source.Members())
        {
            if (_members.Probe(source, member) is not { } probe)
                continue;
            ReadOnlySpan<Elf64_Sym> entries = probe.Symbols;
            for (int i = probe.FirstGlobal; i < entries.Length; i++)
            {
                if (entries[i].st_shndx != SHN_UNDEF)
                    AddLazyName(symbols.Intern(names.Definition(probe.SymbolName(entries[i]))), sourceIndex, member.Offset);
            }
        }
    }

    private void AddLazyName(int id, int sourceIndex, long offset)
    {
        inputs.Log?.AddLazy(_sources[sourceIndex], symbols.NameOf(id));
        _backReferences?.AddLazy(id, _sources[sourceIndex]);
        ref Symbol symbol = ref symbols[id];
        if ((symbol.Flags & (SymbolFlags.HasLazy | SymbolFlags.HasDefinition)) != 0)
            return;
        symbol.Flags |= SymbolFlags.HasLazy;
        symbol.File = sourceIndex;
        symbol.Value = (ulong)offset;
        if ((symbol.Flags & (SymbolFlags.Referenced | SymbolFlags.Root | SymbolFlags.HasCommon)) != 0)
            loaded.Wanted.Enqueue(id);
    }

    /// <summary>Loads what defines the names in the queue, and what that asks for in turn.</summary>
    internal void ExtractWanted()
    {
        // Of few names helpers would have nothing to run ahead with.
        const int Few = 4;
        while (loaded.Wanted.Count > 0)
        {
            if (loaded.Wanted.Count < Few || options.ThreadCount == 1)
                ExtractQueue();
            else
                NamePreparation.RunAhead(WantedMembers(), loaded, options, ExtractQueue);
        }
    }

    private void ExtractQueue()
    {
        for (int left = loaded.Wanted.Count; left > 0; left--)
            ExtractIfLazy(loaded.Wanted.Dequeue());
    }

    // All members that the names in the queue ask for.
    private List<ObjectFile> WantedMembers()
    {
        var asked = new List<(LazySource Source, long Offset)>();
        var known = new HashSet<(LazySource Source, long Offset)>();
        foreach (int id in loaded.Wanted)
        {
            ref readonly Symbol symbol = ref symbols[id];
            if ((symbol.Flags & (SymbolFlags.HasLazy | SymbolFlags.HasDefinition | SymbolFlags.HasCommon)) != SymbolFlags.HasLazy)
                continue;
            LazySource source = _sources[symbol.File];
            long offset = (long)symbol.Value;
            if (source.File.Kind != FileKind.ThinArchive && !source.Loaded.ContainsKey(offset) && !source.Prepared.ContainsKey(offset) && known.Add((source, offset)))
                asked.Add((source, offset));
        }

        var members = new List<ObjectFile>(asked.Count);
        ObjectFile?[] objects = ReadMembers(asked);
        for (int i = 0; i < objects.Length; i++)
        {
            if (objects[i] is { } file)
                members.Add(asked[i].Source.Prepared[asked[i].Offset] = file);
        }

        return members;
    }

    // The first look at a member is a page fault, which threads can wait for together.
    private ObjectFile?[] ReadMembers(List<(LazySource Source, long Offset)> asked)
    {
        var objects = new ObjectFile?[asked.Count];
        ParallelRanges.For(objects.Length, 32, options.ThreadCount, (first, last) =>
        {
            for (int i = first; i < last; i++)
                objects[i] = TryObject(asked[i].Source, asked[i].Offset);
        });
        return objects;
    }

    private static ObjectFile? TryObject(LazySource source, long offset)
    {
        try
        {
            ArchiveMember member = source.Member(offset);
            return FileKinds.Identify(member.Contents.Span) == FileKind.Object ? MemberLoader.NewObject(source, member, member.Contents) : null;
        }
        catch (FormatException)
        {
            // Reported when the member's turn comes.
            return null;
        }
    }

    private void ExtractIfLazy(int id)
    {
        Symbol symbol = symbols[id];
        if ((symbol.Flags & (SymbolFlags.HasLazy | SymbolFlags.HasDefinition)) != SymbolFlags.HasLazy)
            return;
        LazySource source = _sources[symbol.File];
        try
        {
            Extract(source, id, symbol);
        }
        catch (FormatException problem)
        {
            sink.Error(DiagnosticId.MalformedInput, $"{source.File.Path}: {problem.Message}");
        }
    }

    private void Extract(LazySource source, int id, Symbol symbol)
    {
        long offset = (long)symbol.Value;
        ArchiveMember member = source.Member(offset);

        // A COMMON symbol extracts a member that defines it as data, not one that only holds another COMMON.
        bool isCommon = (symbol.Flags & SymbolFlags.HasCommon) != 0;
        if (isCommon && !(options.FortranCommon && DefinesAsData(source, member, id)))
            return;

        bool isNew = !source.Loaded.ContainsKey(offset);
        if (isNew)
        {
            inputs.Log?.AddExtraction(loaded.Objects, symbols, id, source, member.Name);
            _backReferences?.AddExtraction(loaded.Objects, symbols, id, source, member.Name.ToString());
        }

        _members.Load(source, member, isAskedFor: true);
        if (isNew && !source.IsScanned && (symbols[id].Flags & (SymbolFlags.HasDefinition | SymbolFlags.HasCommon)) == 0)
        {
            // The index promised a definition that the member does not hold: the members' own tables decide.
            symbols[id].Flags &= ~SymbolFlags.HasLazy;
            ScanMembers(_sources.IndexOf(source));
        }
    }

    private bool DefinesAsData(LazySource source, ArchiveMember member, int id)
    {
        if (_members.Probe(source, member) is not { } probe)
            return false;
        foreach (ref readonly Elf64_Sym symbol in probe.Symbols[probe.FirstGlobal..])
        {
            if (symbol.st_shndx is not (SHN_UNDEF or SHN_COMMON or SHN_X86_64_LCOMMON) && probe.SymbolName(symbol).SequenceEqual(symbols.NameOf(id)))
                return true;
        }

        return false;
    }
}
