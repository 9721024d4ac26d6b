// fullrust-ld: command line → link → verification of the image in memory → the file. Nothing is printed on success.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Driver.Platform;
using FullRust.Elf.Memory;
using FullRust.ElfVerify;
using FullRust.Linker;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Reports;
using FullRust.Linker.Timing;
using FullRust.Linker.Writing;

namespace FullRust.Driver.Roles;

internal static class LinkerRole
{
    // Larger inputs are mapped: a link often needs a sixth of an archive.
    private const long MapFrom = 64 << 10;

    // Cargo builds a library in all forms that its manifest names, also where a program needs only one of them.
    private static ReadOnlySpan<byte> InPlaceOfShared => "/* No shared library: fullrust makes static programs only. */\n"u8;

    /// <summary>Runs the linker.</summary>
    /// <param name="name">The name it was called by, for messages.</param>
    /// <param name="arguments">ld's command line.</param>
    /// <returns>0, 1 when the link failed, 70 when the image broke a promise of the linker.</returns>
    internal static int Run(string name, IReadOnlyList<string> arguments)
    {
        var sink = new DiagnosticSink();
        ParsedCommandLine command = ArgumentParser.Parse(arguments, sink, name);
        if (command.Output.Length > 0)
            StandardStreams.Out(command.Output);
        if (command.Action == CommandLineAction.Exit)
            return ExitCode.Success;
        if (command.Action == CommandLineAction.LeaveOut && TemporaryFile.WriteWhole(command.Options.OutputPath, InPlaceOfShared) is { } error)
            sink.Error(DiagnosticId.CannotWrite, $"cannot write {command.Options.OutputPath}: {error}");
        if (command.Action == CommandLineAction.Link && !sink.HasErrors)
        {
            FatalSignals.Install(name);
            if (AddressSpaceReserve.Take())
                command.Options.Threads = 1;
            using JobServer? jobs = JobServer.Join(command.Options);
            command.Options.MapFrom = MapFrom;
            if (ChangeFolder(command.Options.WorkingDirectory, sink))
                Link(name, command.Options, sink);
        }

        return Report(name, command.Options, sink);
    }

    private static bool ChangeFolder(string? folder, DiagnosticSink sink)
    {
        try
        {
            if (folder is not null)
                Directory.SetCurrentDirectory(folder);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            sink.Error(DiagnosticId.CannotOpen, $"cannot change to folder '{folder}': {e.Message}");
            return false;
        }
    }

    private static void Link(string name, LinkOptions options, DiagnosticSink sink)
    {
        if (!OutputFile.Check(options.OutputPath, sink))
            return;
        DateTimeOffset began = DateTimeOffset.UtcNow;
        LinkResult result = Linker.Linker.Link(options, sink, intoFile: true);
        bool isDone = false;
        try
        {
            isDone = Finish(result, options, sink);
            if (options.TimeTraceFile is not null && result.Image is not null)
                WriteReports([new LinkReport(TimeTracePath(options), TimeTrace.Write(result.Times, name, Environment.ProcessId, options.TimeTraceGranularity, began))], sink);
        }
        finally
        {
            if (isDone)
                result.Abandon();
            else
                result.Dispose();
        }
    }

