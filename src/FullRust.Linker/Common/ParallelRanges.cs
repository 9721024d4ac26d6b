// A loop over an index range, cut into consecutive parts that threads take one after the other. Results must not depend on who takes
// which part: bodies write to rows of their own or set flags atomically.

using System;
using System.Threading;

namespace FullRust.Linker.Common;

internal static class ParallelRanges
{
    /// <summary>Runs a body over [0, count) in ranges.</summary>
    /// <param name="count">Number of indices.</param>
    /// <param name="rangeSize">Indices that one range has at most; fewer indices than two ranges run on the calling thread.</param>
    /// <param name="threads">Threads to use; 1 runs everything on the calling thread.</param>
    /// <param name="body">Takes the first index and the one behind the last.</param>
    internal static void For(int count, int rangeSize, int threads, Action<int, int> body) =>
        For(count, rangeSize, threads, static () => (object?)null, (first, last, _) => body(first, last));

    /// <summary>As <see cref="For(int, int, int, Action{int, int})"/>, with something that each thread makes once for itself.</summary>
    internal static void For<T>(int count, int rangeSize, int threads, Func<T> make, Action<int, int, T> body)
    {
        if (threads == 1 || count < 2L * rangeSize)
        {
            Work(count, count, make, body, new Position());
            return;
        }

        var position = new Position();
        Crew.Run(Math.Min(threads, (count + rangeSize - 1) / rangeSize), () => Work(count, rangeSize, make, body, position));
    }

    /// <summary>As <see cref="For{T}"/>, while the calling thread first does other work; then it takes what is left.</summary>
    /// <param name="count">Number of indices.</param>
    /// <param name="rangeSize">Indices that one range has at most.</param>
    /// <param name="threads">Threads to use, the calling one included.</param>
    /// <param name="make">What each thread makes for itself once it has something to do.</param>
    /// <param name="body">Takes the first index, the one behind the last, and what the thread made.</param>
    /// <param name="other">What the calling thread does first.</param>
    internal static void ForBeside<T>(int count, int rangeSize, int threads, Func<T> make, Action<int, int, T> body, Action other)
    {
        var position = new Position();
        void WorkOn() => Work(count, rangeSize, make, body, position);
        Crew.RunBeside(threads, WorkOn, () =>
        {
            other();
            WorkOn();
        });
    }

    private static void Work<T>(int count, int rangeSize, Func<T> make, Action<int, int, T> body, Position position)
    {
        if (position.Next >= count)
            return;
        T own = make();
        try
        {
            while (Interlocked.Add(ref position.Next, rangeSize) - rangeSize is long first && first < count)
            {
                body((int)first, (int)Math.Min(first + rangeSize, count), own);
                Crew.StayApart();
            }
        }
        finally
        {
            (own as IDisposable)?.Dispose();
        }
    }

    /// <summary>The first index that nobody has taken.</summary>
    private sealed class Position
    {
        internal long Next;
    }
}
