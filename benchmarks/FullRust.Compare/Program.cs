// Replays recorded links with every linker at hand, in turns, and writes a table and a chart of the ratios; on request also how time and
// memory grow with generated links, where our time goes, and what the linked programs and the verifier cost.
//
//   FullRust.Compare --measure=FILE --floor=FILE --ours=FILE [--also=FILE] [--results=FOLDER] [--name=NAME] [--rounds=N]
//                    [--growth=FOLDER] [--whole=yes] [--program=NAME=FILE]... LINK...

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Compare.Growth;

namespace FullRust.Compare;

internal static class Program
{
    private const int Rounds = 7;

    private static int Main(string[] arguments)
    {
        var options = new Dictionary<string, string>();
        var folders = new List<string>();
        var programs = new List<(string Name, string Path)>();
        foreach (string argument in arguments)
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal))
                folders.Add(Path.GetFullPath(argument));
            else if (argument.Split('=', 3) is ["--program", var program, var file])
                programs.Add((program.Replace('_', ' '), file));
            else if (argument.Split('=', 2) is [var name, var value])
                options[name] = value;
            else
                return Misuse($"{argument} needs a value");
        }

        if (folders.Count == 0 || !options.TryGetValue("--measure", out string? measure) || !options.TryGetValue("--floor", out string? floor) || !options.TryGetValue("--ours", out string? ours))
            return Misuse("--measure, --floor, --ours and at least one recorded link are needed");
        if (!int.TryParse(options.GetValueOrDefault("--rounds", "0"), out int rounds) || rounds < 0)
            return Misuse("--rounds needs a number");
        if (!File.Exists(ours))
            return Misuse($"{ours} is missing");

        IReadOnlyList<LinkerUnderTest> linkers = LinkerUnderTest.Find(ours, options.GetValueOrDefault("--also"));
        var results = new List<WorkloadResult>();
        foreach (string folder in folders)
            results.Add(new Workload(folder, measure).Run(linkers, rounds));
        string title = options.GetValueOrDefault("--name", DateTime.UtcNow.ToString("yyyy-MM-dd", null));
        var text = new StringBuilder(MarkdownReport.Make(title, linkers, results));
        var charts = new Dictionary<string, string> { [$"{title}.svg"] = SvgChart.Make(linkers, results) };
        if (options.TryGetValue("--growth", out string? growth))
        {
            string[] names = [linkers[0].Name + LinkerUnderTest.Whole, Targets.RustLld, Targets.WholeMold];
            LinkerUnderTest[] compared = [.. linkers.Where(l => names.Contains(l.Name))];
            List<GrowthSeries> series = [.. GrowthAxis.All.Select(axis => GrowthSeries.Measure(axis, growth, measure, compared))];
            GrowthReport.AppendTable(text, $"{title}-growth.svg", series);
            charts[$"{title}-growth.svg"] = GrowthReport.Chart(series);
        }

        var phases = PhaseReport.Measure(folders, linkers[0], Rounds);
        PhaseReport.Append(text, phases, results.ToDictionary(static r => r.Name, r => r.MedianMs(linkers[0])), Rounds);
        var missed = results.Zip(folders).Where(r => Targets.IsMissed(r.First, linkers[0].Name)).ToList();
        new FloorReport(linkers[0], measure, floor).Append(text, missed, phases);
        if (options.ContainsKey("--whole"))
            AppendParts(text, folders, linkers, programs, measure);
        Write(options.GetValueOrDefault("--results", "."), title, text.ToString(), charts);
        return results.All(result => result.Samples.ContainsKey(linkers[0].Name)) ? 0 : 1;
    }

    private static void AppendParts(StringBuilder text, List<string> folders, IReadOnlyList<LinkerUnderTest> linkers, List<(string Name, string Path)> programs, string measure)
    {
        if (folders.Find(static f => Path.GetFileName(f) == "hello-release") is { } hello)
            ProgramReport.Append(text, hello, linkers, programs, measure);
        VerifierReport.Append(text, folders, linkers[0], measure, Rounds);
    }

    private static void Write(string folder, string title, string text, Dictionary<string, string> charts)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, title + ".md"), text);
        foreach ((string name, string chart) in charts)
            File.WriteAllText(Path.Combine(folder, name), chart);
        Console.WriteLine(text);
    }

    private static int Misuse(string message)
    {
        Console.Error.WriteLine("FullRust.Compare: " + message);
        return 2;
    }
}
