// "binary": reads every input, verifies it, reports in the order of the inputs.

using System;
using System.Collections.Generic;
using System.IO;
using FullRust.Elf;
using FullRust.Elf.Memory;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Policies;
using FullRust.ElfVerify.Reporting;

namespace FullRust.Driver.Verify;

internal static class BinaryCommand
{
    internal static int Run(VerifyArguments arguments, VerifyStreams streams)
    {
        var policy = new PolicySource(arguments);
        VerifyOptions options = policy.Options(arguments);
        var files = new List<VerifiedFile>();
        List<string> paths = InputList.Expand(arguments.Inputs, files);
        files.AddRange(JudgeAll(paths, arguments, path => InputReader.Read(path, arguments.MaxInput, input => Judge(path, input, options, policy, arguments)), streams));

        var run = new VerifyRun(Version.Text, files, policy.Sha256Digits, Directory.GetCurrentDirectory());
        foreach (VerifiedFile file in files)
        {
            if (file.Report is null)
                streams.Error.WriteLine($"fullrust-verify: {PrintableText.Escape(file.Path)}: {PrintableText.Escape(file.Error)} ({RuleTable.CodeOf(file.Rule)})");
        }

        foreach (Waiver waiver in policy.UnusedWaivers())
            streams.Error.WriteLine($"fullrust-verify: warning: the waiver of {RuleTable.CodeOf(waiver.Rule)} for \"{PrintableText.Escape(waiver.Path)}\" matched nothing");
        ReportWriter.WriteAll(run, arguments, streams.Output, streams.OutputIsTerminal && !arguments.NoColor);
        if (arguments.WriteBaselinePath is { } baseline)
            ReportWriter.WriteFile(baseline, stream => Baseline.Write(stream, run));
        int code = SyscallOutputs.Write(run, arguments, policy, streams);
        return Math.Max(code, run.ExitCode);
    }

    private static VerifiedFile[] JudgeAll(List<string> paths, VerifyArguments arguments, Func<string, VerifiedFile> judge, VerifyStreams streams)
    {
        int threads = arguments.Threads ?? Environment.ProcessorCount;
        Progress? progress = streams.ErrorIsTerminal && paths.Count > 1 && !arguments.Quiet ? new Progress(streams.Error, paths.Count) : null;
        VerifiedFile[] results = ParallelJudge.Run(paths, threads, judge, progress is null ? null : progress.Completed);
        progress?.Finish();
        return results;
    }

    private static VerifiedFile Judge(string path, InputBytes input, VerifyOptions options, PolicySource policy, VerifyArguments arguments)
    {
        // The digest takes longer than the rules: it is computed where a report shows it or a waiver asks for it.
        FileDigest? digest = ShowsDigest(arguments) ? new FileDigest(input) : null;
        VerifyReport report = Verifier.Verify(input.Bytes.Span, options);
        string sha256 = digest?.Finish() ?? (policy.AsksForDigest(report) ? Sha256.HexOf(input.Bytes.Span) : "");
        return new VerifiedFile(path, policy.Apply(path, sha256, report), sha256, default, "");
    }

    private static bool ShowsDigest(VerifyArguments arguments) =>
        (arguments.Verbose && !arguments.Quiet) || arguments.Reports.Exists(static report => report.Kind == "json");
}
