// The global offset table: first the slots that IRELATIVE relocations fill at start, then addresses and thread-pointer offsets that
// are known at link time. Only what no relaxation could spare is here.

using System;
using System.Buffers.Binary;
using FullRust.Elf.Memory;
using FullRust.Linker.Symbols;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Synthetic;

internal sealed class GotSection : SyntheticSection
{
    private readonly SlotTable _slots;

    internal GotSection(NativeBytes name, SlotTable slots)
    {
        Name = name;
        _slots = slots;
        AlignmentLog2 = 3;
        Size = 8UL * (ulong)(slots.Iplt.Count + slots.Got.Count);
        if (Size == 0 && slots.UsesGotBase)
            Size = 8;
    }

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_PROGBITS;

    internal override ulong Flags => SHF_ALLOC | SHF_WRITE;

    /// <summary>Gives the value of a slot; set when addresses are known.</summary>
    internal Func<GotEntry, ulong>? ValueOf { get; set; }

    /// <summary>The address of an IFUNC's slot.</summary>
    internal ulong IpltSlot(int index) => Address + (8UL * (ulong)index);

    /// <summary>The address of an ordinary slot.</summary>
    internal ulong Slot(int index) => Address + (8UL * (ulong)(_slots.Iplt.Count + index));

    internal override void Write(Span<byte> target)
    {
        for (int i = 0; i < _slots.Got.Count; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(target[(8 * (_slots.Iplt.Count + i))..], ValueOf!(_slots.Got[i]));
    }
}
