// The tables: absolute numbers per link, then our ratio to each other linker.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace FullRust.Compare;

internal static class MarkdownReport
{
    public static string Make(string title, IReadOnlyList<LinkerUnderTest> linkers, IReadOnlyList<WorkloadResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Whole links, {title}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Processor()}, {Environment.ProcessorCount} processors, {MemoryGiB()} GiB, Linux {Environment.OSVersion.Version.ToString(2)}; medians of as many rounds as each table says, after two warm-ups, ± half the distance of the quartiles. A round runs every linker once, in a random order; before each run memory is touched, all inputs are read once and the linker is started once. A ratio is the median over the rounds of ours divided by theirs, below 1 is better. Load average at the end: {LoadAverage()}.").AppendLine();
        text.AppendLine("To repeat it: `./x bench`.").AppendLine();
        text.AppendLine("| linker | version |").AppendLine("|---|---|");
        foreach (LinkerUnderTest linker in linkers)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {linker.Name} | {linker.Version} |");
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"![ratios]({title}.svg)");
        AppendTargets(text, results, linkers[0].Name);
        foreach (WorkloadResult result in results)
            AppendWorkload(text, linkers, result);
        return text.ToString();
    }

    private static void AppendTargets(StringBuilder text, IReadOnlyList<WorkloadResult> results, string us)
    {
        text.AppendLine().AppendLine("Ours divided by theirs, with the target in brackets; **bold** where it is missed. Ours and mold free memory after the process that is waited for has ended, unless `--no-fork` says otherwise: second columns. mold's memory is known with it only. Outputs are compared without .symtab and .strtab if only one of the two has them.").AppendLine();
        text.AppendLine("| link | time, rust-lld | ours with --no-fork | time, mold | both with --no-fork | memory, rust-lld | memory, mold | output, rust-lld | output, mold |").AppendLine("|---|---|---|---|---|---|---|---|---|");
        string whole = us + LinkerUnderTest.Whole;
        foreach (WorkloadResult result in results)
        {
            TimeTarget time = Targets.TimeOf(result.Name);
            text.Append(CultureInfo.InvariantCulture, $"| {result.Name} | {Judged(Time(us, Targets.RustLld), time.Lld)} | {Plain(Time(whole, Targets.RustLld))} | {Judged(Time(us, Targets.Mold), time.Mold)} | {Plain(Time(whole, Targets.WholeMold))}");
            text.AppendLine(CultureInfo.InvariantCulture, $" | {Judged(Memory(Targets.RustLld), Targets.MemoryLld)} | {Judged(Memory(Targets.WholeMold), Targets.MemoryMold)} | {Size(Targets.RustLld)} | {Size(Targets.Mold)} |");
            double Time(string ours, string other) => Targets.Ratio(result, ours, other, static s => s.WallMs);
            double Memory(string other) => Targets.Ratio(result, us, other, static s => s.PeakMiB);
            string Size(string other) =>
                result.Outputs.TryGetValue(us, out OutputSize mine) && result.Outputs.TryGetValue(other, out OutputSize yours) ? Judged(mine.RatioTo(yours), 1, digits: 3) : "–";
        }
    }

    private static string Plain(double ratio) => double.IsNaN(ratio) ? "–" : Math.Round(ratio, 2).ToString(CultureInfo.InvariantCulture);

    private static string Judged(double ratio, double target, int digits = 2)
    {
        if (double.IsNaN(ratio))
            return "–";
        string text = string.Create(CultureInfo.InvariantCulture, $"{Math.Round(ratio, digits)} ({target})");
        return ratio <= target ? text : $"**{text}**";
    }

    private static void AppendWorkload(StringBuilder text, IReadOnlyList<LinkerUnderTest> linkers, WorkloadResult result)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {result.Name} ({result.InputBytes / 1e6:0.0} MB of inputs named by path, {result.Rounds} rounds)").AppendLine();
        text.AppendLine("| linker | wall ms | user + system ms | peak MiB | page faults | output bytes | .symtab and .strtab | our wall ratio | our memory ratio |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|");
        List<Sample>? ours = result.Samples.GetValueOrDefault(linkers[0].Name);
        foreach (LinkerUnderTest linker in linkers)
        {
            if (result.Samples.TryGetValue(linker.Name, out List<Sample>? samples))
                text.AppendLine(Row(linker, samples, result.Outputs[linker.Name], ours));
            else
                text.AppendLine(CultureInfo.InvariantCulture, $"| {linker.Name} | fails: {result.Failures[linker.Name]} ||||||||");
        }
    }

    private static string Row(LinkerUnderTest linker, List<Sample> samples, OutputSize output, List<Sample>? ours)
    {
        double wall = Statistics.Median(samples.Select(s => s.WallMs));
        double spread = Statistics.Spread(samples.Select(s => s.WallMs)) * wall;
        double busy = Statistics.Median(samples.Select(s => s.UserMs + s.SystemMs));
        double peak = Statistics.Median(samples.Select(s => s.PeakMiB));
        double faults = Statistics.Median(samples.Select(s => (double)s.Faults));
        string ratio = ours == null ? "" : Number(Statistics.PairedRatio(ours.Select(s => s.WallMs), samples.Select(s => s.WallMs)));
        string memory = ours == null || !linker.IsCounted ? "" : Number(Statistics.Median(ours.Select(s => s.PeakMiB)) / peak);
        string work = linker.IsCounted ? string.Create(CultureInfo.InvariantCulture, $"{busy:0.0} | {peak:0.0} | {faults:0}") : "– | – | –";
        return string.Create(CultureInfo.InvariantCulture, $"| {linker.Name} | {wall:0.0} ± {spread:0.0} | {work} | {output.Bytes} | {output.SymbolTable} | {ratio} | {memory} |");
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";

    private static long MemoryGiB() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;

    private static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
