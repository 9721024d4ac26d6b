// For the links that miss a target: where the time goes phase by phase, and what could not be faster whatever the linker did: the start of
// our executable, reading the inputs once, writing the output once. Both are measured in the same minutes.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace FullRust.Compare;

/// <summary>What a link cannot do without, in milliseconds of wall time.</summary>
internal readonly record struct Floors(double Start, double Read, double WriteAlone, double WriteTogether, double Copy);

/// <param name="ours">Our linker.</param>
/// <param name="measure">The tool that measures a program.</param>
/// <param name="floor">The tool that only reads or writes.</param>
internal sealed class FloorReport(LinkerUnderTest ours, string measure, string floor)
{
    private const int Rounds = 9;

    /// <param name="text">Takes the section.</param>
    /// <param name="missed">Links that miss a target, with their folders.</param>
    /// <param name="phases">The phases of all links, by name.</param>
    public void Append(StringBuilder text, IReadOnlyList<(WorkloadResult Result, string Folder)> missed, IReadOnlyDictionary<string, Dictionary<string, PhaseTimes>> phases)
    {
        if (missed.Count == 0)
            return;
        int processors = Environment.ProcessorCount;
        text.AppendLine().AppendLine("## Links that miss a target: where the time goes, and the floor").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"What no linker can do without, medians of {Rounds} runs in turns with our link: the start and end of our executable (`--version`), reading every input file once into a buffer (`benchmarks/floor.c`), writing so many bytes to a file once with 1 and with {processors} threads and giving it its name, and `cp` of the output. \"Left\" is our time without start, reading and writing with {processors} threads.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"| link | ours ms | start | read inputs | write, 1 thread | write, {processors} threads | cp | left |");
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach ((WorkloadResult result, string folder) in missed)
        {
            double link = Measure(folder, out Floors floors);
            double left = link - floors.Start - floors.Read - floors.WriteTogether;
            text.AppendLine(CultureInfo.InvariantCulture, $"| {result.Name} | {link:0.0} | {floors.Start:0.0} | {floors.Read:0.0} | {floors.WriteAlone:0.0} | {floors.WriteTogether:0.0} | {floors.Copy:0.0} | {left:0.0} |");
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Phases in milliseconds; with one thread nothing waits, so that the first column is processor time too.");
        foreach ((WorkloadResult result, string _) in missed)
            AppendPhases(text, result.Name, phases[result.Name], processors);
    }

    private static void AppendPhases(StringBuilder text, string name, Dictionary<string, PhaseTimes> phases, int processors)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"| {name} | 1 thread | {processors} threads | serial share |").AppendLine("|---|---|---|---|");
        foreach ((string phase, PhaseTimes times) in phases)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {phase} | {times.Alone:0.0} | {times.Together:0.0} | {PhaseReport.SerialPart(times, processors) / Math.Max(times.Alone, 0.001):P0} |");
        var sum = new PhaseTimes(phases.Values.Sum(p => p.Alone), phases.Values.Sum(p => p.Together));
        double serial = phases.Values.Sum(p => PhaseReport.SerialPart(p, processors));
        text.AppendLine(CultureInfo.InvariantCulture, $"| **sum** | {sum.Alone:0.0} | {sum.Together:0.0} | {serial / sum.Alone:P0} |");
    }

    private double Measure(string folder, out Floors floors)
    {
        string output = Path.Combine(folder, "output"), copy = Path.Combine(folder, "output-copy");
        string[] link = [ours.Path, .. ours.Arguments, "@response.txt", "-o", output];
        Run(folder, measure, ["-q", .. link]);
        LinkInputs inputs = LinkInputs.Of(folder, ours);
        string size = new FileInfo(output).Length.ToString(CultureInfo.InvariantCulture), all = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        var samples = new List<double[]>();
        for (int round = 0; round < Rounds; round++)
        {
            inputs.Warm();
            samples.Add(
            [
                Run(folder, measure, ["-q", .. link]),
                Run(folder, measure, ["-q", ours.Path, .. ours.Arguments, "--version"]),
                Run(folder, floor, ["read", .. inputs.Files]),
                Run(folder, measure, ["-q", "/bin/cp", output, copy]),
                Run(folder, floor, ["write", copy, size, "1"]),
                Run(folder, floor, ["write", copy, size, all]),
            ]);
        }

        double[] medians = [.. Enumerable.Range(0, samples[0].Length).Select(i => Statistics.Median(samples.Select(s => s[i])))];
        floors = new Floors(medians[1], medians[2], medians[4], medians[5], medians[3]);
        foreach (string file in (string[])[output, copy])
            File.Delete(file);
        return medians[0];
    }

    // Both tools print microseconds of wall time first.
    private static double Run(string folder, string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed: {string.Join(' ', arguments.Take(4))}");
        return double.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture) / 1000;
    }
}
