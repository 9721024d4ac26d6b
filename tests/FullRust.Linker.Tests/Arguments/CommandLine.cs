// What the tests of this folder share: a parse and its messages.

using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Tests.Arguments;

internal sealed record CommandLine(ParsedCommandLine Parsed, IReadOnlyList<Diagnostic> Diagnostics)
{
    internal LinkOptions Options => Parsed.Options;

    internal static CommandLine Parse(params string[] args)
    {
        var sink = new DiagnosticSink();
        ParsedCommandLine parsed = ArgumentParser.Parse(args, sink);
        return new CommandLine(parsed, sink.Diagnostics);
    }
}
