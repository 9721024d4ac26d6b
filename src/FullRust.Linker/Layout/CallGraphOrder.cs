// Functions that call each other often stand together: call-chain clustering (Ottoni and Maher, "Optimizing Function Placement for
// Large-Scale Data-Center Applications", CGO 2017). A function joins the cluster of its most frequent caller, hottest functions
// first; then clusters are put in order of calls per byte.

using System;
using System.Collections.Generic;
using System.Linq;

namespace FullRust.Linker.Layout;

internal sealed class CallGraphOrder
{
    private const ulong MaxClusterSize = 1 << 20;

    // Not worth joining: a caller that makes few of the calls, or one whose cluster would become much colder.
    private const ulong LeastShareOfCalls = 10;
    private const double MostDilution = 8;
    private readonly List<Cluster> _clusters = [];
    private readonly Dictionary<int, int> _clusterOf = [];
    private readonly Func<int, ulong> _sizeOf;

    /// <summary>Starts without calls.</summary>
    /// <param name="sizeOf">Size of a section in bytes.</param>
    internal CallGraphOrder(Func<int, ulong> sizeOf) => _sizeOf = sizeOf;

    private sealed class Cluster
    {
        internal required List<int> Rows { get; init; }

        internal ulong Size { get; set; }

        internal ulong Weight { get; set; }

        internal ulong OwnWeight { get; set; }

        internal int BestCaller { get; set; } = -1;

        internal ulong BestWeight { get; set; }

        internal double Density => Size == 0 ? 0 : (double)Weight / Size;
    }

    /// <summary>Adds calls from one section to another.</summary>
    internal void Add(int from, int to, ulong weight)
    {
        int caller = Find(from);
        Cluster callee = _clusters[Find(to)];
        callee.Weight = Math.Min(callee.Weight + weight, ulong.MaxValue / 16);
        callee.OwnWeight = callee.Weight;
        if (from == to || weight <= callee.BestWeight)
            return;
        (callee.BestCaller, callee.BestWeight) = (caller, weight);
    }

    /// <summary>The sections that calls speak of, in their order.</summary>
    internal List<int> Sort()
    {
        int[] leaders = [.. Enumerable.Range(0, _clusters.Count)];
        foreach (int index in leaders.OrderByDescending(i => _clusters[i].Density).ToArray())
        {
            Cluster cluster = _clusters[index];
            if (cluster.BestCaller < 0 || cluster.BestWeight * LeastShareOfCalls <= cluster.OwnWeight)
                continue;
            int leader = LeaderOf(leaders, cluster.BestCaller);
            if (leader == index || !IsWorthJoining(_clusters[leader], cluster))
                continue;
            leaders[index] = leader;
            Join(_clusters[leader], cluster);
        }

        IEnumerable<int> left = Enumerable.Range(0, _clusters.Count).Where(i => leaders[i] == i).OrderByDescending(i => _clusters[i].Density);
        return [.. left.SelectMany(i => _clusters[i].Rows)];
    }

    private static bool IsWorthJoining(Cluster caller, Cluster callee)
    {
        if (caller.Size + callee.Size > MaxClusterSize)
            return false;
        double joined = (double)(caller.Weight + callee.Weight) / Math.Max(caller.Size + callee.Size, 1);
        return joined >= caller.Density / MostDilution;
    }

    private static void Join(Cluster caller, Cluster callee)
    {
        caller.Rows.AddRange(callee.Rows);
        caller.Size += callee.Size;
        caller.Weight = Math.Min(caller.Weight + callee.Weight, ulong.MaxValue / 16);
        callee.Rows.Clear();
    }

    private static int LeaderOf(int[] leaders, int index)
    {
        while (leaders[index] != index)
            index = leaders[index] = leaders[leaders[index]];
        return index;
    }

    private int Find(int row)
    {
        if (_clusterOf.TryGetValue(row, out int index))
            return index;
        _clusterOf[row] = index = _clusters.Count;
        _clusters.Add(new Cluster { Rows = [row], Size = _sizeOf(row) });
        return index;
    }
}
