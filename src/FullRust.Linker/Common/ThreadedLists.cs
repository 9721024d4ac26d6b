// Large tables whose memory threads have the kernel provide together: clearing it is a good part of the time that a table takes.

using System.Runtime.CompilerServices;
using FullRust.Elf.Memory;

namespace FullRust.Linker.Common;

internal static class ThreadedLists
{
    private const int BytesPerRange = 1 << 20;

    /// <summary>Appends zeroed rows.</summary>
    /// <param name="list">The table.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="threads">Threads to use.</param>
    internal static void AddZeroed<T>(this NativeList<T> list, int count, int threads)
        where T : unmanaged
    {
        int first = list.Count;
        list.AddUntouched(count);
        ParallelRanges.For(count, BytesPerRange / Unsafe.SizeOf<T>(), threads, (begin, end) => list.Populate(first + begin, end - begin));
    }
}
