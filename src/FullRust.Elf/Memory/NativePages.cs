// Large tables straight from the kernel: pages come zeroed and cost nothing until they are touched, growth moves page tables instead of
// bytes, and from a few megabytes on huge pages save most of the faults and of the address translation that scattered look-ups need.

using System;

namespace FullRust.Elf.Memory;

internal static unsafe class NativePages
{
    /// <summary>From this size on a table lives in pages of its own.</summary>
    internal const long MapFrom = 128 << 10;

    private const long HugePage = 2 << 20, HugeFrom = 16 << 20, Page = 4096;

    /// <summary>Reserves zeroed memory.</summary>
    /// <param name="bytes">How much; see <see cref="RoundUp"/>.</param>
    /// <exception cref="OutOfMemoryException">The system has none.</exception>
    internal static byte* Map(long bytes)
    {
        if (bytes < HugeFrom)
            return (byte*)Reserve(bytes);

        // Aligned as huge pages are, so that moving a table on growth moves whole page tables.
        nint whole = Reserve(bytes + HugePage);
        nint start = (nint)((whole + HugePage - 1) & ~(HugePage - 1));
        if (start != whole)
            _ = Posix.MUnmap(whole, start - whole);
        if (whole + HugePage != start)
            _ = Posix.MUnmap(start + (nint)bytes, whole + (nint)HugePage - start);
        PreferHuge((byte*)start, bytes);
        return (byte*)start;
    }

    /// <summary>Makes a reserved range larger; it may move. What is new is zeroed.</summary>
    internal static byte* Grow(byte* start, long bytes, long grown)
    {
        if (grown < HugeFrom)
        {
            nint moved = AddressSpaceReserve.LeavesRoom() ? Posix.MRemap((nint)start, (nint)bytes, (nint)grown, Posix.MREMAP_MAYMOVE, 0) : -1;
            return moved == -1 ? throw new OutOfMemoryException() : (byte*)moved;
        }

        byte* target = Map(grown);
        if (Posix.MRemap((nint)start, (nint)bytes, (nint)bytes, Posix.MREMAP_MAYMOVE | Posix.MREMAP_FIXED, (nint)target) == -1)
            throw new OutOfMemoryException();
        return target;
    }

    /// <summary>Gives a reserved range back.</summary>
    internal static void Unmap(byte* start, long bytes) => _ = Posix.MUnmap((nint)start, (nint)bytes);

    /// <summary>Whole pages for so many bytes; whole huge ones where those are used.</summary>
    internal static long RoundUp(long bytes)
    {
        long page = bytes < HugeFrom ? Page : HugePage;
        return (bytes + page - 1) & ~(page - 1);
    }

    /// <summary>Asks for huge pages where the kernel has them, from the first whole page of a range on.</summary>
    internal static void PreferHuge(byte* start, long bytes)
    {
        nint first = ((nint)start + (nint)(Page - 1)) & ~(nint)(Page - 1);
        _ = Posix.MAdvise(first, (nint)start + (nint)bytes - first, Posix.MADV_HUGEPAGE);
    }

    /// <summary>Has the kernel provide pages at once that are about to be written: one call instead of a fault for each.</summary>
    internal static void Populate(byte* start, long bytes)
    {
        const long WorthACall = 8 * Page;
        if (bytes < WorthACall)
            return;
        nint first = (nint)start & ~(nint)(Page - 1);
        _ = Posix.MAdvise(first, (nint)start + (nint)bytes - first, Posix.MADV_POPULATE_WRITE);
    }

    private static nint Reserve(long bytes)
    {
        nint start = AddressSpaceReserve.Map((nint)bytes, Posix.PROT_READ | Posix.PROT_WRITE, Posix.MAP_PRIVATE | Posix.MAP_ANONYMOUS | Posix.MAP_NORESERVE, -1);
        return start == -1 ? throw new OutOfMemoryException($"no memory for a table of {bytes} bytes") : start;
    }
}
