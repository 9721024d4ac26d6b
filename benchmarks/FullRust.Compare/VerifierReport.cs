// How fast the verifier is on large files: as a program, start-up and reading included, and group by group on bytes in memory.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.ElfVerify;

namespace FullRust.Compare;

internal static class VerifierReport
{
    private static readonly RuleGroups[] s_groups = [RuleGroups.Link, RuleGroups.Tables, RuleGroups.Contents, RuleGroups.Model, RuleGroups.Standard];

    public static void Append(StringBuilder text, IReadOnlyList<string> folders, LinkerUnderTest ours, string measure, int rounds)
    {
        text.AppendLine().AppendLine("## Verifier").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"On what the links make: `fullrust verify binary` as a program (all rules that do not disassemble; start-up and reading included), then groups of rules on bytes in memory, in GB/s (on .NET's own runtime, medians of {rounds}).").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"| file | bytes | program ms | GB/s | {string.Join(" | ", s_groups.Select(g => g.ToString().ToLowerInvariant()))} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|---|---|---|{string.Concat(s_groups.Select(_ => "---|"))}");
        foreach (string folder in folders)
        {
            string output = Path.Combine(folder, "output");
            if (!ours.Link(folder, output))
                continue;
            byte[] image = File.ReadAllBytes(output);
            double program = Statistics.Median(Enumerable.Range(0, rounds).Select(_ => ProgramReport.Time(measure, ours.Path, "verify", "binary", "-q", output) / 1000));
            IEnumerable<string> rates = s_groups.Select(g => Rate(image, g, rounds).ToString("0.0", CultureInfo.InvariantCulture));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Path.GetFileName(folder)} | {image.Length} | {program:0.0} | {image.Length / program / 1e6:0.00} | {string.Join(" | ", rates)} |");
            File.Delete(output);
        }
    }

    private static double Rate(byte[] image, RuleGroups groups, int rounds)
    {
        var options = new VerifyOptions { Groups = groups };
        Verifier.Verify(image, options);
        return Statistics.Median(Enumerable.Range(0, rounds).Select(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            Verifier.Verify(image, options);
            return image.Length / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
        }));
    }
}
