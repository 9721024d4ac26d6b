// .eh_frame_hdr (LSB, "Exception Frame Header"): where .eh_frame is, and a table from function addresses to FDEs, sorted, for binary
// search at run time:
//
//   version 1 | 0x1b pcrel sdata4 | 0x03 udata4 | 0x3b datarel sdata4 | eh_frame - here | count | (pc - hdr, fde - hdr) …

using System;
using System.Buffers.Binary;
using FullRust.Elf.Memory;
using FullRust.Linker.Sections;
using FullRust.Linker.Writing;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout.Synthetic;

internal sealed class EhFrameHdrSection : SyntheticSection
{
    private const int HeaderSize = 12;
    private const byte DwEhPeOmit = 0xff;
    private readonly EhFrame _frames;
    private readonly EhFrameSection _section;

    internal EhFrameHdrSection(NativeBytes name, EhFrame frames, EhFrameSection section)
    {
        Name = name;
        _frames = frames;
        _section = section;
        AlignmentLog2 = 2;
        Size = section.Size == 0 ? 0 : HeaderSize + (8UL * (ulong)section.FdeCount);
    }

    internal override NativeBytes Name { get; }

    internal override uint Type => SHT_PROGBITS;

    internal override ulong Flags => SHF_ALLOC;

    /// <summary>Gives the addresses of functions; set when addresses are known.</summary>
    internal RelocationApplier? Applier { get; set; }

    internal override void Write(Span<byte> target)
    {
        ReadOnlySpan<byte> encodings = [1, 0x1b, 0x03, 0x3b];
        encodings.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], (int)(long)(_section.Address - (Address + 4)));

        var entries = new ulong[_section.FdeCount];
        int count = 0;
        bool fits = true;
        foreach (ref Fde fde in _frames.Fdes.Span)
        {
            if (!fde.IsLive)
                continue;
            ulong pc = Applier!.FunctionOf(fde);
            long place = (long)(pc - Address);
            fits &= place == (int)place;
            uint key = (uint)(int)place ^ 0x80000000;
            entries[count++] = ((ulong)key << 32) | (uint)(int)(long)(_section.Address + fde.OutputOffset - Address);
        }

        // Without a table unwinders search the records one by one, as with GNU ld.
        if (!fits)
        {
            target[2..4].Fill(DwEhPeOmit);
            return;
        }

        Array.Sort(entries);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], (uint)count);
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target[(HeaderSize + (8 * i))..], (uint)(entries[i] >> 32) ^ 0x80000000);
            BinaryPrimitives.WriteUInt32LittleEndian(target[(HeaderSize + (8 * i) + 4)..], (uint)entries[i]);
        }
    }
}
