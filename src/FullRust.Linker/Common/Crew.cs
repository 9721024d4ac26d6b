// The threads that help a link. The platform's pool needs several thread starts and a spinning worker for the first loop that it runs in
// parallel, which is longer than a small link; here a helper is one thread that sleeps until there is work and stays for the next.

using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Common;

/// <summary>Helpers for whoever has work that several threads can share. Thread-safe; also from inside of such work.</summary>
internal static class Crew
{
    private static readonly List<Job> s_waiting = [];
    private static int s_helpers;

    private sealed class Job(Action work, int places)
    {
        internal readonly Action Work = work;

        // Where the one that asks for help works on.
        internal readonly int Busy = ThreadPlacement.Current;
        internal int Places = places;
        internal volatile int Running;
        internal Exception? Failure;
    }

    /// <summary>Starts helpers ahead of time, beside what the caller does next.</summary>
    internal static void Prepare(int threads)
    {
        lock (s_waiting)
            Hire(threads - 1);
    }

    /// <summary>Runs the same work on the calling thread and on helpers that are free; it has to share itself out.</summary>
    /// <param name="threads">Threads to use, the calling one included.</param>
    /// <param name="work">Returns when there is nothing left to begin.</param>
    /// <exception cref="Exception">What the work threw, on whichever thread.</exception>
    internal static void Run(int threads, Action work) => RunBeside(threads, work, work);

    /// <summary>Runs work of its own on the calling thread while helpers that are free, perhaps none, do other work.</summary>
    /// <param name="threads">Threads to use, the calling one included.</param>
    /// <param name="beside">What helpers do; it returns when there is nothing left to begin.</param>
    /// <param name="own">What the calling thread does.</param>
    /// <exception cref="Exception">What either threw.</exception>
    internal static void RunBeside(int threads, Action beside, Action own)
    {
        if (threads == 1)
        {
            own();
            return;
        }

        var job = new Job(beside, threads - 1);
        lock (s_waiting)
        {
            Hire(threads - 1);
            s_waiting.Add(job);
            Monitor.PulseAll(s_waiting);
        }

        try
        {
            own();
        }
        finally
        {
            Finish(job);
        }

        if (job.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Runs one piece of work beside another: on a helper if one is free in time, else on the calling thread after its own.</summary>
    /// <param name="threads">Threads to use, the calling one included.</param>
    /// <param name="other">What a helper may do.</param>
    /// <param name="own">What the calling thread does.</param>
    /// <exception cref="Exception">What either threw.</exception>
    internal static void RunBoth(int threads, Action other, Action own)
    {
        int begun = 0;
        void RunOther()
        {
            if (Interlocked.Exchange(ref begun, 1) == 0)
                other();
        }

        RunBeside(threads, RunOther, () =>
        {
            own();
            RunOther();
        });
    }

    // Helpers are nearly done when the caller is: looking for a moment is shorter than being woken.
    private static void Finish(Job job)
    {
        const int Looks = 2000;
        lock (s_waiting)
            s_waiting.Remove(job);
        for (int i = 0; i < Looks && job.Running > 0; i++)
            Thread.SpinWait(8);
        lock (s_waiting)
        {
            while (job.Running > 0)
                Monitor.Wait(s_waiting);
        }
    }

    private static void Hire(int helpers)
    {
        try
        {
            for (; s_helpers < helpers; s_helpers++)
            {
                int number = s_helpers + 1;
                new Thread(() => Help(number)) { IsBackground = true }.Start();
            }
        }
        catch (Exception refusal) when (refusal is OutOfMemoryException or ThreadStartException)
        {
            // A limit on processes or memory: whoever has work does it alone.
        }
    }

    private static void Help(int number)
    {
        while (true)
        {
            Job job = Take();
            if (ThreadPlacement.Current == job.Busy)
                ThreadPlacement.LeaveFor(job.Busy, number);
            try
            {
                job.Work();
            }
            catch (Exception failure)
            {
                job.Failure = failure;
            }

            lock (s_waiting)
            {
                job.Running--;
                Monitor.PulseAll(s_waiting);
            }
        }
    }

    private static Job Take()
    {
        lock (s_waiting)
        {
            while (true)
            {
                foreach (Job job in s_waiting)
                {
                    if (job.Places == 0)
                        continue;
                    job.Places--;
                    job.Running++;
                    return job;
                }

                Monitor.Wait(s_waiting);
            }
        }
    }
}