    // True when the image has its name, and nothing is left to clean up.
    private static bool Finish(LinkResult result, LinkOptions options, DiagnosticSink sink)
    {
        if (result.Output.Length > 0)
            StandardStreams.Out(result.Output);
        if (result.Image is null)
        {
            WriteReports([.. result.Reports.Where(r => r.Path == options.ReproduceFile)], sink);
            return false;
        }

        // Bare bytes and objects promise nothing that could be verified.
        VerifyReport? report = options.OutputFormat == OutputFormat.Binary || options.OutputKind == OutputKind.Relocatable ? null : Verifier.Verify(result.Image.Bytes.Span, PromisesOf(options, result));
        foreach (VerifyFinding finding in report is null || report.IsVerified ? [] : report.Findings)
        {
            if (finding.Level == FindingLevel.Error)
                sink.Error(DiagnosticId.VerificationFailed, $"the linked image does not verify: {finding.Rule}: {finding.Message} ({finding.Place})");
        }

        result.Times.End("verify");
        using ReleaseAfterExit? after = options.ReleasesAfterExit ? ReleaseAfterExit.TryBegin(options.OutputPath) : null;
        if (after is null)
            result.ReleaseMemory();
        bool isCommitted = false;
        if (!sink.HasErrors)
        {
            isCommitted = OutputFile.Commit(result.Image, options.OutputPath, result.Inputs, sink, options.MostThreads);
            WriteReports(result.Reports, sink);
        }

        result.Times.End("commit");

        if (options.Time || options.Verbose > 0)
        {
            foreach ((string phase, double milliseconds) in result.Times.Phases)
                StandardStreams.ErrorLine($"{milliseconds,10:F3} ms  {phase}");
        }

        // What is viewed through a descriptor for writing could not be executed as long as memory is held.
        if (isCommitted)
            result.Image.Dispose();
        return isCommitted;
    }

    private static string TimeTracePath(LinkOptions options) => options.TimeTraceFile is { Length: > 0 } path ? path : options.OutputPath + ".time-trace";

    // Each report appears at once, like the output; of a failed link only what repeats it is of use.
    private static void WriteReports(IReadOnlyList<LinkReport> reports, DiagnosticSink sink)
    {
        foreach (LinkReport report in reports)
        {
            if (report.Path == "-")
            {
                StandardStreams.Out(OsText.Decode(report.Bytes));
                continue;
            }

            if (TemporaryFile.WriteWhole(report.Path, report.Bytes) is { } error)
                sink.Error(DiagnosticId.CannotWrite, $"cannot write {report.Path}: {error}");
        }
    }

    // A drop-in linker has no say in how much memory a program may ask for, nor in a layout, an entry point or
    // rights that command line and inputs chose: those were warned about.
    private static VerifyOptions PromisesOf(LinkOptions options, LinkResult result) => new()
    {
        Profile = options.OutputKind == OutputKind.StaticPie ? VerifyProfile.StaticPie : VerifyOptions.ForLinker.Profile,
        Groups = VerifyOptions.ForLinker.Groups,
        MaxMemory = ulong.MaxValue,
        MaxTlsSize = ulong.MaxValue,
        MaxTlsAlignment = ulong.MaxValue,
        Levels = VerifyOptions.UserChoices(result.HasOwnLayout, result.HasOwnEntry, result.HasWritableCode, result.MayHaveUndefinedNames).ToDictionary(static rule => rule, static _ => FindingLevel.Warning),
    };

    private static int Report(string name, LinkOptions options, DiagnosticSink sink)
    {
        int errors = 0;
        bool isInternal = false;
        bool isColored = options.Color == ColorPolicy.Always || (options.Color == ColorPolicy.Auto && StandardStreams.IsErrorTerminal);
        var style = new MessageStyle(isColored, options.VisualStudioDiagnostics, options.MessageIds);
        bool isAfterLines = false;
        foreach (Diagnostic diagnostic in sink.Diagnostics)
        {
            isInternal |= diagnostic.Id == DiagnosticId.VerificationFailed;
            if (diagnostic.Severity == Severity.Error && options.ErrorLimit > 0 && ++errors > options.ErrorLimit)
                continue;
            StandardStreams.ErrorLine((isAfterLines ? "\n" : "") + diagnostic.Format(name, style));
            isAfterLines = diagnostic.Notes.Count > 0;
            ErrorHandlingScript.Run(options.ErrorHandlingScript, diagnostic, name);
        }

        if (options.ErrorLimit > 0 && errors > options.ErrorLimit)
            StandardStreams.ErrorLine($"{name}: error: too many errors emitted, stopping now (use --error-limit=0 to see all errors)");
        return isInternal ? ExitCode.Internal : sink.HasErrors ? ExitCode.Failure : ExitCode.Success;
    }
}
