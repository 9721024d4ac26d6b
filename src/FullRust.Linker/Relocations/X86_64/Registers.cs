// Moves the register number of a ModRM byte from its reg field to its r/m field together with the prefix bits that extend it: what
// every rewriting from "op mem, reg" to "op $imm, reg" needs. The instruction ends in  opcode modrm disp32  with the displacement
// at `field`; prefixes stand before the opcode:
//
//   REX   0100WRXB                 at field-3        R → B
//   REX2  d5, M0 R4 X4 B4 W R3 X3 B3  at field-4     R4 → B4, R3 → B3
//   EVEX  62 P0 P1 P2              at field-6        P0 = ~R ~X ~B ~R4 B4 m m m (R, X, B, R4 stored inverted)

using System;

namespace FullRust.Linker.Relocations.X86_64;

internal static class Registers
{
    /// <summary>Rewrites ModRM to register form with an opcode extension, and moves the extension bits.</summary>
    /// <param name="code">The section's bytes.</param>
    /// <param name="field">Offset of the 32-bit field.</param>
    /// <param name="family">Prefix family, see <see cref="RelocationTable.PrefixFamily"/>.</param>
    /// <param name="hasRex">Whether a REX prefix stands before the opcode (family 0 only).</param>
    /// <param name="extension">The opcode extension for the reg field.</param>
    internal static void MoveToRm(Span<byte> code, int field, int family, bool hasRex, int extension)
    {
        int register = (code[field - 1] >> 3) & 7;
        code[field - 1] = (byte)(0xc0 | (extension << 3) | register);
        if (family == 4)
        {
            byte rex2 = code[field - 3];
            code[field - 3] = (byte)((rex2 & ~0x55) | ((rex2 & 0x44) >> 2));
        }
        else if (family == 6)
        {
            byte p0 = code[field - 5];
            int b = (p0 & 0x80) >> 2;
            int b4 = (p0 & 0x10) == 0 ? 0x08 : 0;
            code[field - 5] = (byte)((p0 & 0x47) | 0x90 | b | b4);
        }
        else if (hasRex)
        {
            byte rex = code[field - 3];
            code[field - 3] = (byte)((rex & ~0x05) | ((rex & 0x04) >> 2));
        }
    }

    /// <summary>Whether the byte before the opcode is a REX prefix.</summary>
    internal static bool HasRex(ReadOnlySpan<byte> code, int field) => field >= 3 && (code[field - 3] & 0xf0) == 0x40;

    /// <summary>Whether REX.W, REX2.W or EVEX.W makes the operation 64 bits wide, so that an immediate is sign-extended.</summary>
    internal static bool IsWide(ReadOnlySpan<byte> code, int field, int family) => family switch
    {
        4 => (code[field - 3] & 0x08) != 0,
        6 => (code[field - 4] & 0x80) != 0,
        _ => HasRex(code, field) && (code[field - 3] & 0x08) != 0,
    };
}
