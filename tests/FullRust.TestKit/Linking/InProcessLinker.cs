// The linker under test as a library, called in the way its own program calls it: parse, link, verify the image in memory, commit, write
// the reports.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.ElfVerify;
using FullRust.Linker;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Reports;
using FullRust.Linker.Writing;

namespace FullRust.TestKit.Linking;

/// <summary>Runs our linker in this process. Thread-safe.</summary>
public static class InProcessLinker
{
    /// <summary>The rules that every output of a test must pass: those that our program holds itself to, and more.</summary>
    public static readonly VerifyOptions Rules = RulesFor(OutputKind.StaticExecutable);

    /// <summary>Links; <see cref="LinkerUnderTest"/> has completed the command line.</summary>
    internal static LinkOutcome Link(IReadOnlyList<string> arguments, string folder)
    {
        var sink = new DiagnosticSink();
        ParsedCommandLine command = LinkerUnderTest.Parse(arguments, folder, sink);
        var printed = new StringBuilder(command.Output);
        if (command.Action == CommandLineAction.Link && !sink.HasErrors)
            Link(command.Options, folder, sink, printed);
        return new LinkOutcome(sink.HasErrors ? 1 : 0, sink.Diagnostics, command.Options.OutputPath, printed.ToString());
    }

    private static void Link(LinkOptions options, string folder, DiagnosticSink sink, StringBuilder printed)
    {
        if (!OutputFile.Check(options.OutputPath, sink))
            return;
        using LinkResult result = Linker.Linker.Link(options, sink);
        printed.Append(result.Output);
        if (result.Image is not null)
        {
            Verify(result, options);
            OutputFile.Commit(result.Image, options.OutputPath, result.Inputs, sink);
        }

        // Of a failed link only what repeats it is of use.
        foreach (LinkReport report in result.Reports.Where(r => result.Image is not null || r.Path == options.ReproduceFile))
            Write(report, folder, sink, printed);
    }

    private static void Write(LinkReport report, string folder, DiagnosticSink sink, StringBuilder printed)
    {
        if (report.Path == "-")
            printed.Append(OsText.Decode(report.Bytes));
        else if (TemporaryFile.WriteWhole(Path.Combine(folder, report.Path), report.Bytes) is { } error)
            sink.Error(DiagnosticId.CannotWrite, $"cannot write {report.Path}: {error}");
    }

    // Bare bytes and objects promise nothing that could be verified.
    private static void Verify(LinkResult result, LinkOptions options)
    {
        if (options.OutputFormat == OutputFormat.Binary || options.OutputKind == OutputKind.Relocatable)
            return;
        RuleId[] userChoices = [.. VerifyOptions.UserChoices(result.HasOwnLayout, result.HasOwnEntry, result.HasWritableCode, result.MayHaveUndefinedNames)];
        VerifyFinding[] findings = [.. Verifier.Verify(result.Image!.Bytes.Span, RulesFor(options.OutputKind)).Findings.Where(f => f.Level >= FindingLevel.Error && !userChoices.Contains(f.Rule))];
        if (findings.Length > 0)
            throw new InvalidOperationException("the image does not verify:\n" + string.Join('\n', findings.Select(static f => $"{f.Rule} {f.Place}: {f.Message}")));
    }

    // As the program has it: no say in how much memory a test's program asks for.
    private static VerifyOptions RulesFor(OutputKind kind) => new()
    {
        Profile = kind == OutputKind.StaticPie ? VerifyProfile.StaticPie : VerifyProfile.StaticExec,
        Groups = VerifyOptions.ForLinker.Groups | RuleGroups.Tables | RuleGroups.Model,
        MaxMemory = ulong.MaxValue,
        MaxTlsSize = ulong.MaxValue,
        MaxTlsAlignment = ulong.MaxValue,
    };
}
