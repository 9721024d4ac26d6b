// The order of output sections, and with it of segments:
//
//   R    headers, notes, .rela.*, .rodata…, .gcc_except_table, .eh_frame_hdr, .eh_frame
//   RX   .text…, .init, .fini, .iplt
//   RW   relro: .tdata .tbss .preinit_array .init_array .fini_array .data.rel.ro .got
//   RW   .data…, .bss…
//   then what the large code model keeps away from all of these (psABI 3.5.1): .lrodata .ltext .ldata .lbss
//   then what is not loaded

using System;
using FullRust.Linker.Objects;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Layout;

internal static class SectionOrder
{
    private const int ReadOnly = 0, Executable = 100, Relro = 200, Writable = 300, Large = 400, NotLoaded = 500;

    /// <summary>Sets <see cref="OutputSection.IsRelro"/> and <see cref="OutputSection.Rank"/>.</summary>
    internal static void Rank(OutputSection section, bool relro)
    {
        ReadOnlySpan<byte> name = section.Name.Span;
        bool isRelroKind = IsRelro(section, name);
        section.IsRelro = relro && isRelroKind;
        section.Rank = RankOf(section, name, isRelroKind);
    }

    private static bool IsRelro(OutputSection section, ReadOnlySpan<byte> name)
    {
        if ((section.Flags & (SHF_ALLOC | SHF_WRITE)) != (SHF_ALLOC | SHF_WRITE) || (section.Flags & SHF_EXECINSTR) != 0)
            return false;
        return section.IsTls || section.Type is SHT_INIT_ARRAY or SHT_FINI_ARRAY or SHT_PREINIT_ARRAY or SHT_DYNAMIC ||
            SectionClassifier.IsStem(name, ".data.rel.ro"u8) || name.SequenceEqual(".bss.rel.ro"u8) || name.SequenceEqual(".got"u8) ||
            name.SequenceEqual(".ctors"u8) || name.SequenceEqual(".dtors"u8) || name.SequenceEqual(".jcr"u8);
    }

    private static int RankOf(OutputSection section, ReadOnlySpan<byte> name, bool isRelroKind)
    {
        ulong flags = section.Flags;
        if ((flags & SHF_ALLOC) == 0)
            return NotLoaded + (name.SequenceEqual(".comment"u8) ? 1 : 0);
        if ((flags & SHF_X86_64_LARGE) != 0)
            return Large + ((flags & SHF_WRITE) != 0 ? 20 : (flags & SHF_EXECINSTR) != 0 ? 10 : 0) + (section.IsNoBits ? 1 : 0);
        if ((flags & SHF_EXECINSTR) != 0)
            return Executable + ExecutableRank(name) + ((flags & SHF_WRITE) != 0 ? 50 : 0);
        if ((flags & SHF_WRITE) == 0)
            return ReadOnly + ReadOnlyRank(section, name);
        return isRelroKind ? Relro + RelroRank(section, name) : Writable + (section.IsNoBits ? 50 : 0);
    }

    private static int ExecutableRank(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(".init"u8))
            return 2;
        if (name.SequenceEqual(".fini"u8))
            return 3;
        if (name.SequenceEqual(".iplt"u8))
            return 4;
        return name.StartsWith(".text"u8) ? 0 : 1;
    }

    private static int ReadOnlyRank(OutputSection section, ReadOnlySpan<byte> name)
    {
        // Notes of equal alignment stand together, so that each run is one PT_NOTE.
        if (section.Type == SHT_NOTE)
            return section.AlignmentLog2 >= 3 ? 0 : 1;
        if (section.Type is SHT_RELA or SHT_RELR or SHT_DYNSYM or SHT_HASH)
            return 2;
        if (name.SequenceEqual(".gcc_except_table"u8))
            return 20;
        if (name.SequenceEqual(".eh_frame_hdr"u8))
            return 21;
        return name.SequenceEqual(".eh_frame"u8) ? 22 : 10;
    }

    private static int RelroRank(OutputSection section, ReadOnlySpan<byte> name)
    {
        if (section.IsTls)
            return section.IsNoBits ? 1 : 0;
        return section.Type switch
        {
            SHT_PREINIT_ARRAY => 2,
            SHT_INIT_ARRAY => 3,
            SHT_FINI_ARRAY => 4,
            SHT_DYNAMIC => 7,
            SHT_NOBITS => 9,
            _ => name.SequenceEqual(".got"u8) ? 8 : 5,
        };
    }
}
