// Rewrites instructions that load an address from the GOT into ones that have it (psABI, "Optimize GOTPCRELX Relocations"). The
// form is told from the bytes alone, so that scanning (is a slot needed?) and writing (which bytes?) always agree.
//
// Plain GOTPCREL promises nothing about the instruction; precompiled Rust uses it nearly everywhere. It is relaxed only when the
// bytes can be nothing but call, jmp or mov with a RIP-relative operand whose displacement ends the instruction (addend -4).

using System;
using System.Buffers.Binary;
using FullRust.Elf.Native;
using static FullRust.Elf.Native.X86_64Reloc;

namespace FullRust.Linker.Relocations.X86_64;

/// <summary>An instruction that reads a GOT slot.</summary>
internal enum GotForm : byte
{
    /// <summary>Not known: the slot stays.</summary>
    Keep,

    /// <summary><c>mov S@GOTPCREL(%rip), R</c>.</summary>
    Mov,

    /// <summary><c>call *S@GOTPCREL(%rip)</c>.</summary>
    Call,

    /// <summary><c>jmp *S@GOTPCREL(%rip)</c>.</summary>
    Jmp,

    /// <summary><c>test R, S@GOTPCREL(%rip)</c>.</summary>
    Test,

    /// <summary><c>add, or, adc, sbb, and, sub, xor, cmp</c> with the slot as source.</summary>
    BinaryOperation,
}

internal static class GotPcRelax
{
    /// <summary>The form of the instruction around a field.</summary>
    /// <param name="type">Relocation type.</param>
    /// <param name="code">The section's bytes.</param>
    /// <param name="field">Offset of the 32-bit displacement.</param>
    /// <param name="addend">The relocation's addend.</param>
    internal static GotForm FormAt(uint type, ReadOnlySpan<byte> code, ulong field, long addend)
    {
        int family = RelocationTable.PrefixFamily(type);
        int before = family == 0 ? (type == R_X86_64_REX_GOTPCRELX ? 3 : 2) : family;
        if (addend != -4 || type == R_X86_64_GOTPCREL64 || field < (ulong)before || field > (ulong)code.Length - 4 || family == 5)
            return GotForm.Keep;
        int at = (int)field;
        byte opcode = code[at - 2], modrm = code[at - 1];
        if ((modrm & 0xc7) != 0x05)
            return GotForm.Keep;
        if (type == R_X86_64_GOTPCREL && at >= 3 && code[at - 3] == 0x0f)
            return GotForm.Keep;
        if (family == 4 && code[at - 4] != 0xd5)
            return GotForm.Keep;
        if (family == 6)
            return code[at - 6] == 0x62 && IsBinaryOperation(opcode) ? GotForm.BinaryOperation : GotForm.Keep;

        return (opcode, modrm) switch
        {
            (0xff, 0x15) => GotForm.Call,
            (0xff, 0x25) => GotForm.Jmp,
            (0x8b, _) => GotForm.Mov,
            (0x85, _) when type != R_X86_64_GOTPCREL => GotForm.Test,
            _ when type != R_X86_64_GOTPCREL && IsBinaryOperation(opcode) => GotForm.BinaryOperation,
            _ => GotForm.Keep,
        };
    }

    /// <summary>Whether a form can only take the address as an immediate.</summary>
    internal static bool NeedsImmediate(GotForm form) => form is GotForm.Test or GotForm.BinaryOperation;

    /// <summary>Rewrites to the form that computes a PC-relative address: mov → lea, call and jmp → direct.</summary>
    /// <param name="form">Mov, Call or Jmp.</param>
    /// <param name="code">The section's bytes.</param>
    /// <param name="field">Offset of the displacement.</param>
    /// <param name="target">Address of the symbol.</param>
    /// <param name="place">Address of the field.</param>
    /// <returns>The displacement as an exact value, so that the caller can check its range.</returns>
    internal static long ToPcRelative(GotForm form, Span<byte> code, int field, ulong target, ulong place)
    {
        long displacement = (long)(target - place) - 4;
        switch (form)
        {
            case GotForm.Mov:
                code[field - 2] = 0x8d; // lea S(%rip), R
                break;
            case GotForm.Call:
                code[field - 2] = 0x67; // addr32 call S
                code[field - 1] = 0xe8;
                break;
            case GotForm.Jmp:
                code[field - 2] = 0xe9; // jmp S; nop
                BinaryPrimitives.WriteInt32LittleEndian(code[(field - 1)..], (int)(displacement + 1));
                code[field + 3] = 0x90;
                return displacement + 1;
        }

        BinaryPrimitives.WriteInt32LittleEndian(code[field..], (int)displacement);
        return displacement;
    }

    /// <summary>Rewrites to the form that takes the address as an immediate.</summary>
    /// <param name="form">Mov, Test or BinaryOperation.</param>
    /// <param name="type">Relocation type.</param>
    /// <param name="code">The section's bytes.</param>
    /// <param name="field">Offset of the displacement.</param>
    /// <param name="value">Address of the symbol.</param>
    /// <returns>False if the value does not fit: sign-extended for 64-bit operations, zero-extended for 32-bit ones.</returns>
    internal static bool ToImmediate(GotForm form, uint type, Span<byte> code, int field, ulong value)
    {
        int family = RelocationTable.PrefixFamily(type);
        bool isWide = Registers.IsWide(code, field, family);
        if (!RelocationTable.Fits(value, 4, isWide ? FieldRange.Signed : FieldRange.Unsigned))
            return false;

        bool hasRex = family == 0 && type != R_X86_64_GOTPCRELX && Registers.HasRex(code, field);
        byte opcode = code[field - 2];
        code[field - 2] = form switch
        {
            GotForm.Mov => 0xc7, // mov $S, R
            GotForm.Test => 0xf7, // test $S, R
            _ => 0x81, // op $S, R
        };
        Registers.MoveToRm(code, field, family, hasRex, form == GotForm.BinaryOperation ? (opcode >> 3) & 7 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(code[field..], (uint)value);
        return true;
    }

    // 03 add, 0b or, 13 adc, 1b sbb, 23 and, 2b sub, 33 xor, 3b cmp: memory to register.
    private static bool IsBinaryOperation(byte opcode) => (opcode & 0xc7) == 0x03;
}
