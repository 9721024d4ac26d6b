// Measures every axis at every scale with every linker, and fits lines: what one more unit (the 1× size) costs in time and memory, and how
// far the largest link is from the line, which shows growth that is worse than linear.

using System;
using System.Collections.Generic;
using System.Linq;

namespace FullRust.Compare.Growth;

/// <summary>A linker along one axis.</summary>
/// <param name="Linker">Its name.</param>
/// <param name="WallMs">Median wall time by scale.</param>
/// <param name="PeakMiB">Median peak memory by scale.</param>
internal sealed record GrowthLine(string Linker, IReadOnlyList<double> WallMs, IReadOnlyList<double> PeakMiB)
{
    /// <summary>Milliseconds for one more unit.</summary>
    public double MsPerUnit => Slope(WallMs);

    /// <summary>Mebibytes for one more unit.</summary>
    public double MiBPerUnit => Slope(PeakMiB);

    /// <summary>The cost of a unit between 4× and 8×, divided by that between 1× and 4×: about 1 for linear growth.</summary>
    public double Bend => (WallMs[3] - WallMs[2]) / 4 / Math.Max((WallMs[2] - WallMs[0]) / 3, 1e-6);

    private static double Slope(IReadOnlyList<double> values)
    {
        double meanScale = GrowthAxis.Scales.Average(), mean = values.Average();
        double covariance = 0, variance = 0;
        for (int i = 0; i < values.Count; i++)
        {
            covariance += (GrowthAxis.Scales[i] - meanScale) * (values[i] - mean);
            variance += (GrowthAxis.Scales[i] - meanScale) * (GrowthAxis.Scales[i] - meanScale);
        }

        return covariance / variance;
    }
}

/// <summary>All linkers along one axis; those that fail at it are missing.</summary>
internal sealed record GrowthSeries(GrowthAxis Axis, IReadOnlyList<GrowthLine> Lines)
{
    /// <summary>Makes the links below a folder and measures them.</summary>
    public static GrowthSeries Measure(GrowthAxis axis, string root, string measure, IReadOnlyList<LinkerUnderTest> linkers)
    {
        const int Rounds = 7;
        var results = new List<WorkloadResult>();
        foreach (int scale in GrowthAxis.Scales)
            results.Add(new Workload(axis.Make(root, scale), measure).Run(linkers, Rounds));
        var lines = new List<GrowthLine>();
        foreach (LinkerUnderTest linker in linkers)
        {
            if (results.All(result => result.Samples.ContainsKey(linker.Name)))
                lines.Add(new GrowthLine(linker.Name, Medians(results, linker, s => s.WallMs), Medians(results, linker, s => s.PeakMiB)));
        }

        return new GrowthSeries(axis, lines);
    }

    private static double[] Medians(List<WorkloadResult> results, LinkerUnderTest linker, Func<Sample, double> value) =>
        [.. results.Select(result => Statistics.Median(result.Samples[linker.Name].Select(value)))];
}
