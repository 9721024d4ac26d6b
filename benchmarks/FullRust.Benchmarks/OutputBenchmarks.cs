// Writing an output: the temporary file in chunks as the image writer does it, and its commit.

using System;
using System.IO;
using BenchmarkDotNet.Attributes;
using FullRust.Elf.Memory;

namespace FullRust.Benchmarks;

public class OutputBenchmarks
{
    private const int Chunk = 512 << 10, Size = 64 << 20;
    private readonly byte[] _chunk = new byte[Chunk];
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"fullrust-output-{Environment.ProcessId}");

    [GlobalCleanup]
    public void Remove() => File.Delete(_path);

    [Benchmark]
    public string? WriteAndCommit()
    {
        using TemporaryFile file = TemporaryFile.Create(_path, Size, out string error) ?? throw new IOException(error);
        for (long at = 0; at < Size; at += Chunk)
            file.Write(_chunk, at);
        return file.Commit();
    }
}
