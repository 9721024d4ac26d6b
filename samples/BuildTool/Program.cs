// A build tool of one's own on top of the libraries. It links objects that are nowhere on disk: those in a .zip file. The image is made and verified in
// memory, and only then gets a name, or goes to standard output. Also shows what a program learns from a link: phases with their times, and findings of
// the verifier as values.
//
//   dotnet run --project samples/BuildTool -- -o program objects.zip [more of ld's arguments]
//   dotnet run --project samples/BuildTool -- -o - objects.zip > program

using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
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
        if (!sink.HasErrors)
        {
            UnpackInputs(command.Options);
            if (command.Options.OutputPath == "-" || OutputFile.Check(command.Options.OutputPath, sink))
                LinkAndVerify(command.Options, sink);
        }

        foreach (Diagnostic diagnostic in sink.Diagnostics)
            Console.Error.WriteLine(diagnostic.Format("buildtool"));
        return sink.HasErrors ? 1 : 0;
    }

    /// <summary>Puts the entries of each .zip input in its place, in their order.</summary>
    private static void UnpackInputs(LinkOptions options)
    {
        List<InputArgument> given = [.. options.Inputs];
        options.Inputs.Clear();
        foreach (InputArgument input in given)
        {
            if (input.Kind != InputKind.File || !input.Name.EndsWith(".zip", StringComparison.Ordinal))
            {
                options.Inputs.Add(input);
                continue;
            }

            using ZipArchive archive = ZipFile.OpenRead(input.Name);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using var contents = new MemoryStream();
                using (Stream packed = entry.Open())
                    packed.CopyTo(contents);
                options.AddInput($"{input.Name}:{entry.FullName}", contents.ToArray(), input.WholeArchive, input.IsLazy);
            }
        }
    }

    private static void LinkAndVerify(LinkOptions options, DiagnosticSink sink)
    {
        using LinkResult result = Linker.Link(options, sink);
        if (result.Image is null)
            return;
        VerifyReport report = Verifier.Verify(result.Image.Bytes.Span, VerifyOptions.Default);
        foreach (VerifyFinding finding in report.Findings.Where(static f => f.Level == FindingLevel.Error))
            sink.Error(DiagnosticId.VerificationFailed, $"{finding.Rule} {finding.Place}: {finding.Message}");
        if (sink.HasErrors)
            return;

        if (options.OutputPath == "-")
        {
            using Stream output = Console.OpenStandardOutput();
            result.Image.WriteTo(output);
        }
        else
        {
            OutputFile.Commit(result.Image, options.OutputPath, result.Inputs, sink);
        }

        Console.Error.WriteLine($"{options.OutputPath}: {result.Image.Length} bytes, {report.Verdict}");
        foreach ((string phase, double milliseconds) in result.Times.Phases)
            Console.Error.WriteLine($"{milliseconds,9:F2} ms  {phase}");
    }
}
