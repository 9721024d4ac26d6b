// One recorded link. Every round runs every linker once, in an order of its own, so that what disturbs the machine for a while disturbs
// all alike, no linker always follows the same other one, and ratios can be taken within a round.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace FullRust.Compare;

/// <summary>What one run took.</summary>
internal readonly record struct Sample(double WallMs, double UserMs, double SystemMs, double PeakMiB, long Faults);

/// <summary>All runs of one recorded link, by linker; a linker that fails at it is missing, and the reason is kept.</summary>
internal sealed record WorkloadResult(string Name, long InputBytes, int Rounds, Dictionary<string, List<Sample>> Samples, Dictionary<string, OutputSize> Outputs, Dictionary<string, string> Failures)
{
    /// <summary>A linker's median wall time in milliseconds; NaN if it failed.</summary>
    public double MedianMs(LinkerUnderTest linker) => Samples.TryGetValue(linker.Name, out List<Sample>? samples) ? Statistics.Median(samples.Select(s => s.WallMs)) : double.NaN;
}

/// <summary>A folder with <c>response.txt</c> and the inputs that it names.</summary>
internal sealed class Workload(string folder, string measure)
{
    private const int WarmUps = 2, FewestRounds = 11, MostRounds = 31, Seed = 71;

    // Enough for a table of all links in a quarter of an hour.
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(20);

    private readonly string _output = Path.Combine(folder, "output");

    /// <param name="linkers">Who links; ours first.</param>
    /// <param name="rounds">How often; 0 for as often as half a minute allows, within limits.</param>
    public WorkloadResult Run(IReadOnlyList<LinkerUnderTest> linkers, int rounds)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var result = new WorkloadResult(name, InputBytes(), rounds, [], [], []);
        var able = new List<LinkerUnderTest>();
        LinkInputs inputs = LinkInputs.Of(folder, linkers[0]);
        long start = Stopwatch.GetTimestamp();
        foreach (LinkerUnderTest linker in linkers)
        {
            if (WarmUp(linker, result))
                able.Add(linker);
        }

        if (rounds == 0)
            rounds = Math.Clamp((int)(s_budget / (Stopwatch.GetElapsedTime(start) / WarmUps)), FewestRounds, MostRounds);
        var order = new Random(Seed);
        for (int round = 0; round < rounds; round++)
        {
            Console.Error.Write($"\r{name}: round {round + 1} of {rounds}  ");
            order.Shuffle(CollectionsMarshal.AsSpan(able));
            foreach (LinkerUnderTest linker in able)
            {
                inputs.Warm();
                linker.Start();
                if (Link(linker, out Sample sample, out _))
                    result.Samples[linker.Name].Add(sample);
            }
        }

        Console.Error.WriteLine();
        File.Delete(_output);
        return result with { Rounds = rounds };
    }

    private bool WarmUp(LinkerUnderTest linker, WorkloadResult result)
    {
        for (int i = 0; i < WarmUps; i++)
        {
            File.Delete(_output);
            if (!Link(linker, out _, out string error) || !File.Exists(_output))
            {
                result.Failures[linker.Name] = error.Length == 0 ? "no output" : error;
                return false;
            }
        }

        result.Outputs[linker.Name] = OutputSize.Of(_output);
        result.Samples[linker.Name] = [];
        return true;
    }

    private bool Link(LinkerUnderTest linker, out Sample sample, out string error)
    {
        var start = new ProcessStartInfo(measure) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[linker.Path, .. linker.Arguments, "@response.txt", "-o", _output])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        error = errors.Result.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? "";
        sample = process.ExitCode == 0 ? Parse(lines[^1]) : default;
        return process.ExitCode == 0;
    }

    private static Sample Parse(string line)
    {
        double[] numbers = line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new Sample(numbers[0] / 1000, numbers[1] / 1000, numbers[2] / 1000, numbers[3] / 1024, (long)numbers[4]);
    }

    private long InputBytes() =>
        File.ReadLines(Path.Combine(folder, "response.txt"))
            .Where(line => !line.StartsWith('-'))
            .Select(line => new FileInfo(Path.Combine(folder, line.Replace("\\", "", StringComparison.Ordinal))))
            .Sum(file => file.Exists ? file.Length : 0);
}
