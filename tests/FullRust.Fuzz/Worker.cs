// The fuzzing loop of one process: takes an input, changes it, runs it, keeps it if it reached something new. The input that is being
// run also stands in a shared mapping, so that it is known even if the process dies of it.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.MemoryMappedFiles;
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
    private readonly MemoryMappedViewAccessor _current;
    private readonly MemoryMappedFile _mapping;
    private readonly Stopwatch _watch = new();
    private long _runs;

    internal Worker(FuzzTarget target, FindingStore findings, string currentPath)
    {
        (_target, _findings) = (target, findings);
        _mapping = MemoryMappedFile.CreateFromFile(currentPath, FileMode.OpenOrCreate, null, MaxInput + 8);
        _current = _mapping.CreateViewAccessor();
    }

    /// <summary>Runs for a time.</summary>
    /// <param name="time">How long.</param>
    /// <param name="seed">Decides what is tried.</param>
    /// <param name="corpusFolder">Inputs of earlier runs; those found now are added.</param>
    /// <returns>Inputs that were run.</returns>
    internal long Run(TimeSpan time, int seed, string corpusFolder)
    {
        using var watchdog = new Timer(_ => StopIfStuck(), null, 1000, 1000);
        var random = new Random(seed);
        _watch.Restart();
        foreach (byte[] input in _target.Seeds.Concat(Directory.EnumerateFiles(corpusFolder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)))
        {
            Try(input, 0);
            _corpus.Add(input);
        }

        while (_watch.Elapsed < time)
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
        Show(input, variant);
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

    private void Show(byte[] input, int variant)
    {
        _current.Write(0, input.Length);
        _current.Write(4, variant);
        _current.WriteArray(8, input, 0, Math.Min(input.Length, MaxInput));
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
    public void Dispose()
    {
        _current.Dispose();
        _mapping.Dispose();
    }
}
