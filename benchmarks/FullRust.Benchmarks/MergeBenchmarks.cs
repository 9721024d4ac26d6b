// Merging strings: the pieces of a debug string section, each twice as in two objects.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;
using FullRust.Linker.Sections;

namespace FullRust.Benchmarks;

public class MergeBenchmarks
{
    private const int Count = 100_000;
    private readonly List<(NativeBytes Text, uint Tag)> _pieces = [];
    private InputBytes? _owner;

    [GlobalSetup]
    public void Split()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 2 * Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"core::iter::adapters::Map{i % Count}\0");
        _owner = InputBytes.FromMemory(Encoding.ASCII.GetBytes(text.ToString()));
        for (long at = 0; _owner.Bytes.TryString((ulong)at, out NativeBytes name, out ulong hash); at += name.Length + 1)
            _pieces.Add((_owner.Bytes.Slice(at, name.Length + 1), NameTable.TagOf(hash)));
    }

    [GlobalCleanup]
    public void Free() => _owner?.Dispose();

    [Benchmark]
    public ulong Find()
    {
        ulong sum = 0;
        for (long at = 0; _owner!.Bytes.TryString((ulong)at, out NativeBytes name, out ulong hash); at += name.Length + 1)
            sum ^= hash;
        return sum;
    }

    [Benchmark]
    public ulong Merge()
    {
        var merged = new MergedSection(new MergeKey(default, Type: 0, Flags: 0, EntrySize: 1, Statement: 0), sharesTails: false);
        foreach ((NativeBytes text, uint tag) in _pieces)
            merged.Add(text, tag, 0);
        merged.AssignOffsets();
        return merged.Size;
    }
}
