// A loop over an index range, cut into consecutive parts that threads take one after the other. Results must not depend on who takes
// which part: bodies write to rows of their own or set flags atomically.

using System;
using System.Threading.Tasks;

namespace FullRust.Linker.Common;

internal static class ParallelRanges
{
    /// <summary>Runs a body over [0, count) in ranges.</summary>
    /// <param name="count">Number of indices.</param>
    /// <param name="rangeSize">Indices that one range has at most; fewer indices than two ranges run on the calling thread.</param>
    /// <param name="threads">Threads to use; 1 runs everything on the calling thread.</param>
    /// <param name="body">Takes the first index and the one behind the last.</param>
    internal static void For(int count, int rangeSize, int threads, Action<int, int> body)
    {
        if (threads == 1 || count < 2 * rangeSize)
        {
            body(0, count);
            return;
        }

        int ranges = (count + rangeSize - 1) / rangeSize;
        Parallel.For(0, ranges, new ParallelOptions { MaxDegreeOfParallelism = threads }, range =>
        {
            int first = range * rangeSize;
            body(first, Math.Min(first + rangeSize, count));
        });
    }
}
