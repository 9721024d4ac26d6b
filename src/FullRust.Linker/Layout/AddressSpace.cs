// Sums of sizes and alignments that inputs state may be absurd: they stick at a value that no image can have, and the layout reports
// that once instead of wrapping around.

namespace FullRust.Linker.Layout;

internal static class AddressSpace
{
    /// <summary>The end of what a process can map on x86-64 Linux without asking for more (arch/x86, TASK_SIZE with four page-table levels).</summary>
    internal const ulong End = 0x7ffffffff000;

    private const ulong Beyond = 1UL << 62;

    /// <summary>The sum of two sizes, or a value beyond <see cref="End"/> that further additions do not change.</summary>
    internal static ulong Add(ulong a, ulong b) => a > Beyond || b > Beyond - a ? Beyond : a + b;

    /// <summary>The next multiple of an alignment, by the same rule.</summary>
    internal static ulong AlignUp(ulong value, ulong alignment) => Add(value, alignment - 1) & ~(alignment - 1);
}
