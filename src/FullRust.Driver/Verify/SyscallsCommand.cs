// "syscalls": the inventory of one file, as text, JSON or allow list; with an expected or denied list, a verdict.

using System;
using System.IO;
using System.Text;
using FullRust.Elf;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Reporting;
using FullRust.ElfVerify.Syscalls;

namespace FullRust.Driver.Verify;

internal static class SyscallsCommand
{
    internal static int Run(VerifyArguments arguments, VerifyStreams streams)
    {
        var policy = new PolicySource(arguments);
        VerifyOptions asked = policy.Options(arguments);
        var options = new VerifyOptions
        {
            Groups = RuleGroups.Syscalls,
            ExpectedSyscalls = asked.ExpectedSyscalls,
            DeniedSyscalls = asked.DeniedSyscalls,
            FailOn = asked.FailOn,
            Levels = asked.Levels,
        };
        string path = arguments.Inputs[0];
        VerifiedFile file = InputReader.Read(path, arguments.MaxInput, input =>
        {
            VerifyReport report = Verifier.Verify(input.Bytes.Span, options);
            string sha256 = policy.AsksForDigest(report) ? Sha256.HexOf(input.Bytes.Span) : "";
            return new VerifiedFile(path, policy.Apply(path, sha256, report), sha256, default, "");
        });
        if (file.Report is not { } report)
        {
            streams.Error.WriteLine($"fullrust-verify: {PrintableText.Escape(path)}: {PrintableText.Escape(file.Error)} ({RuleTable.CodeOf(file.Rule)})");
            return 2;
        }

        return Report(file, report, arguments, policy, streams);
    }

    private static int Report(VerifiedFile file, VerifyReport report, VerifyArguments arguments, PolicySource policy, VerifyStreams streams)
    {
        if (report.Facts.Syscalls is not { } inventory)
        {
            TextReport.Write(streams.Error, file.Path, report, file.Sha256, isVerbose: false);
            return 1;
        }

        int code = report.IsVerified ? 0 : 1;
        foreach (VerifyFinding finding in report.Findings)
        {
            if (finding.Rule is RuleId.Y02 or RuleId.Y03 && finding.WaivedBecause is null)
                streams.Error.WriteLine($"{TextReport.WordFor(finding.Level)}[{RuleTable.CodeOf(finding.Rule)}]: {finding.Message}");
        }

        SyscallOutputs.WarnOfUnused(inventory, policy, arguments, streams);
        bool isOutputTaken = false;
        foreach (ReportRequest request in arguments.Reports)
        {
            isOutputTaken |= request.Path is null;
            code = Math.Max(code, Write(request, file.Path, inventory, streams));
        }

        foreach (ReportRequest request in arguments.SeccompOutputs)
            code = Math.Max(code, Write(request, file.Path, inventory, streams));
        if (!isOutputTaken && !arguments.Quiet)
            SyscallReport.WriteText(streams.Output, file.Path, inventory);
        return code;
    }

    private static int Write(ReportRequest request, string path, SyscallInventory inventory, VerifyStreams streams)
    {
        if (request.Kind is not ("text" or "json"))
            return SyscallOutputs.WritePolicy(request, path, inventory, streams);
        if (request.Path is { } target)
            ReportWriter.WriteFile(target, stream => WriteTo(stream, request.Kind, path, inventory));
        else
            WriteToOutput(streams.Output, request.Kind, path, inventory);
        return 0;
    }

    private static void WriteTo(Stream stream, string kind, string path, SyscallInventory inventory)
    {
        if (kind == "json")
        {
            SyscallReport.WriteJson(stream, path, inventory);
            return;
        }

        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        SyscallReport.WriteText(writer, path, inventory);
    }

    private static void WriteToOutput(TextWriter output, string kind, string path, SyscallInventory inventory)
    {
        using var stream = new MemoryStream();
        WriteTo(stream, kind, path, inventory);
        output.Write(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }
}
