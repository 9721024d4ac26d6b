// COMMON symbols (gABI, Special Section Indices): each becomes zero bytes at the end of .bss, .tbss or .lbss. Under --gc-sections only
// those that something live refers to.

using System;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
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
    internal static (CommonBlock Bss, CommonBlock Tbss, CommonBlock Large) Allocate(SectionTable sections, SymbolTable symbols, SectionNameBytes names, bool onlyReached)
    {
        var bss = new CommonBlock(names.Bss, SHF_ALLOC | SHF_WRITE);
        var tbss = new CommonBlock(names.Tbss, SHF_ALLOC | SHF_WRITE | SHF_TLS);
        var large = new CommonBlock(names.LargeBss, SHF_ALLOC | SHF_WRITE | SHF_X86_64_LARGE);
        for (int id = 0; id < symbols.Count; id++)
        {
            ref Symbol symbol = ref symbols[id];
            if ((symbol.Flags & (SymbolFlags.Common | SymbolFlags.Defined)) != (SymbolFlags.Common | SymbolFlags.Defined))
                continue;
            if (onlyReached && (symbol.Flags & SymbolFlags.Reached) == 0)
                continue;
            bool isLarge = sections.Objects[symbol.File].Symbols[symbol.SymbolIndex].st_shndx == SHN_X86_64_LCOMMON;
            ((symbol.Flags & SymbolFlags.Tls) != 0 ? tbss : isLarge ? large : bss).Add(ref symbol, id);
        }

        return (bss, tbss, large);
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
