// The facts about addresses that RelaxPolicy needs before addresses exist: an upper bound from the sizes of everything loaded.

using System;
using System.Collections.Generic;
using System.Threading;
using FullRust.Linker.Arguments;
using FullRust.Linker.Common;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Relocations;

internal static class RelaxPolicies
{
    private const ulong Near = 1UL << 30;
    private const int RowsPerRange = 32768;

    /// <summary>Bounds the image's size and decides. A script may put the image anywhere: then no address is taken for a small one.</summary>
    internal static RelaxPolicy For(SectionTable sections, SymbolTable symbols, bool followsScript, HashSet<(int File, int Index)> kept, LinkOptions options)
    {
        ulong size = 0;
        ParallelRanges.For(sections.Count, RowsPerRange, options.ThreadCount, (first, end) =>
        {
            if (Volatile.Read(ref size) <= Near)
                Interlocked.Add(ref size, Math.Min(SizeOf(sections, first, end), Near + 1));
        });
        bool isNear = size <= Near;
        return new RelaxPolicy(symbols, options.Relax, isNear, isNear && !followsScript && options.ImageBase < Near && options.OutputKind == OutputKind.StaticExecutable, kept);
    }

    // As soon as it is more than near, how much no longer matters.
    private static ulong SizeOf(SectionTable sections, int first, int end)
    {
        ulong size = 0;
        for (int row = Math.Max(first, 1); row < end && size <= Near; row++)
        {
            ref readonly SectionFate fate = ref sections.Fate(row);
            if (fate.Kind == SectionKind.None || (fate.State & SectionState.Discarded) != 0)
                continue;
            ref readonly InputSection section = ref sections[row];
            if ((section.Flags & (uint)SHF_ALLOC) != 0)
                size += section.Size + (1UL << Math.Min((int)section.AlignmentLog2, 40));
        }

        return size;
    }
}
