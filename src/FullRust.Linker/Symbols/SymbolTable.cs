// All global names of the link: one id each, one row each. The ids of an object's global symbols stand in one flat array, at the
// object's GlobalBase.

using System;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;
using FullRust.Linker.Objects;

namespace FullRust.Linker.Symbols;

/// <summary>The global names, their rows, and the ids of every object's global symbols.</summary>
internal sealed class SymbolTable : IDisposable
{
    /// <summary>Name ↔ id.</summary>
    internal NameTable Names { get; } = new(1024);

    /// <summary>One row per id.</summary>
    internal NativeList<Symbol> Rows { get; } = new(1024);

    /// <summary>Ids of the objects' global symbols, object by object.</summary>
    internal NativeList<int> GlobalIds { get; } = new(1024);

    /// <summary>Final addresses by id; filled by layout.</summary>
    internal NativeList<ulong> Addresses { get; } = new();

    /// <summary>The number of names.</summary>
    internal int Count => Rows.Count;

    /// <summary>A row by id.</summary>
    internal ref Symbol this[int id] => ref Rows[id];

    /// <summary>The id of a name; a new name gets an empty row.</summary>
    internal int Intern(NativeBytes name) => Intern(new HashedName(name, ByteHash.Compute(name.Span)));

    /// <summary>The id of a name whose hash is known.</summary>
    internal int Intern(HashedName name)
    {
        int id = Names.GetOrAdd(name.Name, name.Hash, out bool isNew);
        if (isNew)
            Rows.Add(new Symbol { File = -1 });
        return id;
    }

    /// <summary>The id of a name, or -1.</summary>
    internal int Find(ReadOnlySpan<byte> name) => Names.Find(name);

    /// <summary>The id of an object's global symbol.</summary>
    internal int IdOf(ObjectFile file, int symbolIndex) => GlobalIds[file.GlobalBase + symbolIndex - file.FirstGlobal];

    /// <summary>The name of an id.</summary>
    internal NativeBytes NameOf(int id) => Names[id];

    /// <inheritdoc/>
    public void Dispose()
    {
        Names.Dispose();
        Rows.Dispose();
        GlobalIds.Dispose();
        Addresses.Dispose();
    }
}
