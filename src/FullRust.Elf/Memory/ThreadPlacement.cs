// A thread that is woken often stays on the processor that wakes it although another one is idle: in a virtual machine a processor that sleeps
// counts as taken away (Linux, available_idle_cpu and vcpu_is_preempted), and the load of what ended a moment ago still counts. Then two
// threads share a processor for ten milliseconds and more. Whoever starts to help knows better where to go.

using System.Numerics;

namespace FullRust.Elf.Memory;

/// <summary>Where threads run. Thread-safe.</summary>
public static unsafe class ThreadPlacement
{
    // glibc's cpu_set_t; larger machines are left to the kernel.
    private const int Words = 16, Processors = Words * 64;

    /// <summary>The processor that the calling thread runs on, or a negative number if that is not known (sched_getcpu(3)).</summary>
    public static int Current => Posix.SchedGetCpu();

    /// <summary>Moves the calling thread once; afterwards the kernel may place it anywhere that it was allowed to be before (sched_setaffinity(2)).
    /// Nothing happens where that is not possible.</summary>
    /// <param name="busy">A processor that has work; negative for none.</param>
    /// <param name="number">Which of the next ones that the thread may use, from 1; beyond the last the first comes again.</param>
    public static void LeaveFor(int busy, int number)
    {
        ulong* allowed = stackalloc ulong[Words];
        if (busy is < 0 or >= Processors || number < 1 || Posix.SchedGetAffinity(0, Words * sizeof(ulong), allowed) != 0 || Count(allowed) < 2)
            return;
        int target = busy;
        for (int left = number; left > 0; left -= (int)(allowed[target / 64] >> (target % 64)) & 1)
            target = (target + 1) % Processors;
        if (target == busy)
            return;
        ulong* one = stackalloc ulong[Words];
        for (int i = 0; i < Words; i++)
            one[i] = i == target / 64 ? 1UL << (target % 64) : 0;
        if (Posix.SchedSetAffinity(0, Words * sizeof(ulong), one) == 0)
            _ = Posix.SchedSetAffinity(0, Words * sizeof(ulong), allowed);
    }

    private static int Count(ulong* processors)
    {
        int count = 0;
        for (int i = 0; i < Words; i++)
            count += BitOperations.PopCount(processors[i]);
        return count;
    }
}
