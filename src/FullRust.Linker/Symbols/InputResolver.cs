// Phase "resolve symbols", first half: which objects take part. Everything named on the command line does; archive members and lazy
// objects join when a strong reference asks for a name that only they define, until nothing changes. Only names are looked at:
// which definition wins is decided afterwards (DefinitionChooser), when the set of objects is fixed and COMDAT losers are known.

using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Inputs;
using FullRust.Linker.Objects;
using FullRust.Linker.Scripts;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Symbols;

internal sealed class InputResolver
{
    private readonly InputSet _inputs;
    private readonly LinkOptions _options;
    private readonly DiagnosticSink _sink;
    private readonly SymbolTable _symbols;
    private readonly List<ObjectFile> _objects = [];
    private readonly List<LazySource> _lazySources = [];
    private readonly Queue<int> _wanted = new();
    private readonly HashSet<string> _dependentLibraries = [];
    private readonly Dictionary<int, ObjectFile> _preparedInputs = [];
    private int _nextInput, _nextLazySource, _nextObject;
    private readonly SymbolNameRules _names;
    private readonly BackReferences? _backReferences;
    private readonly AssignedSymbols _assigned;

    private InputResolver(InputSet inputs, LinkOptions options, DiagnosticSink sink, SymbolTable symbols, SymbolNameRules names, AssignedSymbols assigned)
    {
        _inputs = inputs;
        _backReferences = BackReferences.For(inputs, options);
        _assigned = assigned;
        _options = options;
        _sink = sink;
        _symbols = symbols;
        _names = names;
    }

    /// <summary>Loads all objects that take part.</summary>
    /// <param name="inputs">The opened inputs.</param>
    /// <param name="options">Roots, wrapped names.</param>
    /// <param name="sink">Takes malformed inputs.</param>
    /// <param name="symbols">Receives every name.</param>
    /// <param name="names">How names of inputs become names of the table.</param>
    /// <param name="assigned">Names that options and scripts define.</param>
    /// <returns>The objects by priority, <see cref="ObjectFile.Index"/> set.</returns>
    internal static List<ObjectFile> Load(InputSet inputs, LinkOptions options, DiagnosticSink sink, SymbolTable symbols, SymbolNameRules names, AssignedSymbols assigned)
    {
        var resolver = new InputResolver(inputs, options, sink, symbols, names, assigned);
        resolver.AddInputs();
        resolver.AddRoots();
        resolver.AddLazyNames();
        resolver.WantMatches();
        do
        {
            resolver.ExtractWanted();
            resolver.AddDependentLibraries();
        }
        while (assigned.WantProvided(symbols, resolver.Want) || resolver._wanted.Count > 0);
        resolver._backReferences?.Report(sink);
        resolver._objects.Sort((a, b) => a.Priority.CompareTo(b.Priority));
        for (int i = 0; i < resolver._objects.Count; i++)
            resolver._objects[i].Index = i;
        return resolver._objects;
    }

    private void AddInputs()
    {
        PrepareInputs();
        for (; _nextInput < _inputs.Inputs.Count; _nextInput++)
        {
            int i = _nextInput;
            Input input = _inputs.Inputs[i];
            long priority = (long)(i + 1) << 40;
            if (input.File.Kind == FileKind.Object && !input.IsLazy)
                AddObject(_preparedInputs.GetValueOrDefault(i) ?? NewObject(input.File, default, input.File.Bytes, priority));
            else
                AddLazySource(input, priority);
        }
    }

    private void PrepareInputs()
    {
        var objects = new List<ObjectFile>();
        for (int i = _nextInput; i < _inputs.Inputs.Count; i++)
        {
            Input input = _inputs.Inputs[i];
            if (input.File.Kind != FileKind.Object || input.IsLazy)
                continue;
            objects.Add(NewObject(input.File, default, input.File.Bytes, (long)(i + 1) << 40));
            _preparedInputs[i] = objects[^1];
        }

        NamePreparation.Prepare(objects, _options, _sink);
    }

    private void AddLazySource(Input input, long priority)
    {
        bool isArchive = input.File.Kind is FileKind.Archive or FileKind.ThinArchive;
        try
        {
            ArchiveReader? reader = isArchive ? new ArchiveReader(input.File.Bytes, input.File.Kind == FileKind.ThinArchive) : null;
            var source = new LazySource(input.File, priority) { Reader = reader };
            _inputs.Log?.Archives.Add(source);
            if (input.WholeArchive)
            {
                foreach (ArchiveMember member in source.Members())
                    LoadMember(source, member, isAskedFor: false);
            }
            else
            {
                _lazySources.Add(source);
            }
        }
        catch (FormatException problem)
        {
            _sink.Error(DiagnosticId.MalformedInput, $"{input.File.Path}: {problem.Message}");
        }
    }

