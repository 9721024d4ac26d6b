// The static relocation types of the x86-64 psABI (section "Relocation Types"), one row each, in psABI order: what is computed, how
// wide the field is, and which values fit.

using System;
using System.Runtime.CompilerServices;
using FullRust.Elf.Native;

namespace FullRust.Linker.Relocations.X86_64;

/// <summary>What a relocation computes; letters as in the psABI (S symbol, A addend, P place, G slot in the GOT, GOT its base, L stub, Z size).</summary>
internal enum RelocationKind : byte
{
    /// <summary>Not defined by the psABI.</summary>
    Unknown,

    /// <summary>Nothing; still a reference that keeps its target.</summary>
    None,

    /// <summary>S + A.</summary>
    Absolute,

    /// <summary>S + A - P.</summary>
    PcRelative,

    /// <summary>L + A - P; the symbol itself unless it is an IFUNC.</summary>
    Plt,

    /// <summary>L + A - GOT.</summary>
    PltOffset,

    /// <summary>GOT + G + A - P; may be relaxed.</summary>
    GotPcRelative,

    /// <summary>G + A.</summary>
    GotSlotOffset,

    /// <summary>GOT + A - P.</summary>
    GotBasePcRelative,

    /// <summary>S + A - GOT.</summary>
    GotRelative,

    /// <summary>Z + A.</summary>
    Size,

    /// <summary>General dynamic TLS: two instructions.</summary>
    TlsGd,

    /// <summary>Local dynamic TLS: two instructions.</summary>
    TlsLd,

    /// <summary>Offset in the TLS block; in code that was relaxed, from the thread pointer.</summary>
    DtpOffset,

    /// <summary>Initial exec TLS: a slot with the offset from the thread pointer; may be relaxed.</summary>
    GotTpOffset,

    /// <summary>Offset from the thread pointer.</summary>
    TpOffset,

    /// <summary>TLS descriptor: loading its address.</summary>
    TlsDescriptor,

    /// <summary>TLS descriptor: the call.</summary>
    TlsDescriptorCall,

    /// <summary>Only a dynamic loader applies it.</summary>
    DynamicOnly,
}

/// <summary>Which values fit a field.</summary>
internal enum FieldRange : byte
{
    /// <summary>All 64 bits.</summary>
    Full,

    /// <summary>Two's complement of the width.</summary>
    Signed,

    /// <summary>Zero-extended.</summary>
    Unsigned,

    /// <summary>Signed or unsigned of the width.</summary>
    Either,
}

/// <summary>A row of the table, packed into a number that the processor loads at once.</summary>
/// <param name="packed">Kind, width and range, a byte each.</param>
internal readonly struct RelocationRow(uint packed)
{
    /// <summary>What is computed.</summary>
    internal RelocationKind Kind => (RelocationKind)(byte)packed;

    /// <summary>Bytes of the field.</summary>
    internal byte Width => (byte)(packed >> 8);

    /// <summary>Values that fit.</summary>
    internal FieldRange Range => (FieldRange)(byte)(packed >> 16);
}

internal static class RelocationTable
{
    // Width and range of a row.
    private const uint None = (uint)FieldRange.Full << 16, Full8 = (8 << 8) | ((uint)FieldRange.Full << 16), Signed4 = (4 << 8) | ((uint)FieldRange.Signed << 16),
        Unsigned4 = (4 << 8) | ((uint)FieldRange.Unsigned << 16), Signed2 = (2 << 8) | ((uint)FieldRange.Signed << 16), Either2 = (2 << 8) | ((uint)FieldRange.Either << 16),
        Signed1 = (1 << 8) | ((uint)FieldRange.Signed << 16), Either1 = (1 << 8) | ((uint)FieldRange.Either << 16);

