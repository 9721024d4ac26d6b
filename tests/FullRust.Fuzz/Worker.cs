// The fuzzing loop of one process: takes an input, changes it, runs it, keeps it if it reached something new. Without counters in the
// assemblies under test nothing is new, and the loop is as fast as they are.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using FullRust.Fuzz.Targets;

namespace FullRust.Fuzz;

internal sealed class Worker : IDisposable
{
    /// <summary>Largest input and length of the mapping.</summary>
    internal const int MaxInput = 1 << 20;

    private const int SlowSeconds = 20;
    private const long MostAllocated = 1L << 30, MostResident = 3L << 30;
    private readonly FuzzTarget _target;
    private readonly FindingStore _findings;
    private readonly List<byte[]> _corpus = [];
    private readonly CurrentInput.Mapping _current;
    private readonly Stopwatch _watch = new();
    private long _runs;

    internal Worker(FuzzTarget target, FindingStore findings, string currentPath)
    {
        (_target, _findings) = (target, findings);
        _current = new CurrentInput.Mapping(currentPath, MaxInput);
    }

    /// <summary>Runs up to a limit.</summary>
    /// <param name="limit">Time or number of inputs.</param>
    /// <param name="seed">Decides what is tried.</param>
    /// <param name="corpusFolder">Inputs of earlier runs; those found now are added.</param>
    /// <returns>Inputs that were run.</returns>
    internal long Run(FuzzLimit limit, int seed, string corpusFolder)
    {
        using var watchdog = new Timer(_ => StopIfStuck(), null, 1000, 1000);
        var random = new Random(seed);
        _watch.Restart();
        foreach (byte[] input in _target.Seeds.Concat(Directory.EnumerateFiles(corpusFolder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)))
        {
            Try(input, 0);
            _corpus.Add(input);
        }

        while (_runs < limit.Inputs && _watch.Elapsed < limit.Time)
        {
            byte[] input = _corpus[random.Next(2) == 0 ? random.Next(_corpus.Count) : _corpus.Count - 1 - random.Next(Math.Min(_corpus.Count, 32))];
            byte[] changed = _target.Mutator.Mutate(input, _corpus[random.Next(_corpus.Count)], random);
            if (!Try(changed, random.Next(1 << 16)))
                continue;
            _corpus.Add(changed);
            File.WriteAllBytes(Path.Combine(corpusFolder, Convert.ToHexStringLower(SHA256.HashData(changed))[..16]), changed);
        }

        return _runs;
    }

    private bool Try(byte[] input, int variant)
    {
        _current.Show(input, variant, _runs);
        Coverage.Clear();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _target.Run(input, variant);
        }
        catch (Exception problem)
        {
            _findings.Add(_target.Name, input, variant, problem.ToString());
            return false;
        }
        finally
        {
            Interlocked.Increment(ref _runs);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > MostAllocated)
            _findings.Add(_target.Name, input, variant, $"allocates {allocated >> 20} MiB");
        if ((_runs & 63) == 0 && Environment.WorkingSet > MostResident)
            _findings.Add(_target.Name, input, variant, $"holds {Environment.WorkingSet >> 20} MiB");
        return Coverage.Merge();
    }

    private long _lastRuns = -1;
    private int _secondsStuck;

    private void StopIfStuck()
    {
        long runs = Interlocked.Read(ref _runs);
        _secondsStuck = runs == _lastRuns ? _secondsStuck + 1 : 0;
        _lastRuns = runs;
        if (_secondsStuck >= SlowSeconds)
            Environment.FailFast($"one input takes more than {SlowSeconds} s");
    }

    /// <inheritdoc/>
    public void Dispose() => _current.Dispose();
}