    private void AddRoots()
    {
        if (_options.OutputKind != OutputKind.Relocatable || _options.Entry is not null)
            Want(EntryPoint.NameOf(_options, _inputs.Script));
        _assigned.Declare(_symbols, _names, Want);
        foreach (string name in _options.UndefinedSymbols)
            Want(name);
        foreach (string name in _options.RequiredSymbols)
            Want(name);
        foreach (string name in _inputs.Script.ExternSymbols)
            Want(name);

        // The default names are roots where they exist and nothing more: hardly a program has them.
        if (_options.InitSymbol != "_init")
            Want(_options.InitSymbol);
        if (_options.FiniSymbol != "_fini")
            Want(_options.FiniSymbol);
    }

    private void Want(string name)
    {
        int id = _symbols.Intern(_names.Persist(name));
        ref Symbol symbol = ref _symbols[id];
        if (name != EntryPoint.NameOf(_options, _inputs.Script))
            symbol.Flags |= SymbolFlags.Referenced;
        symbol.Flags |= SymbolFlags.Root;
        if ((symbol.Flags & SymbolFlags.HasDefinition) == 0)
            _wanted.Enqueue(id);
    }

    // --undefined-glob: whatever an archive or a loaded object defines under a name that matches.
    private void WantMatches()
    {
        foreach (string pattern in _options.UndefinedGlobs)
        {
            var glob = new Glob(pattern);
            for (int id = 0; id < _symbols.Count; id++)
            {
                ref Symbol symbol = ref _symbols[id];
                if ((symbol.Flags & (SymbolFlags.HasLazy | SymbolFlags.HasDefinition | SymbolFlags.HasCommon)) == 0 || !glob.Matches(_symbols.NameOf(id).Span))
                    continue;
                symbol.Flags |= SymbolFlags.Referenced | SymbolFlags.Root;
                if ((symbol.Flags & SymbolFlags.HasLazy) != 0)
                    _wanted.Enqueue(id);
            }
        }
    }

    // .deplibs names libraries as "#pragma comment(lib, ...)" wrote them (LLVM "Extensions"); they come behind all other inputs.
    private void AddDependentLibraries()
    {
        if (!_options.DependentLibraries || _options.OutputKind == OutputKind.Relocatable)
            return;
        for (; _nextObject < _objects.Count; _nextObject++)
        {
            ObjectFile file = _objects[_nextObject];
            if (file.DependentLibraries == 0)
                continue;
            foreach (string library in Encoding.UTF8.GetString(file.SectionBytes(file.DependentLibraries).Span).Split('\0', StringSplitOptions.RemoveEmptyEntries))
            {
                if (_dependentLibraries.Add(library))
                    InputLoader.LoadDependent(_inputs, library, file.DisplayName, _options, _sink);
            }
        }

        AddInputs();
        AddLazyNames();
    }

    private void AddLazyNames()
    {
        NamePreparation.Prepare(_lazySources, _nextLazySource, _options);
        for (; _nextLazySource < _lazySources.Count; _nextLazySource++)
        {
            int i = _nextLazySource;
            LazySource source = _lazySources[i];
            try
            {
                if (source.Reader is { IndexKind: not ArchiveMemberKind.File } && !_inputs.IgnoresIndices)
                    AddIndex(i, source);
                else
                    ScanMembers(i);
            }
            catch (FormatException problem)
            {
                _sink.Error(DiagnosticId.MalformedInput, $"{source.File.Path}: {problem.Message}");
            }
        }
    }

    private void AddIndex(int sourceIndex, LazySource source)
    {
        _symbols.Names.Expect((int)(source.Reader!.Index.Length / 40));
        if (source.IndexEntries is { Count: > 0 } entries)
        {
            foreach (ref readonly IndexEntry entry in entries.Span)
                AddLazyName(_symbols.Intern(entry.Name), sourceIndex, entry.Offset);
            entries.Dispose();
            source.IndexEntries = null;
            return;
        }

        bool isEmpty = true;
        source.Reader.ReadIndex((name, hash, offset) =>
        {
            isEmpty = false;
            AddLazyName(_symbols.Intern(new HashedName(name, hash)), sourceIndex, offset);
        });

        // ar writes an empty index when it cannot read the members (bitcode tools, foreign ar).
        if (isEmpty)
            ScanMembers(sourceIndex);
    }

