// The objects that take part in the link so far, and their names: every global name of an object enters the table once, and says there
// what the object makes of it. A name that turns out to be asked for while only an archive or a lazy object has it is put in a queue.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Symbols;

/// <summary>The loaded objects, and the queue of names that more objects may be loaded for.</summary>
internal sealed class ObjectSet(SymbolTable symbols, SymbolNameRules names, DiagnosticSink sink) : IDisposable
{
    private readonly NativeList<HashedName> _hashedNames = new();

    /// <summary>The objects in the order in which they were met.</summary>
    internal List<ObjectFile> Objects { get; } = [];

    /// <summary>Ids of names that are asked for and that a lazy source may define.</summary>
    internal Queue<int> Wanted { get; } = new();

    /// <summary>What may be prepared while a pass over objects or archives would have to wait; null for nothing.</summary>
    internal WorkAhead? Ahead { get; set; }

    /// <summary>Takes an object and its names.</summary>
    /// <returns>The object; null if it is malformed, which was reported.</returns>
    internal ObjectFile? Add(ObjectFile file)
    {
        if (NamePreparation.Finish(file, _hashedNames, Ahead, sink) is not { } hashedNames)
            return null;
        Objects.Add(file);
        AddNames(file, hashedNames.Span);
        file.HashedNames = null;
        if (hashedNames != _hashedNames)
            hashedNames.Dispose();
        return file;
    }

    /// <summary>Puts the objects into command-line order and numbers them.</summary>
    /// <returns>The objects.</returns>
    internal List<ObjectFile> InOrder()
    {
        Objects.Sort((a, b) => a.Priority.CompareTo(b.Priority));
        for (int i = 0; i < Objects.Count; i++)
            Objects[i].Index = i;
        return Objects;
    }

    /// <inheritdoc/>
    public void Dispose() => _hashedNames.Dispose();

    private void AddNames(ObjectFile file, ReadOnlySpan<HashedName> hashedNames)
    {
        ReadOnlySpan<Elf64_Sym> entries = file.Symbols;
        symbols.Names.Expect(file.GlobalCount);
        file.GlobalBase = symbols.GlobalIds.Count;
        Span<int> ids = symbols.GlobalIds.AddZeroed(file.GlobalCount);
        bool mayBeOther = file.HasVersions || names.RedirectReferences;
        for (int i = 0; i < ids.Length; i++)
        {
            symbols.PrefetchAhead(hashedNames, i);
            ref readonly Elf64_Sym entry = ref entries[file.FirstGlobal + i];
            int id = symbols.Intern(mayBeOther ? TableName(hashedNames[i], entry) : hashedNames[i]);
            ids[i] = id;
            AddName(ref symbols[id], id, entry);
        }
    }

    private HashedName TableName(in HashedName name, in Elf64_Sym entry)
    {
        NativeBytes mapped = entry.st_shndx == SHN_UNDEF ? names.Reference(name.Name) : names.Definition(name.Name);
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
            Wanted.Enqueue(id);
    }
}
