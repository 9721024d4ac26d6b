// The fuzzer's command line. "instrument" rewrites the assemblies under test in a folder; "run" fuzzes in a process of its own, which is
// started again when it dies of an input; "worker" is that process; "try" repeats one input. A limit is seconds ("60s") or inputs ("1000000").

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using FullRust.Fuzz.Targets;

namespace FullRust.Fuzz;

internal static class Program
{
    private static readonly Dictionary<string, Func<FuzzTarget>> s_targets = new()
    {
        ["object"] = LinkTargets.Object,
        ["archive"] = LinkTargets.Archive,
        ["rlib"] = LinkTargets.Rlib,
        ["script"] = LinkTargets.Script,
        ["response"] = LinkTargets.ResponseFile,
        ["executable"] = static () => new ExecutableTarget(),
        ["demangler"] = static () => new DemanglerTarget(),
        ["dwarf"] = static () => new DwarfTarget(),
        ["compression"] = static () => new CompressionTarget(),
        ["policy"] = static () => new PolicyTarget(),
    };

    private static int Main(string[] arguments) => arguments switch
    {
        ["instrument", string folder] => Instrument(folder),
        ["run", string data, string limit, string seed, .. string[] targets] => RunAll(data, FuzzLimit.Parse(limit), Number(seed), targets),
        ["worker", string data, string limit, string seed, string target] => Work(data, FuzzLimit.Parse(limit), Number(seed), target),
        ["try", string target, string file, string variant] => TryOne(target, file, Number(variant)),
        _ => Usage(),
    };

    private static int Usage()
    {
        Console.Error.WriteLine("usage: FullRust.Fuzz instrument FOLDER | run DATA LIMIT SEED [TARGET]... | try TARGET FILE VARIANT");
        Console.Error.WriteLine($"targets: {string.Join(' ', s_targets.Keys)}");
        return 2;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Instrument(string folder)
    {
        Instrumenter.Rewrite(folder);
        return 0;
    }

    private static int RunAll(string data, FuzzLimit limit, int seed, string[] targets)
    {
        if (targets.FirstOrDefault(static t => !s_targets.ContainsKey(t)) is { } unknown)
        {
            Console.Error.WriteLine($"no target {unknown}");
            return Usage();
        }

        var findings = new FindingStore(Path.Combine(data, "findings"));
        int before = findings.Count;
        foreach (string target in targets.Length == 0 ? [.. s_targets.Keys] : targets)
            Supervise(data, limit, seed, target, findings);
        Console.WriteLine($"{findings.Count - before} new findings in {Path.Combine(data, "findings")}");
        return findings.Count == before ? 0 : 1;
    }

    // A worker that dies leaves the input and the number of inputs in the mapping.
    private static void Supervise(string data, FuzzLimit limit, int seed, string target, FindingStore findings)
    {
        var watch = Stopwatch.StartNew();
        long runs = 0;
        for (int generation = 0; limit.Without(watch.Elapsed, runs) is { IsReached: false } left; generation++)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(Program).Assembly.Location, "worker", data, left.ToString(), Text(seed + (generation * 1000)), target]) { RedirectStandardError = true };
            using Process worker = Process.Start(start)!;
            string error = worker.StandardError.ReadToEnd();
            worker.WaitForExit();
            Console.Error.Write(error.Length < 4000 ? error : error[..4000]);
            if (worker.ExitCode == 0)
                return;
            if (!File.Exists(CurrentPath(data, target)))
                throw new InvalidOperationException($"{target} does not start:\n{error}");
            CurrentInput current = CurrentInput.Read(CurrentPath(data, target));
            runs += current.Runs;
            findings.Add(target, current.Bytes, current.Variant, $"the process ended with {worker.ExitCode}\n{error}");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string CurrentPath(string data, string target) => Path.Combine(data, $"current-{target}");

    private static int Work(string data, FuzzLimit limit, int seed, string target)
    {
        string counts = Path.Combine(AppContext.BaseDirectory, Instrumenter.CountFile);
        int blocks = File.Exists(counts) ? Number(File.ReadAllText(counts)) : 0;
        Coverage.SetBlockCount(blocks);
        string corpus = Path.Combine(data, "corpus", target);
        Directory.CreateDirectory(corpus);
        FuzzTarget subject = s_targets[target]();
        using var worker = new Worker(subject, new FindingStore(Path.Combine(data, "findings")), CurrentPath(data, target));
        var watch = Stopwatch.StartNew();
        long runs = worker.Run(limit, seed, corpus);
        string coverage = blocks == 0 ? "" : $", {Coverage.BlocksSeen} of {blocks} blocks, {Directory.GetFiles(corpus).Length} kept";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {runs} inputs in {watch.Elapsed.TotalSeconds:F0} s, seed {seed}{coverage}"));
        (subject as IDisposable)?.Dispose();
        return 0;
    }

    private static int TryOne(string target, string file, int variant)
    {
        FuzzTarget subject = s_targets[target]();
        subject.Run(File.ReadAllBytes(file), variant);
        (subject as IDisposable)?.Dispose();
        return 0;
    }
}