    /// <summary>Takes the names from the members' symbol tables: for archives without an index, or with one that lies.</summary>
    private void ScanMembers(int sourceIndex)
    {
        LazySource source = _lazySources[sourceIndex];
        source.IsScanned = true;
        foreach (ArchiveMember member in source.Members())
        {
            NativeBytes bytes = MemberBytes(source, member);
            if (FileKinds.Identify(bytes.Span) != FileKind.Object)
                continue;
            var probe = NewObject(source.File, member.Name, bytes, source.Priority + member.Offset);
            if (!ObjectParser.Parse(probe, _sink))
                continue;
            ReadOnlySpan<Elf64_Sym> symbols = probe.Symbols;
            for (int i = probe.FirstGlobal; i < symbols.Length; i++)
            {
                if (symbols[i].st_shndx != SHN_UNDEF)
                    AddLazyName(_symbols.Intern(_names.Definition(probe.SymbolName(symbols[i]))), sourceIndex, member.Offset);
            }
        }
    }

    private void AddLazyName(int id, int sourceIndex, long offset)
    {
        _inputs.Log?.AddLazy(_lazySources[sourceIndex], _symbols.NameOf(id));
        _backReferences?.AddLazy(id, _lazySources[sourceIndex]);
        ref Symbol symbol = ref _symbols[id];
        if ((symbol.Flags & (SymbolFlags.HasLazy | SymbolFlags.HasDefinition)) != 0)
            return;
        symbol.Flags |= SymbolFlags.HasLazy;
        symbol.File = sourceIndex;
        symbol.Value = (ulong)offset;
        if ((symbol.Flags & (SymbolFlags.Referenced | SymbolFlags.Root | SymbolFlags.HasCommon)) != 0)
            _wanted.Enqueue(id);
    }

    private void ExtractWanted()
    {
        while (_wanted.Count > 0)
        {
            PrepareWanted();
            for (int left = _wanted.Count; left > 0; left--)
                ExtractIfLazy(_wanted.Dequeue());
        }
    }

    // All members that the names in the queue ask for, ahead of their turn.
    private void PrepareWanted()
    {
        var members = new List<ObjectFile>();
        foreach (int id in _wanted)
        {
            ref readonly Symbol symbol = ref _symbols[id];
            if ((symbol.Flags & (SymbolFlags.HasLazy | SymbolFlags.HasDefinition | SymbolFlags.HasCommon)) != SymbolFlags.HasLazy)
                continue;
            LazySource source = _lazySources[symbol.File];
            long offset = (long)symbol.Value;
            if (source.File.Kind == FileKind.ThinArchive || source.Loaded.ContainsKey(offset) || source.Prepared.ContainsKey(offset))
                continue;
            if (TryMember(source, offset, out ArchiveMember member) && FileKinds.Identify(member.Contents.Span) == FileKind.Object)
                members.Add(source.Prepared[offset] = NewObject(source.File, member.Name, member.Contents, source.Priority + offset));
        }

        NamePreparation.Prepare(members, _options, _sink);
    }

    private static bool TryMember(LazySource source, long offset, out ArchiveMember member)
    {
        try
        {
            member = source.Member(offset);
            return true;
        }
        catch (FormatException)
        {
            // Reported when the member's turn comes.
            member = default;
            return false;
        }
    }

    private void ExtractIfLazy(int id)
    {
        Symbol symbol = _symbols[id];
        if ((symbol.Flags & (SymbolFlags.HasLazy | SymbolFlags.HasDefinition)) != SymbolFlags.HasLazy)
            return;
        LazySource source = _lazySources[symbol.File];
        try
        {
            Extract(source, id, symbol);
        }
        catch (FormatException problem)
        {
            _sink.Error(DiagnosticId.MalformedInput, $"{source.File.Path}: {problem.Message}");
        }
    }

    private void Extract(LazySource source, int id, Symbol symbol)
    {
        long offset = (long)symbol.Value;
        ArchiveMember member = source.Member(offset);

        // A COMMON symbol extracts a member that defines it as data, not one that only holds another COMMON.
        bool isCommon = (symbol.Flags & SymbolFlags.HasCommon) != 0;
        if (isCommon && !(_options.FortranCommon && DefinesAsData(source, member, id)))
            return;

        bool isNew = !source.Loaded.ContainsKey(offset);
        if (isNew)
        {
            _inputs.Log?.AddExtraction(_objects, _symbols, id, source, member.Name);
            _backReferences?.AddExtraction(_objects, _symbols, id, source, member.Name.ToString());
        }

        LoadMember(source, member, isAskedFor: true);
        if (isNew && !source.IsScanned && (_symbols[id].Flags & (SymbolFlags.HasDefinition | SymbolFlags.HasCommon)) == 0)
        {
            // The index promised a definition that the member does not hold: the members' own tables decide.
            _symbols[id].Flags &= ~SymbolFlags.HasLazy;
            ScanMembers(_lazySources.IndexOf(source));
        }
    }

