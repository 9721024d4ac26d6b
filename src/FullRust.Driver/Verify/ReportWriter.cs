// Writes the reports that were asked for. A report with a path is written beside it and renamed, so that nobody reads half of one; a
// report that cannot be written makes the run undecided, whatever the verdict.

using System;
using System.IO;
using System.Text;
using FullRust.Elf.Memory;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Reporting;

namespace FullRust.Driver.Verify;

internal static class ReportWriter
{
    internal static void WriteAll(VerifyRun run, VerifyArguments arguments, TextWriter output, bool useColor)
    {
        bool isOutputTaken = false;
        foreach (ReportRequest request in arguments.Reports)
        {
            isOutputTaken |= request.Path is null;
            if (request.Path is { } path)
                WriteFile(path, stream => WriteTo(stream, request.Kind, run, arguments, useColor: false));
            else
                WriteToOutput(output, request.Kind, run, arguments, useColor);
        }

        if (!isOutputTaken)
            WriteToOutput(output, "text", run, arguments, useColor);
    }

    /// <summary>Writes a file whole or not at all.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    internal static void WriteFile(string path, Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        if (TemporaryFile.WriteWhole(path, stream.GetBuffer().AsSpan(0, (int)stream.Length)) is { } problem)
            throw new UsageException($"cannot write {PrintableText.Escape(path)}: {problem}");
    }

    private static void WriteToOutput(TextWriter output, string kind, VerifyRun run, VerifyArguments arguments, bool useColor)
    {
        if (kind == "text")
        {
            WriteText(output, run, arguments, useColor);
            return;
        }

        using var stream = new MemoryStream();
        WriteTo(stream, kind, run, arguments, useColor);
        output.Write(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    private static void WriteTo(Stream stream, string kind, VerifyRun run, VerifyArguments arguments, bool useColor)
    {
        switch (kind)
        {
            case "json":
                JsonReport.Write(stream, run);
                return;
            case "sarif":
                SarifReport.Write(stream, run);
                return;
            case "junit":
                JunitReport.Write(stream, run);
                return;
        }

        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        if (kind == "github")
            GithubReport.Write(writer, run);
        else
            WriteText(writer, run, arguments, useColor);
    }

    private static void WriteText(TextWriter writer, VerifyRun run, VerifyArguments arguments, bool useColor)
    {
        foreach (VerifiedFile file in run.Files)
        {
            if (file.Report is { } report && (!arguments.Quiet || !report.IsVerified))
                TextReport.Write(writer, file.Path, report, file.Sha256, arguments.Verbose, useColor);
        }
    }
}
