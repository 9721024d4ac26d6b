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

    // What this thread asked help for last, and what it helps with.
    [ThreadStatic]
    private static Job? t_asked, t_helped;

    // Of a helper: the processors that it might use, and the one that it keeps off.
    [ThreadStatic]
    private static ulong[]? t_processors;

    [ThreadStatic]
    private static int t_busy;

    private sealed class Job(Action work, int places)
    {
        internal readonly Action Work = work;

        // Where the one that asks for help works on.
        internal volatile int Busy = ThreadPlacement.Current;
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

        Job? before = t_asked;
        t_asked = job;
        try
        {
            own();
        }
        finally
        {
            t_asked = before;
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

    /// <summary>To be called between pieces of work: helpers keep off the processor of the one that they help, which the kernel may move.</summary>
    internal static void StayApart()
    {
        if (t_asked is { } asked)
            asked.Busy = ThreadPlacement.Current;
        else if (t_helped is { } helped && helped.Busy != t_busy)
            ThreadPlacement.KeepOff(t_processors!, t_busy = helped.Busy);
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
        if (s_helpers >= helpers)
            return;
        ulong[] processors = ThreadPlacement.Allowed();
        try
        {
            for (; s_helpers < helpers; s_helpers++)
                ThreadPlacement.StartInPlace(new Thread(() => Help(processors)) { IsBackground = true }, processors);
        }
        catch (Exception refusal) when (refusal is OutOfMemoryException or ThreadStartException)
        {
            // A limit on processes or memory: whoever has work does it alone.
        }
    }

    private static void Help(ulong[] processors)
    {
        const int Unknown = -2;
        (t_processors, t_busy) = (processors, Unknown);
        while (true)
        {
            Job job = Take();
            t_helped = job;
            StayApart();
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