    private bool DefinesAsData(LazySource source, ArchiveMember member, int id)
    {
        NativeBytes bytes = MemberBytes(source, member);
        if (FileKinds.Identify(bytes.Span) != FileKind.Object)
            return false;
        var probe = NewObject(source.File, member.Name, bytes, 0);
        if (!ObjectParser.Parse(probe, _sink))
            return false;
        foreach (ref readonly Elf64_Sym symbol in probe.Symbols[probe.FirstGlobal..])
        {
            if (symbol.st_shndx is not (SHN_UNDEF or SHN_COMMON or SHN_X86_64_LCOMMON) && probe.SymbolName(symbol).SequenceEqual(_symbols.NameOf(id)))
                return true;
        }

        return false;
    }

    private void LoadMember(LazySource source, ArchiveMember member, bool isAskedFor)
    {
        if (source.Loaded.ContainsKey(member.Offset))
            return;
        NativeBytes bytes = MemberBytes(source, member);
        FileKind kind = FileKinds.Identify(bytes.Span);
        ObjectFile? loaded = null;
        if (kind == FileKind.Object)
            loaded = AddObject(source.Prepared.Remove(member.Offset, out ObjectFile? prepared) ? prepared : NewObject(source.File, member.Name, bytes, source.Priority + member.Offset));
        else if (kind == FileKind.Bitcode)
            _sink.Error(DiagnosticId.Bitcode, $"{source.File.Path}({member.Name}) holds compiler bitcode and no machine code", GuardRail.BitcodeAdvice.Notes);
        else if (kind is FileKind.ForeignElf or FileKind.SharedObject)
            _sink.Error(DiagnosticId.IncompatibleInput, $"{source.File.Path}({member.Name}) is incompatible with elf64-x86-64: it is {FileKinds.DescribeForeign(bytes.Span)}");
        else if (isAskedFor)
            _sink.Error(DiagnosticId.MalformedInput, $"{source.File.Path}({member.Name}): the archive's index names it, but it is no object");
        source.Loaded[member.Offset] = loaded;
    }

    private NativeBytes MemberBytes(LazySource source, ArchiveMember member)
    {
        if (source.File.Kind != FileKind.ThinArchive)
            return member.Contents;
        string name = Encoding.UTF8.GetString(member.Name.Span);
        string path = Path.IsPathRooted(name) ? name : Path.Combine(Path.GetDirectoryName(source.File.Path) ?? "", name);
        return InputLoader.Open(_inputs, path, _options, _sink, source.File.Path)?.Bytes ?? default;
    }

    private static ObjectFile NewObject(InputFile file, NativeBytes memberName, NativeBytes bytes, long priority) =>
        new() { File = file, MemberName = memberName, Bytes = bytes, Priority = priority };

    private ObjectFile? AddObject(ObjectFile file)
    {
        if (file.IsParsed ? file.IsMalformed : !ObjectParser.Parse(file, _sink))
            return null;
        _objects.Add(file);
        AddNames(file);
        return file;
    }

    private void AddNames(ObjectFile file)
    {
        ReadOnlySpan<Elf64_Sym> symbols = file.Symbols;
        using NativeList<HashedName> names = file.HashedNames ?? NamePreparation.HashNames(file);
        file.HashedNames = null;
        _symbols.Names.Expect(file.GlobalCount);
        file.GlobalBase = _symbols.GlobalIds.Count;
        Span<int> ids = _symbols.GlobalIds.AddZeroed(file.GlobalCount);
        for (int i = 0; i < ids.Length; i++)
        {
            _symbols.PrefetchAhead(names.Span, i);
            ref readonly Elf64_Sym entry = ref symbols[file.FirstGlobal + i];
            int id = _symbols.Intern(TableName(names[i], entry));
            ids[i] = id;
            AddName(ref _symbols[id], id, entry);
        }
    }

    private HashedName TableName(in HashedName name, in Elf64_Sym entry)
    {
        NativeBytes mapped = entry.st_shndx == SHN_UNDEF ? _names.Reference(name.Name) : _names.Definition(name.Name);
        return mapped.IsSameRange(name.Name) ? name : new HashedName(mapped, StringHash.Compute(mapped.Span));
    }

    private void AddName(ref Symbol symbol, int id, in Elf64_Sym entry)
    {
        if (entry.st_shndx == SHN_UNDEF)
        {
            symbol.Flags |= entry.Binding == STB_WEAK ? SymbolFlags.WeakReferenced : SymbolFlags.Referenced;
            if (entry.Binding == STB_WEAK)
                return;
        }
        else if (entry.st_shndx is SHN_COMMON or SHN_X86_64_LCOMMON)
        {
            symbol.Flags |= SymbolFlags.HasCommon;
        }
        else
        {
            symbol.Flags |= SymbolFlags.HasDefinition;
            return;
        }

        if ((symbol.Flags & (SymbolFlags.HasLazy | SymbolFlags.HasDefinition)) == SymbolFlags.HasLazy)
            _wanted.Enqueue(id);
    }
}
