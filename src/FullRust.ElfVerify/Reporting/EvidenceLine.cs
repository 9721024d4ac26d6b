// The one line that a pass prints: what was established, with the values.

using System;
using System.Collections.Generic;
using System.Globalization;

namespace FullRust.ElfVerify.Reporting;

/// <summary>Puts the evidence of a report into one line. Thread-safe.</summary>
public static class EvidenceLine
{
    /// <summary>Makes the line.</summary>
    /// <param name="report">The report.</param>
    /// <param name="sha256">Digest of the file in hexadecimal digits, null or empty if it was not computed.</param>
    /// <returns>The line without the file's name and without an end of line.</returns>
    public static string Of(VerifyReport report, string? sha256)
    {
        VerifyFacts facts = report.Facts;
        var parts = new List<string>
        {
            $"{facts.Type} x86-64",
            $"{facts.LoadCount} PT_LOAD",
            facts.Interpreter is null ? "no PT_INTERP" : $"PT_INTERP {facts.Interpreter}",
            facts.HasDynamic ? "PT_DYNAMIC" : "no PT_DYNAMIC, 0 NEEDED",
            "stack " + Rights(facts.StackFlags ?? 6),
        };
        if (report.ResultOf(RuleId.X01) == RuleResult.Pass)
            parts.Add("no W+X");
        parts.Add($"entry {(facts.EntryPlace.Length != 0 ? facts.EntryPlace : $"0x{facts.Entry:x}")}");
        if (facts.TlsSize is { } tls)
            parts.Add($"tls {tls} bytes");
        if (facts.Libc != LibcEvidence.NotExamined)
            parts.Add("libc: " + WordsFor(facts.Libc));
        if (report.ResultOf(RuleId.C03) == RuleResult.Pass)
            parts.Add("the repeated link gives the same bytes");
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{facts.FileSize:N0} bytes"));
        if (!string.IsNullOrEmpty(sha256))
            parts.Add("sha256 " + sha256);
        return string.Join(", ", parts);
    }

    /// <summary>The words for a level of evidence.</summary>
    /// <param name="evidence">The level.</param>
    /// <returns>A few words.</returns>
    public static string WordsFor(LibcEvidence evidence) => evidence switch
    {
        LibcEvidence.None => "no evidence (this is not a proof)",
        LibcEvidence.Found => "found",
        LibcEvidence.ProvedByProvenance => "proved libc-free by link provenance",
        _ => "not examined",
    };

    private static string Rights(uint flags) => string.Create(3, flags, static (text, value) =>
    {
        text[0] = (value & 4) != 0 ? 'r' : '-';
        text[1] = (value & 2) != 0 ? 'w' : '-';
        text[2] = (value & 1) != 0 ? 'x' : '-';
    });
}
