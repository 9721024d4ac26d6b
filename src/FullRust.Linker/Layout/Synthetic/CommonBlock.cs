// COMMON symbols (gABI, Special Section Indices): each becomes zero bytes at the end of .bss, .tbss or .lbss. Under --gc-sections only
// those that something live refers to.

using System;
using System.Collections.Generic;
using System.Linq;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Arguments;
using FullRust.Linker.Objects;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Synthetic;

/// <summary>The common symbols of one kind.</summary>
internal sealed class CommonBlock(NativeBytes name, ulong flags) : SyntheticSection
{
    internal override NativeBytes Name { get; } = name;

    internal override uint Type => SHT_NOBITS;

    internal override ulong Flags { get; } = flags;

    /// <summary>The common symbols in the block, with their offsets as values of the rows.</summary>
    internal NativeList<int> Ids { get; } = new();

    /// <summary>Sorts live common symbols into the three blocks.</summary>
    internal static (CommonBlock Bss, CommonBlock Tbss, CommonBlock Large) Allocate(SectionTable sections, SymbolTable symbols, SectionNameBytes names, LinkOptions options)
    {
        var bss = new CommonBlock(names.Bss, SHF_ALLOC | SHF_WRITE);
        var tbss = new CommonBlock(names.Tbss, SHF_ALLOC | SHF_WRITE | SHF_TLS);
        var large = new CommonBlock(names.LargeBss, SHF_ALLOC | SHF_WRITE | SHF_X86_64_LARGE);
        int[]? order = Order(symbols, options.SortCommon);
        for (int i = 0; i < (order?.Length ?? symbols.Count); i++)
        {
            int id = order is null ? i : order[i];
            ref Symbol symbol = ref symbols[id];
            if ((symbol.Flags & (SymbolFlags.Common | SymbolFlags.Defined)) != (SymbolFlags.Common | SymbolFlags.Defined))
                continue;
            if (options.GcSections && (symbol.Flags & SymbolFlags.Reached) == 0)
                continue;
            bool isLarge = sections.Objects[symbol.File].Symbols[symbol.SymbolIndex].st_shndx == SHN_X86_64_LCOMMON;
            ((symbol.Flags & SymbolFlags.Tls) != 0 ? tbss : isLarge ? large : bss).Add(ref symbol, id);
        }

        return (bss, tbss, large);
    }

    // Null for the order of ids; among equal alignments that order stays.
    private static int[]? Order(SymbolTable symbols, SortCommonPolicy policy)
    {
        if (policy == SortCommonPolicy.None)
            return null;
        IEnumerable<int> commons = Enumerable.Range(0, symbols.Count).Where(id => (symbols[id].Flags & SymbolFlags.Common) != 0);
        return [.. policy == SortCommonPolicy.Descending ? commons.OrderByDescending(id => symbols[id].Value) : commons.OrderBy(id => symbols[id].Value)];
    }

    internal override void Write(Span<byte> target)
    {
    }

    private void Add(ref Symbol symbol, int id)
    {
        byte alignmentLog2 = (byte)(symbol.Value <= 1 ? 0 : System.Numerics.BitOperations.Log2(symbol.Value));
        Size = AddressSpace.AlignUp(Size, 1UL << alignmentLog2);
        symbol.Value = Size;
        Size = AddressSpace.Add(Size, symbol.Size);
        AlignmentLog2 = Math.Max(AlignmentLog2, alignmentLog2);
        Ids.Add(id);
    }
}
