// The symbols of a .gdb_index: distinct names, each with the units that it is in and what it is there. One table of bytes and one of
// slots; no object per name.

using System;
using System.Collections.Generic;
using FullRust.Linker.Common;

namespace FullRust.Linker.GdbIndex;

/// <summary>Distinct names with their uses, in the order in which they were first met.</summary>
internal sealed class GdbIndexSymbols
{
    private readonly List<Name> _names = [];
    private readonly List<(uint Value, int Next)> _uses = [];
    private int[] _slots = new int[1024];
    private byte[] _bytes = new byte[1 << 12];
    private int _used;

    /// <summary>A name: its bytes, its hash here, and its last use.</summary>
    private record struct Name(int Start, int Length, ulong Hash, int LastUse);

    /// <summary>The number of names.</summary>
    internal int Count => _names.Count;

    /// <summary>Adds a use of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">Unit, kind and whether it is static, as the index packs them.</param>
    internal void Add(ReadOnlySpan<byte> name, uint value)
    {
        int id = IdOf(name, ByteHash.Compute(name));
        for (int use = _names[id].LastUse; use >= 0; use = _uses[use].Next)
        {
            if (_uses[use].Value == value)
                return;
        }

        _uses.Add((value, _names[id].LastUse));
        _names[id] = _names[id] with { LastUse = _uses.Count - 1 };
    }

    /// <summary>The bytes of a name.</summary>
    internal ReadOnlySpan<byte> TextOf(int id) => _bytes.AsSpan(_names[id].Start, _names[id].Length);

    /// <summary>The uses of a name, in ascending order.</summary>
    internal uint[] UsesOf(int id)
    {
        var values = new List<uint>();
        for (int use = _names[id].LastUse; use >= 0; use = _uses[use].Next)
            values.Add(_uses[use].Value);
        values.Sort();
        return [.. values];
    }

    private int IdOf(ReadOnlySpan<byte> name, ulong hash)
    {
        if (_names.Count * 2 >= _slots.Length)
            Grow();
        ulong mask = (ulong)_slots.Length - 1;
        for (ulong slot = hash & mask; ; slot = (slot + 1) & mask)
        {
            int id = _slots[slot] - 1;
            if (id < 0)
            {
                _slots[slot] = _names.Count + 1;
                return AddName(name, hash);
            }

            if (_names[id].Hash == hash && TextOf(id).SequenceEqual(name))
                return id;
        }
    }

    private int AddName(ReadOnlySpan<byte> name, ulong hash)
    {
        if (name.Length > _bytes.Length - _used)
            Array.Resize(ref _bytes, Math.Max(checked(_bytes.Length * 2), _used + name.Length));
        name.CopyTo(_bytes.AsSpan(_used));
        _names.Add(new Name(_used, name.Length, hash, -1));
        _used += name.Length;
        return _names.Count - 1;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        ulong mask = (ulong)_slots.Length - 1;
        for (int id = 0; id < _names.Count; id++)
        {
            ulong slot = _names[id].Hash & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = id + 1;
        }
    }
}
