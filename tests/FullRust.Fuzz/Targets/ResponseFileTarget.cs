// Command lines from a response file, split and understood; nothing is linked.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Fuzz.Mutation;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit;

namespace FullRust.Fuzz.Targets;

internal sealed class ResponseFileTarget : FuzzTarget, IDisposable
{
    private readonly TempFolder _folder = new("fullrust-fuzz-");

    internal ResponseFileTarget(IReadOnlyList<string> options)
    {
        byte[][] words = [.. options.Concat(["\"", "'", "\\", "@", "@input", "=", "1", "0x", "-1", "4G", "$ORIGIN", "*", "[", "z", "\0"]).Select(Encoding.UTF8.GetBytes)];
        Mutator = new TextMutator(words);
        Seeds = [.. options.Chunk(20).Select(static part => Encoding.UTF8.GetBytes(string.Join('\n', part))),
            Encoding.UTF8.GetBytes("-o out --defsym=a=1+2*(3<<4) -Tdata=0x1000 --build-id=0x12ab -z max-page-size=4096 -L'a b' \"-l\\\"c\" --wrap=x --section-start .text=1 --remap-inputs=*.o=b @input")];
    }

    /// <inheritdoc/>
    internal override string Name => "response";

    /// <inheritdoc/>
    internal override IReadOnlyList<byte[]> Seeds { get; }

    /// <inheritdoc/>
    internal override ByteMutator Mutator { get; }

    /// <inheritdoc/>
    internal override void Run(byte[] input, int variant)
    {
        string path = _folder["input"];
        File.WriteAllBytes(path, input);
        // Files that the words may name are looked for in a folder that has none.
        Directory.SetCurrentDirectory(_folder.Path);
        var sink = new DiagnosticSink();
        ParsedCommandLine command = ArgumentParser.Parse(variant % 2 == 0 ? ["@input"] : ["--rsp-quoting=windows", "@input"], sink);
        foreach (Diagnostic diagnostic in sink.Diagnostics)
            Require(diagnostic.Format("ld").Length > 0, "a diagnostic has a text");
        Require(command.Options is not null, "there are options");
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
