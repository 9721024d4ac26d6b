// What linked programs cost: their size, and the time from their start to their end.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace FullRust.Compare;

internal static class ProgramReport
{
    private const int Runs = 300;

    /// <summary>Links a recorded program with every linker and runs the results in turns, together with other programs.</summary>
    public static void Append(StringBuilder text, string folder, IReadOnlyList<LinkerUnderTest> linkers, IReadOnlyList<(string Name, string Path)> others, string measure)
    {
        var programs = new List<(string Name, string Path)>();
        foreach (LinkerUnderTest linker in linkers)
        {
            string path = Path.Combine(folder, "program-" + linker.Name.Replace(' ', '-'));
            if (linker.Link(folder, path))
                programs.Add(($"{Path.GetFileName(folder)}, {linker.Name}", path));
        }

        programs.AddRange(others);
        var times = programs.ToDictionary(p => p.Path, _ => new List<double>());
        for (int run = 0; run < Runs + 20; run++)
        {
            foreach ((string _, string path) in programs)
            {
                double micros = Time(measure, path);
                if (run >= 20)
                    times[path].Add(micros);
            }
        }

        text.AppendLine().AppendLine("## Programs").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"From start to exit of a program that prints one line, {Runs} runs in turns.").AppendLine();
        text.AppendLine("| program | bytes | start to exit µs | spread |").AppendLine("|---|---|---|---|");
        foreach ((string name, string path) in programs)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {new FileInfo(path).Length} | {Statistics.Median(times[path]):0} | ± {Statistics.Spread(times[path]):P0} |");
        foreach ((string _, string path) in programs.Except(others))
            File.Delete(path);
    }

    /// <summary>Runs a program, its output thrown away.</summary>
    /// <returns>Microseconds from before its start to after its end.</returns>
    public static double Time(string measure, params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(measure, ["-q", .. command]) { RedirectStandardOutput = true })!;
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
