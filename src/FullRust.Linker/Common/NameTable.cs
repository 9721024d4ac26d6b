// Bytes → small consecutive ids, by open addressing. A slot is eight bytes, so that a probe of an absent name touches one cache
// line; the names themselves stay where the inputs have them. The half of a hash that a slot keeps decides its place too, so that a table
// grows from its slots alone.

using System;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Common;

/// <summary>Maps names to ids 0, 1, 2 … in the order of their first appearance. Not thread-safe.</summary>
internal sealed class NameTable : IDisposable
{
    private readonly NativeList<NativeBytes> _names = new();
    private NativeList<Slot> _slots = new();
    private uint _mask;

    /// <summary>Makes a table.</summary>
    /// <param name="expected">Names to make room for.</param>
    internal NameTable(int expected = 0) => Resize(Math.Max(64, expected));

    private struct Slot
    {
        internal uint Tag;
        internal int IdPlusOne;
    }

    /// <summary>The number of names.</summary>
    internal int Count => _names.Count;

    /// <summary>The name of an id.</summary>
    internal NativeBytes this[int id] => _names[id];

    /// <summary>Makes room for more names, so that the table does not grow step by step.</summary>
    internal void Expect(int more)
    {
        if ((_names.Count + (long)more) * 2 > _slots.Count)
            Resize((int)Math.Min(_names.Count + (long)more, 1 << 29));
    }

    /// <summary>Keeps room for as many names, all of them different, without touching it.</summary>
    internal void Reserve(int names) => _names.Reserve(names);

    /// <summary>The id of a name, which is added if it is new.</summary>
    internal int GetOrAdd(NativeBytes name, ulong hash, out bool isNew)
    {
        if ((long)_names.Count * 2 >= _slots.Count)
            Resize(_names.Count * 2);

        uint tag = TagOf(hash);
        Span<Slot> slots = _slots.Span;
        for (uint at = tag & _mask; ; at = (at + 1) & _mask)
        {
            ref Slot slot = ref slots[(int)at];
            if (slot.IdPlusOne == 0)
            {
                int id = _names.Add(name);
                slot = new Slot { Tag = tag, IdPlusOne = id + 1 };
                isNew = true;
                return id;
            }

            if (slot.Tag == tag && _names[slot.IdPlusOne - 1].SequenceEqual(name))
            {
                isNew = false;
                return slot.IdPlusOne - 1;
            }
        }
    }

    /// <summary>First step of fetching ahead what <see cref="GetOrAdd"/> will look at: the slot.</summary>
    internal void PrefetchSlot(ulong hash) => _slots.Prefetch((int)(TagOf(hash) & _mask));

    /// <summary>Second step, when the slot is there: the row of the name that is probably the same.</summary>
    internal void PrefetchRow(ulong hash)
    {
        Slot slot = _slots[(int)(TagOf(hash) & _mask)];
        if (slot.Tag == TagOf(hash) && slot.IdPlusOne != 0)
            _names.Prefetch(slot.IdPlusOne - 1);
    }

    /// <summary>Third step, when the row is there: the name's bytes.</summary>
    /// <returns>The id that the name probably has, or -1.</returns>
    internal int PrefetchName(ulong hash)
    {
        Slot slot = _slots[(int)(TagOf(hash) & _mask)];
        if (slot.Tag != TagOf(hash) || slot.IdPlusOne == 0)
            return -1;
        _names[slot.IdPlusOne - 1].Prefetch();
        return slot.IdPlusOne - 1;
    }

    /// <summary>The id of a name, or -1.</summary>
    internal int Find(ReadOnlySpan<byte> name)
    {
        uint tag = TagOf(StringHash.Compute(name));
        Span<Slot> slots = _slots.Span;
        for (uint at = tag & _mask; ; at = (at + 1) & _mask)
        {
            Slot slot = slots[(int)at];
            if (slot.IdPlusOne == 0)
                return -1;
            if (slot.Tag == tag && _names[slot.IdPlusOne - 1].Span.SequenceEqual(name))
                return slot.IdPlusOne - 1;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _names.Dispose();
        _slots.Dispose();
    }

    /// <summary>The half of a hash that the table looks at, for those who keep many hashes.</summary>
    internal static uint TagOf(ulong hash) => (uint)(hash >> 32);

    /// <summary>A hash of which that half is known.</summary>
    internal static ulong HashOf(uint tag) => (ulong)tag << 32;

    private void Resize(int names)
    {
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Min((long)names * 2 + 2, 1 << 30));
        var grown = new NativeList<Slot>(size);
        Span<Slot> slots = grown.AddZeroed(size);
        uint mask = (uint)size - 1;
        foreach (ref readonly Slot slot in _slots.Span)
        {
            if (slot.IdPlusOne == 0)
                continue;
            uint at = slot.Tag & mask;
            while (slots[(int)at].IdPlusOne != 0)
                at = (at + 1) & mask;
            slots[(int)at] = slot;
        }

        _slots.Dispose();
        _slots = grown;
        _mask = mask;
    }
}