    private static ReadOnlySpan<uint> Rows =>
    [
        (uint)RelocationKind.None | None, // NONE
        (uint)RelocationKind.Absolute | Full8, // 64
        (uint)RelocationKind.PcRelative | Signed4, // PC32
        (uint)RelocationKind.GotSlotOffset | Signed4, // GOT32
        (uint)RelocationKind.Plt | Signed4, // PLT32
        (uint)RelocationKind.DynamicOnly | None, // COPY
        (uint)RelocationKind.DynamicOnly | None, // GLOB_DAT
        (uint)RelocationKind.DynamicOnly | None, // JUMP_SLOT
        (uint)RelocationKind.DynamicOnly | None, // RELATIVE
        (uint)RelocationKind.GotPcRelative | Signed4, // GOTPCREL
        (uint)RelocationKind.Absolute | Unsigned4, // 32
        (uint)RelocationKind.Absolute | Signed4, // 32S
        (uint)RelocationKind.Absolute | Either2, // 16
        (uint)RelocationKind.PcRelative | Signed2, // PC16
        (uint)RelocationKind.Absolute | Either1, // 8
        (uint)RelocationKind.PcRelative | Signed1, // PC8
        (uint)RelocationKind.DynamicOnly | None, // DTPMOD64
        (uint)RelocationKind.DtpOffset | Full8, // DTPOFF64
        (uint)RelocationKind.TpOffset | Full8, // TPOFF64
        (uint)RelocationKind.TlsGd | Signed4, // TLSGD
        (uint)RelocationKind.TlsLd | Signed4, // TLSLD
        (uint)RelocationKind.DtpOffset | Signed4, // DTPOFF32
        (uint)RelocationKind.GotTpOffset | Signed4, // GOTTPOFF
        (uint)RelocationKind.TpOffset | Signed4, // TPOFF32
        (uint)RelocationKind.PcRelative | Full8, // PC64
        (uint)RelocationKind.GotRelative | Full8, // GOTOFF64
        (uint)RelocationKind.GotBasePcRelative | Signed4, // GOTPC32
        (uint)RelocationKind.GotSlotOffset | Full8, // GOT64
        (uint)RelocationKind.GotPcRelative | Full8, // GOTPCREL64
        (uint)RelocationKind.GotBasePcRelative | Full8, // GOTPC64
        (uint)RelocationKind.GotSlotOffset | Full8, // GOTPLT64
        (uint)RelocationKind.PltOffset | Full8, // PLTOFF64
        (uint)RelocationKind.Size | Unsigned4, // SIZE32
        (uint)RelocationKind.Size | Full8, // SIZE64
        (uint)RelocationKind.TlsDescriptor | Signed4, // GOTPC32_TLSDESC
        (uint)RelocationKind.TlsDescriptorCall | None, // TLSDESC_CALL
        (uint)RelocationKind.DynamicOnly | None, // TLSDESC
        (uint)RelocationKind.DynamicOnly | None, // IRELATIVE
        (uint)RelocationKind.DynamicOnly | None, // RELATIVE64
        (uint)RelocationKind.Unknown,
        (uint)RelocationKind.Unknown,
        (uint)RelocationKind.GotPcRelative | Signed4, // GOTPCRELX
        (uint)RelocationKind.GotPcRelative | Signed4, // REX_GOTPCRELX
        (uint)RelocationKind.GotPcRelative | Signed4, // CODE_4_GOTPCRELX
        (uint)RelocationKind.GotTpOffset | Signed4, // CODE_4_GOTTPOFF
        (uint)RelocationKind.TlsDescriptor | Signed4, // CODE_4_GOTPC32_TLSDESC
        (uint)RelocationKind.GotPcRelative | Signed4, // CODE_5_GOTPCRELX
        (uint)RelocationKind.GotTpOffset | Signed4, // CODE_5_GOTTPOFF
        (uint)RelocationKind.TlsDescriptor | Signed4, // CODE_5_GOTPC32_TLSDESC
        (uint)RelocationKind.GotPcRelative | Signed4, // CODE_6_GOTPCRELX
        (uint)RelocationKind.GotTpOffset | Signed4, // CODE_6_GOTTPOFF
        (uint)RelocationKind.TlsDescriptor | Signed4, // CODE_6_GOTPC32_TLSDESC
    ];

    /// <summary>The row of a type; <see cref="RelocationKind.Unknown"/> for a number that the psABI does not define.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static RelocationRow Row(uint type) => new(type < (uint)Rows.Length ? Rows[(int)type] : 0);

    /// <summary>Whether a value fits a field; the value is the exact result modulo 2^64.</summary>
    internal static bool Fits(ulong value, int width, FieldRange range)
    {
        if (range == FieldRange.Full || width == 8)
            return true;
        int bits = width * 8;
        bool isSigned = (long)value >> (bits - 1) is 0 or -1;
        bool isUnsigned = value >> bits == 0;
        return range switch
        {
            FieldRange.Signed => isSigned,
            FieldRange.Unsigned => isUnsigned,
            _ => isSigned || isUnsigned,
        };
    }

    /// <summary>The range in words, for messages.</summary>
    internal static string Describe(RelocationRow row)
    {
        int bits = row.Width * 8;
        long low = row.Range == FieldRange.Unsigned ? 0 : -(1L << (bits - 1));
        long high = row.Range == FieldRange.Signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
        return $"[{low}, {high}]";
    }

    /// <summary>The instruction prefix family of a relaxable type: 0 none or REX, 4 REX2, 6 EVEX.</summary>
    internal static int PrefixFamily(uint type) => type switch
    {
        X86_64Reloc.R_X86_64_CODE_4_GOTPCRELX or X86_64Reloc.R_X86_64_CODE_4_GOTTPOFF or X86_64Reloc.R_X86_64_CODE_4_GOTPC32_TLSDESC => 4,
        X86_64Reloc.R_X86_64_CODE_5_GOTPCRELX or X86_64Reloc.R_X86_64_CODE_5_GOTTPOFF or X86_64Reloc.R_X86_64_CODE_5_GOTPC32_TLSDESC => 5,
        X86_64Reloc.R_X86_64_CODE_6_GOTPCRELX or X86_64Reloc.R_X86_64_CODE_6_GOTTPOFF or X86_64Reloc.R_X86_64_CODE_6_GOTPC32_TLSDESC => 6,
        _ => 0,
    };
}
