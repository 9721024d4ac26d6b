// Stubs for IFUNCs, sixteen bytes each, and the IRELATIVE relocations that the program's own start code applies between
// __rela_iplt_start and __rela_iplt_end (psABI, "R_X86_64_IRELATIVE").

using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using FullRust.Elf.Memory;
using FullRust.Elf.Native;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Synthetic;

internal sealed class IpltSection : SyntheticSection
{
    internal const int StubSize = 16;
    private readonly SlotTable _slots;
    private readonly GotSection _got;

    internal IpltSection(NativeBytes name, SlotTable slots, GotSection got)
    {
        Name = name;
        _slots = slots;
        _got = got;
        AlignmentLog2 = 4;
        Size = (ulong)(StubSize * slots.Iplt.Count);
    }

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_PROGBITS;

    internal override ulong Flags => SHF_ALLOC | SHF_EXECINSTR;

    /// <summary>The address of a stub.</summary>
    internal ulong Stub(int index) => Address + (ulong)(StubSize * index);

    /// <summary>Whether the stubs' instructions reach the slots: scripts may put them anywhere.</summary>
    internal bool ReachesSlots => _slots.Iplt.Count == 0 || (Fits(DistanceToSlot(0)) && Fits(DistanceToSlot(_slots.Iplt.Count - 1)));

    private static bool Fits(long distance) => distance == (int)distance;

    private long DistanceToSlot(int index) => (long)(_got.IpltSlot(index) - (Stub(index) + 10));

    internal override void Write(Span<byte> target)
    {
        ReadOnlySpan<byte> stub =
        [
            0xf3, 0x0f, 0x1e, 0xfa, // endbr64
            0xff, 0x25, 0, 0, 0, 0, // jmp *slot(%rip)
            0x66, 0x0f, 0x1f, 0x44, 0, 0, // nop
        ];
        for (int i = 0; i < _slots.Iplt.Count; i++)
        {
            Span<byte> bytes = target.Slice(StubSize * i, StubSize);
            stub.CopyTo(bytes);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[6..], (int)DistanceToSlot(i));
        }
    }
}

internal sealed class RelaIpltSection : SyntheticSection
{
    private readonly SlotTable _slots;
    private readonly GotSection _got;

    internal RelaIpltSection(NativeBytes name, SlotTable slots, GotSection got)
    {
        Name = name;
        _slots = slots;
        _got = got;
        AlignmentLog2 = 3;
        Size = (ulong)(Elf64_Rela.Size * slots.Iplt.Count);
    }

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_RELA;

    internal override ulong Flags => SHF_ALLOC;

    internal override ulong EntrySize => Elf64_Rela.Size;

    /// <summary>Gives the resolver's address; set when addresses are known.</summary>
    internal Func<GotEntry, ulong>? ResolverOf { get; set; }

    internal override void Write(Span<byte> target)
    {
        for (int i = 0; i < _slots.Iplt.Count; i++)
        {
            var relocation = new Elf64_Rela
            {
                r_offset = _got.IpltSlot(i),
                r_info = X86_64Reloc.R_X86_64_IRELATIVE,
                r_addend = (long)ResolverOf!(_slots.Iplt[i]),
            };
            MemoryMarshal.Write(target[(Elf64_Rela.Size * i)..], in relocation);
        }
    }
}
