// References that were relaxed before addresses were known and do not reach their targets, because options or a script put sections
// more than 2 GiB apart. Their symbols keep their GOT slots and the link begins again; a link whose image is smaller pays for one comparison.

using System;
using System.Collections.Generic;
using FullRust.Elf.Native;
using FullRust.Linker.Layout;
using FullRust.Linker.Objects;
using FullRust.Linker.Relocations.X86_64;
using FullRust.Linker.Writing;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Relocations;

internal static class FarReferences
{
    /// <summary>Takes the relaxation of what does not reach back.</summary>
    /// <returns>Whether there is such a reference: the link's layout is of no use then.</returns>
    internal static bool Keep(SectionTable sections, OutputLayout layout, SymbolAddresses addresses, RelaxPolicy relax)
    {
        if (Reaches(layout.Sections, relax))
            return false;
        bool found = false;
        for (int row = 1; row < sections.Count; row++)
        {
            ref readonly InputSection section = ref sections[row];
            ref readonly SectionFate fate = ref sections.Fate(row);
            if (fate.IsLive && (section.Flags & (uint)SHF_ALLOC) != 0 && fate.Kind != SectionKind.EhFrame)
                found |= KeepIn(row, sections, addresses, relax);
        }

        return found;
    }

    // Most images: no two places are further from each other, or from 0, than 31 bits.
    private static bool Reaches(List<OutputSection> outputs, RelaxPolicy relax)
    {
        ulong lowest = ulong.MaxValue, highest = 0;
        foreach (OutputSection section in outputs)
        {
            if (!section.IsAllocated || section.Size == 0)
                continue;
            lowest = Math.Min(lowest, section.Address);
            highest = Math.Max(highest, section.Address + section.Size);
        }

        return highest <= int.MaxValue || (!relax.IsLow && highest > lowest && highest - lowest <= int.MaxValue);
    }

    private static bool KeepIn(int row, SectionTable sections, SymbolAddresses addresses, RelaxPolicy relax)
    {
        bool found = false;
        ObjectFile file = sections.FileOf(row);
        ReadOnlySpan<byte> contents = sections.Contents(row).Span;
        foreach (ref readonly Elf64_Rela relocation in sections.Relocations(row))
        {
            if (RelocationTable.Row(relocation.Type).Kind != RelocationKind.GotPcRelative || !relax.CanRelax(file, relocation, contents, out GotForm form))
                continue;
            if (relax.Reaches(file, relocation, contents, form, addresses.OfSymbol(file, relocation), addresses.InSection(row, relocation.r_offset)))
                continue;
            relax.Keep(file, relocation);
            found = true;
        }

        return found;
    }
}
