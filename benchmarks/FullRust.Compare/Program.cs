// Replays recorded links with every linker at hand, in turns, and writes a table and a chart of the ratios.
//
//   FullRust.Compare --measure=FILE --results=FOLDER --ours=FILE [--rounds=N] [--name=NAME] LINK...

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FullRust.Compare;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        var options = new Dictionary<string, string>();
        var folders = new List<string>();
        foreach (string argument in arguments)
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal))
                folders.Add(argument);
            else if (argument.Split('=', 2) is [var name, var value])
                options[name] = value;
            else
                return Misuse($"{argument} needs a value");
        }

        if (folders.Count == 0 || !options.TryGetValue("--measure", out string? measure) || !options.TryGetValue("--ours", out string? ours))
            return Misuse("--measure, --ours and at least one recorded link are needed");
        if (!int.TryParse(options.GetValueOrDefault("--rounds", "15"), out int rounds) || rounds < 1)
            return Misuse("--rounds needs a positive number");
        if (!File.Exists(ours))
            return Misuse($"{ours} is missing");

        IReadOnlyList<LinkerUnderTest> linkers = LinkerUnderTest.Find(ours);
        var results = new List<WorkloadResult>();
        foreach (string folder in folders)
            results.Add(new Workload(folder, measure).Run(linkers, rounds));
        string target = options.GetValueOrDefault("--results", ".");
        string title = options.GetValueOrDefault("--name", DateTime.UtcNow.ToString("yyyy-MM-dd", null));
        Write(target, title, linkers, results, rounds);
        return results.All(result => result.Samples.ContainsKey(linkers[0].Name)) ? 0 : 1;
    }

    private static void Write(string folder, string title, IReadOnlyList<LinkerUnderTest> linkers, List<WorkloadResult> results, int rounds)
    {
        Directory.CreateDirectory(folder);
        string table = MarkdownReport.Make(title, linkers, results, rounds);
        File.WriteAllText(Path.Combine(folder, title + ".md"), table);
        File.WriteAllText(Path.Combine(folder, title + ".svg"), SvgChart.Make(linkers, results));
        Console.WriteLine(table);
    }

    private static int Misuse(string message)
    {
        Console.Error.WriteLine("FullRust.Compare: " + message);
        return 2;
    }
}
