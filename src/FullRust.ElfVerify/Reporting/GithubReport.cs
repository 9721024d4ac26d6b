// The report as workflow commands of GitHub Actions, which become annotations.

using System.IO;

namespace FullRust.ElfVerify.Reporting;

/// <summary>Writes reports as GitHub workflow commands. Thread-safe as long as the writer is used by one thread.</summary>
public static class GithubReport
{
    /// <summary>Writes a run.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="run">The run.</param>
    public static void Write(TextWriter writer, VerifyRun run)
    {
        foreach (VerifiedFile file in run.Files)
        {
            if (file.Report is not { } report)
            {
                WriteCommand(writer, "error", file.Path, RuleTable.CodeOf(file.Rule), file.Error);
                continue;
            }

            foreach (VerifyFinding finding in report.Findings)
            {
                if (finding.WaivedBecause is null)
                    WriteCommand(writer, CommandFor(finding.Level), file.Path, RuleTable.CodeOf(finding.Rule), $"{finding.Place}: {finding.Message}");
            }

            if (report.IsVerified)
                WriteCommand(writer, "notice", file.Path, "verified", EvidenceLine.Of(report, file.Sha256));
        }
    }

    private static string CommandFor(FindingLevel level) => level switch
    {
        FindingLevel.Error => "error",
        FindingLevel.Warning => "warning",
        _ => "notice",
    };

    private static void WriteCommand(TextWriter writer, string command, string path, string title, string message) =>
        writer.Write($"::{command} file={EscapeProperty(PrintableText.Escape(path))},title={EscapeProperty(title)}::{EscapeData(PrintableText.EscapeLong(message))}\n");

    private static string EscapeData(string text) => text.Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");

    private static string EscapeProperty(string text) => EscapeData(text).Replace(":", "%3A").Replace(",", "%2C");
}
