// The whole link up to the image in memory, and the verifier on it. Phases within show with --time.

using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using FullRust.ElfVerify;
using FullRust.Linker;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;

namespace FullRust.Benchmarks;

[MemoryDiagnoser]
public class LinkBenchmarks
{
    private List<string> _arguments = [];
    private byte[] _image = [];

    [Params("hello-release", "hello-debug")]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void LinkOnce()
    {
        _arguments = RecordedLink.Arguments(RecordedLink.Folder(Name));
        using LinkResult result = Run();
        _image = result.Image?.Bytes.Span.ToArray() ?? throw new InvalidOperationException("the recorded link fails");
    }

    [Benchmark]
    public long Link()
    {
        using LinkResult result = Run();
        return result.Image!.Length;
    }

    [Benchmark]
    public object Verify() => Verifier.Verify(_image, VerifyOptions.ForLinker);

    private LinkResult Run()
    {
        var sink = new DiagnosticSink();
        LinkOptions options = ArgumentParser.Parse(_arguments, sink).Options;
        return Linker.Linker.Link(options, sink);
    }
}
