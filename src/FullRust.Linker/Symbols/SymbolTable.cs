// All global names of the link: one id each, one row each. The ids of an object's global symbols stand in one flat array, at the
// object's GlobalBase.

using System;
using System.Runtime.CompilerServices;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
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
    internal int Intern(NativeBytes name) => Intern(new HashedName(name, StringHash.Compute(name.Span)));

    /// <summary>The id of a name whose hash is known.</summary>
    internal int Intern(HashedName name)
    {
        int id = Names.GetOrAdd(name.Name, name.Hash, out bool isNew);
        if (isNew)
            Rows.Add(new Symbol { File = -1 });
        return id;
    }

    /// <summary>Fetches ahead what interning a run of names will look at: each step needs what the one before it has fetched.</summary>
    /// <param name="names">The names.</param>
    /// <param name="at">The name that is interned now.</param>
    internal void PrefetchAhead(ReadOnlySpan<HashedName> names, int at)
    {
        const int Distance = 6;
        if (at + (3 * Distance) < names.Length)
            Names.PrefetchSlot(names[at + (3 * Distance)].Hash);
        if (at + (2 * Distance) < names.Length)
            Names.PrefetchRow(names[at + (2 * Distance)].Hash);
        if (at + Distance < names.Length && Names.PrefetchName(names[at + Distance].Hash) is int id and >= 0)
            Rows.Prefetch(id);
    }

    /// <summary>So many relocations ahead their symbols are fetched.</summary>
    internal const int Distance = 8;

    /// <summary>Fetches ahead what is known of a relocation's symbol: a global name's row of a column, or a local symbol's entry.</summary>
    /// <param name="column">A column with a row per name.</param>
    /// <param name="file">The object.</param>
    /// <param name="ids">Its ids.</param>
    /// <param name="symbol">The relocation's symbol; any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Prefetch<T>(NativeList<T> column, ObjectFile file, ReadOnlySpan<int> ids, uint symbol)
        where T : unmanaged
    {
        uint global = symbol - (uint)file.FirstGlobal;
        if (global < (uint)ids.Length)
            column.Prefetch(ids[(int)global]);
        else
            file.SymbolBytes.Prefetch((long)symbol * Elf64_Sym.Size);
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
