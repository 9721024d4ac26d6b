// The report for people: evidence on a pass; on a failure each finding with what was looked at, what the kernel does, what to do.

using System.Collections.Generic;
using System.IO;

namespace FullRust.ElfVerify.Reporting;

/// <summary>Writes reports as text. Thread-safe as long as the writer is used by one thread.</summary>
public static class TextReport
{
    /// <summary>Writes one report.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="file">The file as it was named; escaped here.</param>
    /// <param name="report">The report.</param>
    /// <param name="sha256">Digest of the file in hexadecimal digits; null or empty if it was not computed.</param>
    /// <param name="isVerbose">Whether the file's description is printed, and information and remedies for findings that do not fail the file.</param>
    /// <param name="useColor">Whether the verdict is coloured for a terminal.</param>
    public static void Write(TextWriter writer, string file, VerifyReport report, string? sha256, bool isVerbose, bool useColor = false)
    {
        string name = PrintableText.Escape(file);
        string evidence = report.Facts.IsElfForX86_64 ? EvidenceLine.Of(report, sha256) : "not an x86-64 ELF executable";
        string verdict = report.IsVerified ? "verified:" : "NOT VERIFIED:";
        writer.Write(useColor ? $"\u001b[1;{(report.IsVerified ? 32 : 31)}m{verdict}\u001b[0m " : verdict + " ");
        writer.WriteLine($"{name}  {evidence}");
        foreach (string line in isVerbose ? DescriptionText.Of(report.Facts) : [])
            writer.WriteLine("  " + line);
        var explained = new HashSet<RuleId>();
        foreach (VerifyFinding finding in report.Findings)
        {
            if (finding.Level > FindingLevel.Information || isVerbose)
                WriteFinding(writer, finding, (isVerbose || CountsAgainst(finding, report.Options)) && explained.Add(finding.Rule));
        }
    }

    /// <summary>The word for a level.</summary>
    /// <param name="level">The level.</param>
    /// <returns><c>error</c>, <c>warning</c> or <c>info</c>.</returns>
    public static string WordFor(FindingLevel level) => level switch
    {
        FindingLevel.Error => "error",
        FindingLevel.Warning => "warning",
        _ => "info",
    };

    private static bool CountsAgainst(VerifyFinding finding, VerifyOptions options) => finding.Level >= options.FailOn && finding.WaivedBecause is null;

    private static void WriteFinding(TextWriter writer, VerifyFinding finding, bool explain)
    {
        string unknown = finding.Result == RuleResult.Unknown ? " (could not be established)" : "";
        string waived = finding.WaivedBecause is null ? "" : $" [waived: {PrintableText.Escape(finding.WaivedBecause)}]";
        string place = $" (offset 0x{finding.FileOffset:x}, {finding.Size} bytes)";
        writer.WriteLine($"  {WordFor(finding.Level)}[{RuleTable.CodeOf(finding.Rule)}]: {finding.Place}: {finding.Message}{place}{unknown}{waived}");
        if (!explain)
            return;
        RuleDescription rule = RuleTable.Describe(finding.Rule);
        writer.WriteLine($"    >>> the rule: {rule.Title}");
        writer.WriteLine($"    = {rule.Why}");
        writer.WriteLine($"    = {rule.Fix}");
    }
}
