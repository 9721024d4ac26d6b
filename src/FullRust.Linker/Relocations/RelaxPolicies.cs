// The facts about addresses that RelaxPolicy needs before addresses exist: an upper bound from the sizes of everything loaded.

using System.Collections.Generic;
using FullRust.Linker.Arguments;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Relocations;

internal static class RelaxPolicies
{
    private const ulong Near = 1UL << 30;

    /// <summary>Bounds the image's size and decides. A script may put the image anywhere: then no address is taken for a small one.</summary>
    internal static RelaxPolicy For(SectionTable sections, SymbolTable symbols, bool followsScript, HashSet<(int File, int Index)> kept, LinkOptions options)
    {
        ulong size = 0;
        for (int row = 1; row < sections.Rows.Count; row++)
        {
            ref readonly SectionFate fate = ref sections.Fate(row);
            if (fate.Kind == SectionKind.None || (fate.State & SectionState.Discarded) != 0)
                continue;
            ref readonly InputSection section = ref sections[row];
            if ((section.Flags & (uint)SHF_ALLOC) == 0)
                continue;
            size += section.Size + (1UL << System.Math.Min((int)section.AlignmentLog2, 40));
            if (size > Near)
                break;
        }

        bool isNear = size <= Near;
        return new RelaxPolicy(symbols, options.Relax, isNear, isNear && !followsScript && options.ImageBase < Near && options.OutputKind == OutputKind.StaticExecutable, kept);
    }
}
