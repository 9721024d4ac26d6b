// Judges many files on as many threads as asked for; results come back in the order of the inputs, whatever finished first.

using System;
using System.Collections.Generic;
using System.Threading;
using FullRust.ElfVerify.Reporting;

namespace FullRust.Driver.Verify;

internal static class ParallelJudge
{
    // The rules recurse nowhere and keep their tables on the heap.
    private const int StackSize = 1 << 20;

    /// <summary>Judges every path.</summary>
    /// <param name="paths">The inputs.</param>
    /// <param name="threads">Threads to use at most.</param>
    /// <param name="judge">Judges one; called on several threads.</param>
    /// <param name="completed">Told after each, with the number done so far; called on several threads.</param>
    internal static VerifiedFile[] Run(IReadOnlyList<string> paths, int threads, Func<string, VerifiedFile> judge, Action<int>? completed)
    {
        var results = new VerifiedFile[paths.Count];
        int next = -1, done = 0;
        Exception? failure = null;
        void Work()
        {
            try
            {
                for (int i = Interlocked.Increment(ref next); i < results.Length; i = Interlocked.Increment(ref next))
                {
                    results[i] = judge(paths[i]);
                    completed?.Invoke(Interlocked.Increment(ref done));
                }
            }
            catch (Exception problem)
            {
                Interlocked.CompareExchange(ref failure, problem, null);
            }
        }

        var helpers = new Thread[Math.Max(0, Math.Min(threads, results.Length) - 1)];
        for (int i = 0; i < helpers.Length; i++)
        {
            helpers[i] = new Thread(Work, StackSize);
            helpers[i].Start();
        }

        Work();
        foreach (Thread helper in helpers)
            helper.Join();
        return failure is null ? results : throw new InvalidOperationException(failure.Message, failure);
    }
}
