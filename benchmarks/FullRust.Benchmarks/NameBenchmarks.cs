// Name hashing and the name table, with the names of an archive's index.

using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using FullRust.Elf.Demangling;
using FullRust.Elf.Memory;
using FullRust.Linker.Common;
using FullRust.Linker.Inputs;

namespace FullRust.Benchmarks;

public class NameBenchmarks
{
    private readonly List<InputBytes> _files = [];
    private readonly List<NativeBytes> _names = [];

    [GlobalSetup]
    public void ReadNames()
    {
        foreach (string path in RecordedLink.Archives(RecordedLink.Folder("hello-debug")))
        {
            if (!InputBytes.TryOpen(path, long.MaxValue, out InputBytes? file, out string error, out _))
                throw new InvalidOperationException(error);
            _files.Add(file!);
            new ArchiveReader(file!.Bytes, isThin: false).ReadIndex((name, _, _) => _names.Add(name));
        }
    }

    [GlobalCleanup]
    public void Close() => _files.ForEach(file => file.Dispose());

    [Benchmark]
    public ulong HashNames()
    {
        ulong sum = 0;
        foreach (NativeBytes name in _names)
            sum ^= StringHash.Compute(name.Span);
        return sum;
    }

    [Benchmark]
    public int FillNameTable()
    {
        using var table = new NameTable(_names.Count);
        foreach (NativeBytes name in _names)
            table.GetOrAdd(name, StringHash.Compute(name.Span), out _);
        return table.Count;
    }

    [Benchmark]
    public int DemangleNames() => _names.Sum(name => Demangler.Demangle(name.Span).Length);
}
