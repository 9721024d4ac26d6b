// --randomize-section-padding: gaps between input sections, drawn from a seed, so that what a measurement owes to chance in the layout can
// be told apart (LLVM's linker). What must stand without gaps does: arrays, code that runs through, sections with start and stop symbols.

using System;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

/// <summary>Draws gaps. Not thread-safe.</summary>
internal sealed class RandomPadding(ulong seed)
{
    // One section in sixteen is moved, by its alignment or a pointer's size.
    private const ulong OneIn = 16, LeastGap = 8;
    private ulong _state = seed;

    /// <summary>Whether an output section may have gaps.</summary>
    internal static bool IsAllowed(OutputSection output)
    {
        ReadOnlySpan<byte> name = output.Name.Span;
        return output.IsAllocated && output.Type is SHT_PROGBITS or SHT_NOBITS && !SectionClassifier.IsIdentifier(name) && !SectionClassifier.IsStem(name, ".init"u8) &&
            !SectionClassifier.IsStem(name, ".fini"u8) && !SectionClassifier.IsStem(name, ".ctors"u8) && !SectionClassifier.IsStem(name, ".dtors"u8) &&
            !SectionClassifier.IsStem(name, ".eh_frame"u8);
    }

    /// <summary>The gap before the next section.</summary>
    internal ulong Next(byte alignmentLog2) => RequestedOrder.Next(ref _state) % OneIn == 0 ? Math.Max(1UL << alignmentLog2, LeastGap) : 0;
}
