// Walking over the members of archives.

using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using FullRust.Elf.Memory;
using FullRust.Linker.Inputs;

namespace FullRust.Benchmarks;

public class ArchiveBenchmarks
{
    private readonly List<InputBytes> _files = [];

    [GlobalSetup]
    public void Open()
    {
        foreach (string path in RecordedLink.Archives(RecordedLink.Folder("hello-debug")))
        {
            if (!InputBytes.TryOpen(path, long.MaxValue, out InputBytes? file, out string error, out _))
                throw new InvalidOperationException(error);
            _files.Add(file!);
        }
    }

    [GlobalCleanup]
    public void Close() => _files.ForEach(file => file.Dispose());

    [Benchmark]
    public int WalkMembers()
    {
        int count = 0;
        foreach (InputBytes file in _files)
        {
            var reader = new ArchiveReader(file.Bytes, isThin: false);
            for (long offset = reader.FirstMember; reader.HasMemberAt(offset); count++)
                offset = reader.Read(offset, out _).Next;
        }

        return count;
    }
}
