// A thread that is made or woken often stays on the processor of whoever does that, although another one is idle: in a virtual machine a
// processor that sleeps counts as taken away (Linux, available_idle_cpu and vcpu_is_preempted). There it waits until the other's slice ends, four
// milliseconds or half of a small link. So whoever makes a helper leaves the processor to it, and a helper may not run where the one that
// it helps does.

using System.Numerics;
using System.Threading;

namespace FullRust.Elf.Memory;

/// <summary>Where threads run (sched_setaffinity(2)). Thread-safe. Nothing happens where there is one processor, or more than 1,024.</summary>
public static unsafe class ThreadPlacement
{
    // glibc's cpu_set_t; larger machines are left to the kernel.
    private const int Words = 16, Bytes = Words * sizeof(ulong);

    /// <summary>The processor that the calling thread runs on, or a negative number if that is not known (sched_getcpu(3)).</summary>
    public static int Current => Posix.SchedGetCpu();

    /// <summary>The processors that the calling thread may use, one bit each; none if that is not known.</summary>
    public static ulong[] Allowed()
    {
        var allowed = new ulong[Words];
        fixed (ulong* first = allowed)
            return Posix.SchedGetAffinity(0, Bytes, first) == 0 ? allowed : [];
    }

    /// <summary>Starts a thread on the processor of the calling one, which moves to another one; afterwards the kernel may place it
    /// anywhere that it was allowed to be before. The new thread stays until it calls <see cref="KeepOff"/>, unless the runtime
    /// (.NET's, in programs that are not compiled ahead of time) gives new threads all processors.</summary>
    /// <param name="thread">A thread that was not started.</param>
    /// <param name="allowed">The calling thread's <see cref="Allowed"/>.</param>
    /// <exception cref="ThreadStartException">The system has no thread for it.</exception>
    public static void StartInPlace(Thread thread, ulong[] allowed)
    {
        System.ArgumentNullException.ThrowIfNull(thread);
        int here = Current;
        if (!TryWithout(allowed, here, out ulong[] others))
        {
            thread.Start();
            return;
        }

        var only = new ulong[Words];
        only[here / 64] = 1UL << (here % 64);
        Set(only);
        try
        {
            thread.Start();
        }
        finally
        {
            Set(others);
            Set(allowed);
        }
    }

    /// <summary>Keeps the calling thread off a processor from now on.</summary>
    /// <param name="allowed">Those that it may use otherwise.</param>
    /// <param name="busy">One that has other work; if it is not known, the thread may use all.</param>
    public static void KeepOff(ulong[] allowed, int busy) => Set(TryWithout(allowed, busy, out ulong[] others) ? others : allowed);

    private static bool TryWithout(ulong[] allowed, int busy, out ulong[] others)
    {
        others = [.. allowed];
        if (busy < 0 || busy >= allowed.Length * 64)
            return false;
        others[busy / 64] &= ~(1UL << (busy % 64));
        int count = 0;
        foreach (ulong word in others)
            count += BitOperations.PopCount(word);
        return count > 0;
    }

    private static void Set(ulong[] processors)
    {
        fixed (ulong* first = processors)
            _ = Posix.SchedSetAffinity(0, (nuint)processors.Length * sizeof(ulong), first);
    }
}
