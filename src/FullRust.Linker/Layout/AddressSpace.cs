// Sums of sizes and alignments that inputs state may be absurd: they stick at a value that no image can have, and the layout reports
// that once instead of wrapping around.

namespace FullRust.Linker.Layout;

internal static class AddressSpace
{
    /// <summary>The end of what a process can map on x86-64 Linux without asking for more (arch/x86, TASK_SIZE with four page-table levels).</summary>
    internal const ulong End = 0x7ffffffff000;

    /// <summary>Where the addresses end that a program can count on: above are its stack and what the kernel maps for it.</summary>
    internal const ulong EndForPrograms = 0x7f0000000000;

    /// <summary>No address: what <see cref="Advance"/> and <see cref="AlignAddress"/> give when there is none, and stay at.</summary>
    internal const ulong None = ulong.MaxValue;

    private const ulong Beyond = 1UL << 62;

    /// <summary>The sum of two sizes, or a value beyond <see cref="End"/> that further additions do not change.</summary>
    internal static ulong Add(ulong a, ulong b) => a > Beyond || b > Beyond - a ? Beyond : a + b;

    /// <summary>The address behind so many bytes; kernels and firmware have them up to the very end.</summary>
    internal static ulong Advance(ulong address, ulong size) => size >= Beyond || address > None - size ? None : address + size;

    /// <summary>The next address that is a multiple of an alignment.</summary>
    internal static ulong AlignAddress(ulong address, ulong alignment) => address > None - (alignment - 1) ? None : (address + (alignment - 1)) & ~(alignment - 1);

    /// <summary>The next multiple of an alignment, by the same rule as <see cref="Add"/>.</summary>
    internal static ulong AlignUp(ulong value, ulong alignment) => Add(value, alignment - 1) & ~(alignment - 1);
}
