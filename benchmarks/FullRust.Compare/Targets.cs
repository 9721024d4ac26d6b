// What is aimed at: our wall time and peak memory divided by rust-lld's and mold's.

using System;
using System.Collections.Generic;
using System.Linq;

namespace FullRust.Compare;

/// <summary>The most that our time may be of another linker's.</summary>
internal readonly record struct TimeTarget(double Lld, double Mold);

internal static class Targets
{
    public const string RustLld = "rust-lld", Mold = "mold", WholeMold = Mold + LinkerUnderTest.Whole;
    public const double MemoryLld = 0.7, MemoryMold = 0.8;

    private static readonly Dictionary<string, TimeTarget> s_times = new()
    {
        ["hello-release"] = new(0.35, 0.5),
        ["hello-debug"] = new(0.45, 0.5),
        ["zero-touch-debug"] = new(0.5, 0.65),
        ["std-debug"] = new(0.5, 0.65),
        ["llvm"] = new(0.5, 0.55),
        ["self-link"] = new(0.5, 0.65),
    };

    /// <summary>The target for a link's time; as fast as theirs for a link without one.</summary>
    public static TimeTarget TimeOf(string link) => s_times.GetValueOrDefault(link, new TimeTarget(1, 1));

    /// <summary>Whether a link takes longer than it should.</summary>
    /// <param name="result">Its runs.</param>
    /// <param name="us">The name of our linker.</param>
    public static bool IsMissed(WorkloadResult result, string us)
    {
        TimeTarget target = TimeOf(result.Name);
        return Ratio(result, us, RustLld, s => s.WallMs) > target.Lld || Ratio(result, us, Mold, s => s.WallMs) > target.Mold;
    }

    /// <summary>A figure of ours divided by theirs; NaN if either did not link.</summary>
    public static double Ratio(WorkloadResult result, string us, string other, Func<Sample, double> value) =>
        result.Samples.TryGetValue(us, out List<Sample>? ours) && result.Samples.TryGetValue(other, out List<Sample>? theirs)
            ? Statistics.PairedRatio(ours.Select(value), theirs.Select(value)) : double.NaN;
}
