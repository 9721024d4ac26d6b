// Wall time per phase, under the same names as in Linker.cs, DESIGN.md and the benchmarks.

using System.Collections.Generic;
using System.Diagnostics;

namespace FullRust.Linker.Timing;

/// <summary>Measures the phases of one link. Not thread-safe.</summary>
public sealed class PhaseTimer
{
    private readonly List<(string Phase, double Milliseconds)> _phases = [];
    private long _start = Stopwatch.GetTimestamp();

    /// <summary>Phases in order with their wall time in milliseconds.</summary>
    public IReadOnlyList<(string Phase, double Milliseconds)> Phases => _phases;

    /// <summary>Ends a phase that began where the last one ended.</summary>
    /// <param name="phase">Its name.</param>
    public void End(string phase)
    {
        long now = Stopwatch.GetTimestamp();
        _phases.Add((phase, (now - _start) * 1000.0 / Stopwatch.Frequency));
        _start = now;
    }
}
