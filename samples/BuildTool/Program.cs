// A build tool of one's own on top of the libraries: links as ld's arguments say, entirely in memory, verifies the image, and only then gives it
// a name. Also shows what a program learns from a link: phases with their times, and findings of the verifier as values.
//
//   dotnet run --project samples/BuildTool -- -o program a.o b.o libc.a

using System;
using System.Linq;
using FullRust.ElfVerify;
using FullRust.Linker;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Writing;

namespace BuildTool;

internal static class Program
{
    private static int Main(string[] args)
    {
        var sink = new DiagnosticSink();
        ParsedCommandLine command = ArgumentParser.Parse(args, sink, "buildtool");
        if (!sink.HasErrors && OutputFile.Check(command.Options.OutputPath, sink))
            LinkAndVerify(command.Options, sink);
        foreach (Diagnostic diagnostic in sink.Diagnostics)
            Console.Error.WriteLine(diagnostic.Format("buildtool"));
        return sink.HasErrors ? 1 : 0;
    }

    private static void LinkAndVerify(LinkOptions options, DiagnosticSink sink)
    {
        using LinkResult result = Linker.Link(options, sink);
        if (result.Image is null)
            return;
        VerifyReport report = Verifier.Verify(result.Image.Bytes.Span, VerifyOptions.Default);
        foreach (VerifyFinding finding in report.Findings.Where(static f => f.Level == FindingLevel.Error))
            sink.Error(DiagnosticId.VerificationFailed, $"{finding.Rule} {finding.Place}: {finding.Message}");
        if (!sink.HasErrors)
            OutputFile.Commit(result.Image, options.OutputPath, result.Inputs, sink);
        Console.WriteLine($"{options.OutputPath}: {result.Image.Length} bytes, {report.Verdict}");
        foreach ((string phase, double milliseconds) in result.Times.Phases)
            Console.WriteLine($"{milliseconds,9:F2} ms  {phase}");
    }
}
