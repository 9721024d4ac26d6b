// -z rewrite-endbr: the endbr64 at the start of a function that is only called or jumped to directly is a landing pad that nobody lands on;
// it becomes a no-op of the same length. Only global functions count: their references always have relocations, while an assembler
// resolves those to local ones in the same section by itself, also when they take an address.

using System;
using System.Collections.Generic;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Sections;

internal static class LandingPads
{
    private static ReadOnlySpan<byte> EndBranch => [0xf3, 0x0f, 0x1e, 0xfa]; // endbr64

    private static ReadOnlySpan<byte> NoOperation => [0x0f, 0x1f, 0x40, 0x00]; // nopl 0(%rax)

    /// <summary>The places, by section, of landing pads that nobody needs; null if none were asked for.</summary>
    internal static Dictionary<int, List<ulong>>? Find(SectionTable sections, SymbolTable symbols, LinkOptions options)
    {
        if (!options.RewriteLandingPads)
            return null;
        (HashSet<int> rows, HashSet<(int Row, ulong Offset)> places) = TakenAddresses(sections, symbols);
        var unneeded = new Dictionary<int, List<ulong>>();
        for (int id = 0; id < symbols.Count; id++)
        {
            ref readonly Symbol symbol = ref symbols[id];
            if ((symbol.Flags & (SymbolFlags.Defined | SymbolFlags.Common)) != SymbolFlags.Defined || (symbol.Flags & (SymbolFlags.Root | SymbolFlags.Ifunc)) != 0 || symbol.Section == 0)
                continue;
            ref readonly InputSection section = ref sections[symbol.Section];
            ref readonly SectionFate fate = ref sections.Fate(symbol.Section);
            bool isCode = fate.IsLive && fate.Kind == SectionKind.Regular && (section.Flags & (uint)SHF_EXECINSTR) != 0;
            if (!isCode || rows.Contains(symbol.Section) || places.Contains((symbol.Section, symbol.Value)) || !StartsWithPad(sections, symbol))
                continue;
            if (!unneeded.TryGetValue(symbol.Section, out List<ulong>? offsets))
                unneeded[symbol.Section] = offsets = [];
            offsets.Add(symbol.Value);
        }

        return unneeded;
    }

    /// <summary>Rewrites the pads of a section in the image.</summary>
    internal static void Rewrite(List<ulong> offsets, Span<byte> section)
    {
        foreach (ulong offset in offsets)
            NoOperation.CopyTo(section[(int)offset..]);
    }

    private static bool StartsWithPad(SectionTable sections, in Symbol symbol)
    {
        ReadOnlySpan<byte> code = sections.Contents(symbol.Section).Span;
        return symbol.Value < (ulong)code.Length && code[(int)symbol.Value..].StartsWith(EndBranch) &&
            sections.Objects[symbol.File].Symbols[symbol.SymbolIndex].Type == STT_FUNC;
    }

    // A reference by section says only that something in it is needed.
    private static (HashSet<int> Rows, HashSet<(int Row, ulong Offset)> Places) TakenAddresses(SectionTable sections, SymbolTable symbols)
    {
        var rows = new HashSet<int>();
        var places = new HashSet<(int Row, ulong Offset)>();
        for (int row = 1; row < sections.Count; row++)
        {
            ref readonly InputSection section = ref sections[row];
            ref readonly SectionFate fate = ref sections.Fate(row);
            if (!fate.IsLive || (section.Flags & (uint)SHF_ALLOC) == 0 || fate.Kind == SectionKind.EhFrame)
                continue;
            ObjectFile file = sections.Objects[section.File];
            ReadOnlySpan<byte> code = sections.Contents(row).Span;
            foreach (ref readonly Elf64_Rela relocation in sections.Relocations(row))
            {
                int index = (int)relocation.Symbol;
                if (index >= file.SymbolCount || AddressSignificance.IsCallOrJump(relocation, code))
                    continue;
                if (index >= file.FirstGlobal)
                {
                    ref readonly Symbol symbol = ref symbols[symbols.IdOf(file, index)];
                    places.Add((symbol.Section, symbol.Value));
                    continue;
                }

                uint header = file.SectionOf(index, file.Symbols[index]);
                if (header < 0xffff0000u)
                    rows.Add(file.SectionBase + (int)header);
            }
        }

        return (rows, places);
    }
}
