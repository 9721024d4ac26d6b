// Medians and spreads: robust against the runs that a busy machine spoils.

using System;
using System.Collections.Generic;
using System.Linq;

namespace FullRust.Compare;

internal static class Statistics
{
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>Half the distance between the quartiles, as a share of the median.</summary>
    public static double Spread(IEnumerable<double> values)
    {
        double[] all = values.ToArray();
        return (Quantile(all, 0.75) - Quantile(all, 0.25)) / 2 / Median(all);
    }

    /// <summary>The median of the ratios of runs that were made in the same round.</summary>
    public static double PairedRatio(IEnumerable<double> ours, IEnumerable<double> theirs) =>
        Median(ours.Zip(theirs, (x, y) => x / y));

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            return double.NaN;
        double position = share * (sorted.Length - 1);
        int below = (int)Math.Floor(position);
        int above = (int)Math.Ceiling(position);
        return sorted[below] + ((sorted[above] - sorted[below]) * (position - below));
    }
}
