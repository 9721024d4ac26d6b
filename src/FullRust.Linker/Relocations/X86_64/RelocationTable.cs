// The static relocation types of the x86-64 psABI (section "Relocation Types"), one row each, in psABI order: what is computed, how
// wide the field is, and which values fit.

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

/// <summary>A row of the table.</summary>
/// <param name="Kind">What is computed.</param>
/// <param name="Width">Bytes of the field.</param>
/// <param name="Range">Values that fit.</param>
internal readonly record struct RelocationRow(RelocationKind Kind, byte Width, FieldRange Range);

internal static class RelocationTable
{
    private static readonly RelocationRow[] s_rows =
    [
        new(RelocationKind.None, 0, FieldRange.Full), // NONE
        new(RelocationKind.Absolute, 8, FieldRange.Full), // 64
        new(RelocationKind.PcRelative, 4, FieldRange.Signed), // PC32
        new(RelocationKind.GotSlotOffset, 4, FieldRange.Signed), // GOT32
        new(RelocationKind.Plt, 4, FieldRange.Signed), // PLT32
        new(RelocationKind.DynamicOnly, 0, FieldRange.Full), // COPY
        new(RelocationKind.DynamicOnly, 0, FieldRange.Full), // GLOB_DAT
        new(RelocationKind.DynamicOnly, 0, FieldRange.Full), // JUMP_SLOT
        new(RelocationKind.DynamicOnly, 0, FieldRange.Full), // RELATIVE
        new(RelocationKind.GotPcRelative, 4, FieldRange.Signed), // GOTPCREL
        new(RelocationKind.Absolute, 4, FieldRange.Unsigned), // 32
        new(RelocationKind.Absolute, 4, FieldRange.Signed), // 32S
        new(RelocationKind.Absolute, 2, FieldRange.Either), // 16
        new(RelocationKind.PcRelative, 2, FieldRange.Signed), // PC16
        new(RelocationKind.Absolute, 1, FieldRange.Either), // 8
        new(RelocationKind.PcRelative, 1, FieldRange.Signed), // PC8
        new(RelocationKind.DynamicOnly, 0, FieldRange.Full), // DTPMOD64
        new(RelocationKind.DtpOffset, 8, FieldRange.Full), // DTPOFF64
        new(RelocationKind.TpOffset, 8, FieldRange.Full), // TPOFF64
        new(RelocationKind.TlsGd, 4, FieldRange.Signed), // TLSGD
        new(RelocationKind.TlsLd, 4, FieldRange.Signed), // TLSLD
        new(RelocationKind.DtpOffset, 4, FieldRange.Signed), // DTPOFF32
        new(RelocationKind.GotTpOffset, 4, FieldRange.Signed), // GOTTPOFF
        new(RelocationKind.TpOffset, 4, FieldRange.Signed), // TPOFF32
        new(RelocationKind.PcRelative, 8, FieldRange.Full), // PC64
        new(RelocationKind.GotRelative, 8, FieldRange.Full), // GOTOFF64
        new(RelocationKind.GotBasePcRelative, 4, FieldRange.Signed), // GOTPC32
        new(RelocationKind.GotSlotOffset, 8, FieldRange.Full), // GOT64
        new(RelocationKind.GotPcRelative, 8, FieldRange.Full), // GOTPCREL64
        new(RelocationKind.GotBasePcRelative, 8, FieldRange.Full), // GOTPC64
        new(RelocationKind.GotSlotOffset, 8, FieldRange.Full), // GOTPLT64
        new(RelocationKind.PltOffset, 8, FieldRange.Full), // PLTOFF64
        new(RelocationKind.Size, 4, FieldRange.Unsigned), // SIZE32
        new(RelocationKind.Size, 8, FieldRange.Full), // SIZE64
        new(RelocationKind.TlsDescriptor, 4, FieldRange.Signed), // GOTPC32_TLSDESC
        new(RelocationKind.TlsDescriptorCall, 0, FieldRange.Full), // TLSDESC_CALL
        new(RelocationKind.DynamicOnly, 0, FieldRange.Full), // TLSDESC
        new(RelocationKind.DynamicOnly, 0, FieldRange.Full), // IRELATIVE
        new(RelocationKind.DynamicOnly, 0, FieldRange.Full), // RELATIVE64
        default,
        default,
        new(RelocationKind.GotPcRelative, 4, FieldRange.Signed), // GOTPCRELX
        new(RelocationKind.GotPcRelative, 4, FieldRange.Signed), // REX_GOTPCRELX
        new(RelocationKind.GotPcRelative, 4, FieldRange.Signed), // CODE_4_GOTPCRELX
        new(RelocationKind.GotTpOffset, 4, FieldRange.Signed), // CODE_4_GOTTPOFF
        new(RelocationKind.TlsDescriptor, 4, FieldRange.Signed), // CODE_4_GOTPC32_TLSDESC
        new(RelocationKind.GotPcRelative, 4, FieldRange.Signed), // CODE_5_GOTPCRELX
        new(RelocationKind.GotTpOffset, 4, FieldRange.Signed), // CODE_5_GOTTPOFF
        new(RelocationKind.TlsDescriptor, 4, FieldRange.Signed), // CODE_5_GOTPC32_TLSDESC
        new(RelocationKind.GotPcRelative, 4, FieldRange.Signed), // CODE_6_GOTPCRELX
        new(RelocationKind.GotTpOffset, 4, FieldRange.Signed), // CODE_6_GOTTPOFF
        new(RelocationKind.TlsDescriptor, 4, FieldRange.Signed), // CODE_6_GOTPC32_TLSDESC
    ];

    /// <summary>The row of a type; <see cref="RelocationKind.Unknown"/> for a number that the psABI does not define.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    internal static RelocationRow Row(uint type) => type < (uint)s_rows.Length ? s_rows[type] : default;

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
