// Mutation testing of the verifier's rules: every comparison is changed once, and some test must fail. The tests run in a worker process,
// which is started again behind a mutant that never ends or takes the process with it.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using Mono.Cecil;

namespace FullRust.Mutants;

internal static class Program
{
    private const string Subject = "FullRust.ElfVerify", Tests = "FullRust.ElfVerify.Tests";
    private const int Unusable = 3;
    private static readonly TimeSpan s_slowTest = TimeSpan.FromSeconds(15), s_stuck = TimeSpan.FromSeconds(60);

    private static int Main(string[] arguments) => arguments switch
    {
        ["run", string folder] => RunAll(folder),
        ["worker", string folder, string first] => Work(folder, int.Parse(first, CultureInfo.InvariantCulture)),
        _ => Usage(),
    };

    private static int Usage()
    {
        Console.Error.WriteLine("usage: FullRust.Mutants run FOLDER     FOLDER holds a copy of the tests, which is changed");
        return 2;
    }

    private static int RunAll(string folder)
    {
        List<Mutant> mutants = MutantWriter.Rewrite(Path.Combine(folder, Subject + ".dll"), static type => IsRule(type));
        File.WriteAllText(CountOf(folder), mutants.Count.ToString(CultureInfo.InvariantCulture));
        string results = ResultsOf(folder);
        File.WriteAllText(results, "");
        int first = 1;
        while (first <= mutants.Count)
        {
            bool hasEnded = Supervise(folder, first, results);
            int done = File.ReadLines(results).Count();
            if (hasEnded && done < mutants.Count)
                throw new InvalidOperationException("the worker ended before its work");
            if (!hasEnded)
                File.AppendAllText(results, $"{++done}\tkilled\tthe process\n");
            first = done + 1;
        }

        return Report(mutants, File.ReadAllLines(results));
    }

    // What decides verdicts: the rules, the loader's model, the tables that they read. Reports are another matter.
    private static bool IsRule(TypeDefinition type)
    {
        TypeDefinition outer = type;
        while (outer.DeclaringType is not null)
            outer = outer.DeclaringType;
        return outer.Namespace is "FullRust.ElfVerify.Rules" or "FullRust.ElfVerify.Loading" || outer.Name is "ElfBinary" or "SectionTable" or "RuleRun" or "RuleLevels" or "Verifier" or "KernelVersion";
    }

    private static string ResultsOf(string folder) => Path.Combine(folder, "mutants.tsv");

    private static string CountOf(string folder) => Path.Combine(folder, "mutants.count");

    private static bool Supervise(string folder, int first, string results)
    {
        using Process worker = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(folder, "FullRust.Mutants.dll"), "worker", folder, first.ToString(CultureInfo.InvariantCulture)]))!;
        long length = -1;
        var watch = Stopwatch.StartNew();
        while (!worker.WaitForExit(500))
        {
            long now = new FileInfo(results).Length;
            if (now != length)
                watch.Restart();
            length = now;
            if (watch.Elapsed < s_stuck)
                continue;
            worker.Kill();
            worker.WaitForExit();
            return false;
        }

        if (worker.ExitCode == Unusable)
            throw new InvalidOperationException("the tests fail without a mutant");
        return worker.ExitCode == 0;
    }

    private static int Work(string folder, int first)
    {
        FieldInfo active = Assembly.Load(Subject).GetType(MutantWriter.SwitchType)!.GetField(MutantWriter.SwitchField)!;
        List<SingleTest> tests = TestSet.Load(Assembly.Load(Tests), s_slowTest);
        if (tests.Find(static test => test.Failure is not null) is { } failing)
        {
            Console.Error.WriteLine($"{failing.Name} fails without a mutant: {failing.Failure}");
            return Unusable;
        }

        using var results = new StreamWriter(ResultsOf(folder), append: true) { AutoFlush = true };
        int count = int.Parse(File.ReadAllText(CountOf(folder)), CultureInfo.InvariantCulture);
        for (int number = first; number <= count; number++)
        {
            active.SetValue(null, number);
            SingleTest? killer = tests.Find(static test => test.Run() is not null);
            active.SetValue(null, 0);
            results.WriteLine($"{number}\t{(killer is null ? "survived" : "killed")}\t{killer?.Name}");
        }

        return 0;
    }

    private static int Report(List<Mutant> mutants, string[] results)
    {
        Mutant[] survivors = [.. mutants.Where(mutant => results[mutant.Number - 1].Contains("\tsurvived\t", StringComparison.Ordinal))];
        foreach (Mutant mutant in survivors)
            Console.WriteLine($"survived: {mutant.Place}: {mutant.Change} (mutant {mutant.Number})");
        Console.WriteLine($"{mutants.Count - survivors.Length} of {mutants.Count} mutants killed");
        return 0;
    }
}
