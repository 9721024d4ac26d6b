// Which symbols need a slot in the GOT or a stub for an IFUNC, decided while live relocations are scanned, and where those slots
// are. Global symbols carry need bits; the few local symbols with needs stand in a dictionary.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Objects;

namespace FullRust.Linker.Symbols;

/// <summary>The slots of one symbol; -1 for those it does not have.</summary>
internal struct Slots
{
    /// <summary>Index of the GOT slot with the symbol's address.</summary>
    internal int Got;

    /// <summary>Index of the GOT slot with the offset from the thread pointer.</summary>
    internal int GotTp;

    /// <summary>Index of the IFUNC stub, of its slot in the GOT's IFUNC part, and of its IRELATIVE relocation.</summary>
    internal int Iplt;
}

/// <summary>What fills a GOT slot.</summary>
/// <param name="Id">Global symbol, or -1.</param>
/// <param name="File">Object of a local symbol.</param>
/// <param name="LocalIndex">Index of a local symbol.</param>
/// <param name="IsTpOffset">The offset from the thread pointer instead of the address.</param>
internal readonly record struct GotEntry(int Id, int File, int LocalIndex, bool IsTpOffset);

/// <summary>All slots of the link.</summary>
internal sealed class SlotTable : IDisposable
{
    private readonly Dictionary<(int File, int Index), SymbolFlags> _localNeeds = [];
    private readonly Dictionary<(int File, int Index), int> _localSlots = [];

    /// <summary>Slots by row; row 0 stands for "none".</summary>
    internal NativeList<Slots> Rows { get; } = new();

    /// <summary>GOT slots in order.</summary>
    internal List<GotEntry> Got { get; } = [];

    /// <summary>IFUNC stubs in order.</summary>
    internal List<GotEntry> Iplt { get; } = [];

    /// <summary>Whether code refers to the GOT's own address.</summary>
    internal bool UsesGotBase { get; set; }

    /// <summary>Notes what a local symbol needs. Thread-safe.</summary>
    internal void NeedLocal(int file, int index, SymbolFlags needs)
    {
        lock (_localNeeds)
        {
            _localNeeds.TryGetValue((file, index), out SymbolFlags known);
            _localNeeds[(file, index)] = known | needs;
        }
    }

    /// <summary>Whether a local symbol's IFUNC stub is its address.</summary>
    internal bool IsCanonicalLocal(int file, int index) =>
        _localNeeds.TryGetValue((file, index), out SymbolFlags needs) && (needs & SymbolFlags.CanonicalIplt) != 0;

    /// <summary>The row of a local symbol's slots; 0 for none.</summary>
    internal int LocalSlots(int file, int index) => _localSlots.GetValueOrDefault((file, index));

    /// <summary>Gives every need a slot: global symbols by id, then locals by object and index.</summary>
    internal void Allocate(SymbolTable symbols)
    {
        Rows.Add(new Slots { Got = -1, GotTp = -1, Iplt = -1 });
        for (int id = 0; id < symbols.Count; id++)
        {
            const SymbolFlags Needs = SymbolFlags.NeedsGot | SymbolFlags.NeedsGotTp | SymbolFlags.NeedsIplt;
            if ((symbols[id].Flags & Needs) != 0)
                symbols[id].Slots = Add(symbols[id].Flags, new GotEntry(id, -1, -1, false));
        }

        var locals = new List<(int File, int Index)>(_localNeeds.Keys);
        locals.Sort();
        foreach ((int file, int index) in locals)
            _localSlots[(file, index)] = Add(_localNeeds[(file, index)], new GotEntry(-1, file, index, false));
    }

    /// <inheritdoc/>
    public void Dispose() => Rows.Dispose();

    private int Add(SymbolFlags needs, GotEntry entry)
    {
        var slots = new Slots { Got = -1, GotTp = -1, Iplt = -1 };
        if ((needs & SymbolFlags.NeedsIplt) != 0)
        {
            slots.Iplt = Iplt.Count;
            Iplt.Add(entry);
        }

        // An IFUNC whose address nobody takes directly is loaded from the slot that IRELATIVE fills.
        if ((needs & SymbolFlags.NeedsGot) != 0 && ((needs & SymbolFlags.NeedsIplt) == 0 || (needs & SymbolFlags.CanonicalIplt) != 0))
        {
            slots.Got = Got.Count;
            Got.Add(entry);
        }

        if ((needs & SymbolFlags.NeedsGotTp) != 0)
        {
            slots.GotTp = Got.Count;
            Got.Add(entry with { IsTpOffset = true });
        }

        return Rows.Add(slots);
    }
}
