// The pages of a process while the loader maps one thing over another: what comes later replaces what was there (MAP_FIXED, vm_brk).

using System;
using System.Collections.Generic;

namespace FullRust.ElfVerify.Loading;

internal sealed class AddressSpace
{
    private readonly List<Mapping> _mappings = [];

    internal IReadOnlyList<Mapping> Mappings => _mappings;

    /// <summary>Maps a range over whatever is there. Loaders map a few segments, at most 1170, so a linear pass each is fine.</summary>
    internal void Map(Mapping mapping)
    {
        if (mapping.End <= mapping.Start)
            return;
        Unmap(mapping.Start, mapping.End);
        int at = _mappings.FindIndex(other => other.Start > mapping.Start);
        _mappings.Insert(at < 0 ? _mappings.Count : at, mapping);
    }

    internal bool TryFind(ulong address, out Mapping found)
    {
        foreach (Mapping mapping in _mappings)
        {
            if (address < mapping.Start || address >= mapping.End)
                continue;
            found = mapping;
            return true;
        }

        found = default;
        return false;
    }

    private void Unmap(ulong start, ulong end)
    {
        for (int i = _mappings.Count - 1; i >= 0; i--)
        {
            Mapping old = _mappings[i];
            if (old.End <= start || old.Start >= end)
                continue;
            _mappings.RemoveAt(i);
            if (old.End > end)
                _mappings.Insert(i, old with { Start = end, FileOffset = unchecked(old.FileOffset + (end - old.Start)) });
            if (old.Start < start)
                _mappings.Insert(i, old with { End = start });
        }
    }
}
