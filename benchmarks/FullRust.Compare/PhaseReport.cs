// Where a link's time goes, by the linker's own phase timer: with one thread and with all of them. What does not get shorter is serial,
// and tells what more processors would bring (Amdahl).

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace FullRust.Compare;

/// <summary>A phase's time in milliseconds with one thread and with all.</summary>
internal readonly record struct PhaseTimes(double Alone, double Together);

internal static class PhaseReport
{
    private const string Verify = "verify";
    private static readonly int[] s_threads = [4, 8, 16];

    /// <summary>Measures the phases of links.</summary>
    /// <param name="folders">The links.</param>
    /// <param name="ours">Our linker.</param>
    /// <param name="rounds">Runs with one thread, and with all.</param>
    /// <returns>The phases in their order, by the link's name.</returns>
    public static Dictionary<string, Dictionary<string, PhaseTimes>> Measure(IReadOnlyList<string> folders, LinkerUnderTest ours, int rounds) =>
        folders.ToDictionary(static folder => Path.GetFileName(folder), folder => Measure(folder, ours, rounds));

    /// <param name="text">Takes the section.</param>
    /// <param name="links">The phases of all links, by name.</param>
    /// <param name="wholeMs">How long our linker ran from start to exit, by the link's name.</param>
    /// <param name="rounds">Runs with one thread, and with all.</param>
    public static void Append(StringBuilder text, Dictionary<string, Dictionary<string, PhaseTimes>> links, Dictionary<string, double> wholeMs, int rounds)
    {
        int processors = Environment.ProcessorCount;
        text.AppendLine().AppendLine("## Phases, serial share, and the verifier's share").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"`--time` with `--threads=1` and with {processors} threads, medians of {rounds} runs each. The serial part is what {processors} threads do not shorten; the last columns are what it makes of 4, 8 and 16 processors, relative to one thread. The phases begin when the arguments are read; the run is the whole process, start and exit included.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"| link | 1 thread ms | {processors} threads ms | serial share | {string.Join(" | ", s_threads.Select(n => $"{n} threads"))} | verifier, of the phases | of the run | longest phases with {processors} threads |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach ((string link, Dictionary<string, PhaseTimes> phases) in links)
        {
            if (phases.Count > 0)
                text.AppendLine(Row(link, phases, wholeMs[link], processors));
        }
    }

    private static string Row(string name, Dictionary<string, PhaseTimes> phases, double wholeMs, int processors)
    {
        double alone = phases.Values.Sum(p => p.Alone), together = phases.Values.Sum(p => p.Together);
        double serial = phases.Values.Sum(p => SerialPart(p, processors));
        string gains = string.Join(" | ", s_threads.Select(n => ((serial + ((alone - serial) / n)) / alone).ToString("0.00", CultureInfo.InvariantCulture)));
        IEnumerable<string> longest = phases.OrderByDescending(p => p.Value.Together).Take(4).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value.Together:0.0}"));
        double verifier = phases.TryGetValue(Verify, out PhaseTimes v) ? v.Together : 0;
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {alone:0.0} | {together:0.0} | {serial / alone:P0} | {gains} | {verifier / together:P1} | {verifier / wholeMs:P1} | {string.Join(", ", longest)} |");
    }

    /// <summary>What more threads do not shorten: together = serial + (alone - serial) / processors.</summary>
    public static double SerialPart(PhaseTimes phase, int processors) => processors == 1
        ? phase.Alone
        : Math.Clamp(((processors * phase.Together) - phase.Alone) / (processors - 1), 0, phase.Alone);

    private static Dictionary<string, PhaseTimes> Measure(string folder, LinkerUnderTest ours, int rounds)
    {
        var alone = new Dictionary<string, List<double>>();
        var together = new Dictionary<string, List<double>>();
        LinkInputs inputs = LinkInputs.Of(folder, ours);
        for (int round = 0; round < rounds; round++)
        {
            inputs.Warm();
            Add(alone, Run(folder, ours, "--threads=1"));
            Add(together, Run(folder, ours, $"--threads={Environment.ProcessorCount}"));
        }

        return alone.Where(p => together.ContainsKey(p.Key)).ToDictionary(p => p.Key, p => new PhaseTimes(Statistics.Median(p.Value), Statistics.Median(together[p.Key])));
    }

    private static void Add(Dictionary<string, List<double>> all, IEnumerable<(string Phase, double Ms)> one)
    {
        foreach ((string phase, double ms) in one)
        {
            if (!all.TryGetValue(phase, out List<double>? list))
                all[phase] = list = [];
            list.Add(ms);
        }
    }

    private static List<(string Phase, double Ms)> Run(string folder, LinkerUnderTest ours, string threads)
    {
        string output = Path.Combine(folder, "output");
        var start = new ProcessStartInfo(ours.Path) { WorkingDirectory = folder, RedirectStandardError = true };
        foreach (string argument in (string[])[.. ours.Arguments, "@response.txt", "-o", output, "--time", threads])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        var phases = new List<(string Phase, double Ms)>();
        while (process.StandardError.ReadLine() is { } line)
        {
            // "   12.345 ms  phase"
            if (line.Split(" ms  ", 2) is [var ms, var phase] && double.TryParse(ms, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                phases.Add((phase, value));
        }

        process.WaitForExit();
        File.Delete(output);
        return phases;
    }
}
