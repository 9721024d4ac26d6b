// Section compression in both directions, on a library of the runtime.

using System;
using System.IO;
using BenchmarkDotNet.Attributes;
using FullRust.Elf.Compression;

namespace FullRust.Benchmarks;

public class CompressionBenchmarks
{
    private byte[] _contents = [];
    private byte[] _section = [];
    private byte[] _output = [];
    private CompressedSectionHeader _header;

    [Params(CompressionKind.Zlib, CompressionKind.Zstd)]
    public CompressionKind Kind { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _contents = File.ReadAllBytes(typeof(object).Assembly.Location);
        _section = Compress();
        _output = new byte[_contents.Length];
        SectionCompression.TryReadHeader(_section, out _header);
    }

    [Benchmark]
    public byte[] Compress() => SectionCompression.Compress(_contents, Kind, 1) ?? throw new InvalidOperationException();

    [Benchmark]
    public bool Decompress() => SectionCompression.TryDecompress(_section, _header, _output);
}
