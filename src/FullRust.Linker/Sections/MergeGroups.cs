// Which mergeable sections are merged with each other: those that go to the same place (MergeKey) with entries of the same kind and size.

using System;
using System.Collections.Generic;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Sections;

/// <param name="sections">All input sections.</param>
/// <param name="split">Those that were taken apart.</param>
/// <param name="sharesTails">Whether a string may end inside another one.</param>
internal sealed class MergeGroups(SectionTable sections, NativeList<SplitSection> split, bool sharesTails)
{
    private readonly Dictionary<(string Name, ulong Flags, ulong EntrySize, int Statement), int> _byKey = [];

    /// <summary>The merged sections, in the order in which their first section was met.</summary>
    internal List<MergedSection> Merged { get; } = [];

    /// <summary>Groups sections and notes in each where it went.</summary>
    /// <param name="order">Numbers of live sections in input order.</param>
    /// <param name="names">Names of output sections.</param>
    /// <param name="threads">Threads to use.</param>
    /// <returns>The numbers of the sections of each of <see cref="Merged"/>, in order.</returns>
    internal List<List<int>> Group(int[] order, OutputSectionNames names, int threads)
    {
        var keys = new MergeKey[order.Length];
        ParallelRanges.For(order.Length, 512, threads, (first, last) =>
        {
            for (int i = first; i < last; i++)
                keys[i] = MergeKey.Of(sections, split[order[i]].Row, names);
        });
        var parts = new List<List<int>>();
        for (int i = 0; i < order.Length; i++)
        {
            int merged = Choose(keys[i]);
            if (merged == parts.Count)
                parts.Add([]);
            parts[merged].Add(order[i]);
            split[order[i]].Merged = merged;
        }

        return parts;
    }

    private int Choose(in MergeKey key)
    {
        const int Few = 8;
        for (int i = 0; i < Math.Min(Merged.Count, Few); i++)
        {
            if (Merged[i].Flags == key.Flags && Merged[i].EntrySize == key.EntrySize && Merged[i].Statement == key.Statement && Merged[i].Name.SequenceEqual(key.Name))
                return i;
        }

        (string, ulong, ulong, int) text = (key.Name.ToString(), key.Flags, key.EntrySize, key.Statement);
        if (!_byKey.TryGetValue(text, out int merged))
        {
            merged = Merged.Count;
            _byKey[text] = merged;
            Merged.Add(new MergedSection(key, sharesTails && (key.Flags & SHF_STRINGS) != 0));
        }

        return merged;
    }
}
