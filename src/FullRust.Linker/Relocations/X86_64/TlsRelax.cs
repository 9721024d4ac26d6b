// A static executable has one TLS block whose distance from the thread pointer is known at link time, and no __tls_get_addr: every
// access model becomes local exec (psABI and "ELF Handling for Thread-Local Storage", section "Linker Optimizations"). An unknown
// instruction sequence is an error, never silence. `field` is the offset of the relocated 32 bits; offsets are bytes.

using System;
using System.Buffers.Binary;

namespace FullRust.Linker.Relocations.X86_64;

internal static class TlsRelax
{
    // mov %fs:0, %rax
    private static ReadOnlySpan<byte> LoadThreadPointer => [0x64, 0x48, 0x8b, 0x04, 0x25, 0, 0, 0, 0];

    /// <summary>Length of the call sequence after the field of TLSGD or TLSLD, or 0 if the bytes are none that the documents define.</summary>
    /// <param name="code">The section's bytes.</param>
    /// <param name="field">Offset of the field of the lea.</param>
    /// <param name="isGeneral">TLSGD (else TLSLD).</param>
    internal static int CallLength(ReadOnlySpan<byte> code, ulong field, bool isGeneral)
    {
        if (field < 4 || field + 4 > (ulong)code.Length)
            return 0;
        int at = (int)field;
        ReadOnlySpan<byte> rest = code[(at + 4)..];
        if (!code[(at - 3)..at].SequenceEqual<byte>([0x48, 0x8d, 0x3d])) // lea x(%rip), %rdi
            return 0;
        if (rest.Length >= 15 && rest.StartsWith<byte>([0x48, 0xb8]) && IsAddGotBase(rest[10..13]) && rest[13] == 0xff && rest[14] == 0xd0)
            return 15; // movabs $__tls_get_addr@pltoff, %rax; add %rbx|%r15, %rax; call *%rax
        if (!isGeneral)
            return rest.Length >= 5 && rest[0] == 0xe8 ? 5 : rest.Length >= 6 && rest[0] == 0xff && rest[1] == 0x15 ? 6 : 0;
        if (code[at - 4] != 0x66 || rest.Length < 8)
            return 0;
        bool isCall = rest.StartsWith<byte>([0x66, 0x66, 0x48, 0xe8]) || rest.StartsWith<byte>([0x66, 0x48, 0xff, 0x15]) ||
            rest.StartsWith<byte>([0x66, 0x48, 0x67, 0xe8]);
        return isCall ? 8 : 0;
    }

    /// <summary>General dynamic: lea and call become the address in %rax.</summary>
    internal static void GeneralToLocal(Span<byte> code, int field, int callLength, int tpOffset)
    {
        int start = callLength == 15 ? field - 3 : field - 4;
        LoadThreadPointer.CopyTo(code[start..]);
        ReadOnlySpan<byte> lea = [0x48, 0x8d, 0x80]; // lea x@tpoff(%rax), %rax
        lea.CopyTo(code[(start + 9)..]);
        BinaryPrimitives.WriteInt32LittleEndian(code[(start + 12)..], tpOffset);
        if (callLength == 15)
            Nop6.CopyTo(code[(start + 16)..]);
    }

    /// <summary>Local dynamic: lea and call become the thread pointer in %rax; the accesses add offsets from it.</summary>
    internal static void LocalDynamicToLocal(Span<byte> code, int field, int callLength)
    {
        int start = field - 3, length = 7 + callLength;
        if (callLength == 15)
        {
            LoadThreadPointer.CopyTo(code[start..]);
            Nop6.CopyTo(code[(start + 9)..]);
            ReadOnlySpan<byte> nop7 = [0x0f, 0x1f, 0x80, 0, 0, 0, 0];
            nop7.CopyTo(code[(start + 15)..]);
            return;
        }

        int prefixes = length - LoadThreadPointer.Length;
        code.Slice(start, prefixes).Fill(0x66);
        LoadThreadPointer.CopyTo(code[(start + prefixes)..]);
    }

    /// <summary>Whether the instruction around a GOTTPOFF field can take the offset as an immediate.</summary>
    internal static bool CanRelaxInitialExec(uint type, ReadOnlySpan<byte> code, ulong field)
    {
        int family = RelocationTable.PrefixFamily(type);
        if (field < (ulong)(family == 0 ? 3 : family) || field + 4 > (ulong)code.Length || (code[(int)field - 1] & 0xc7) != 0x05)
            return false;
        int at = (int)field;
        return family switch
        {
            0 => Registers.HasRex(code, at) && code[at - 2] is 0x8b or 0x03,
            4 => code[at - 4] == 0xd5 && code[at - 2] is 0x8b or 0x03,
            6 => code[at - 6] == 0x62 && code[at - 2] is 0x03 or 0x01,
            _ => false,
        };
    }

    /// <summary>Initial exec: mov or add from the slot becomes mov or add of the immediate.</summary>
    internal static void InitialToLocal(uint type, Span<byte> code, int field, int tpOffset)
    {
        code[field - 2] = code[field - 2] == 0x8b ? (byte)0xc7 : (byte)0x81;
        Registers.MoveToRm(code, field, RelocationTable.PrefixFamily(type), hasRex: true, extension: 0);
        BinaryPrimitives.WriteInt32LittleEndian(code[field..], tpOffset);
    }

    /// <summary>Whether the instruction around a GOTPC32_TLSDESC field is the lea that the documents define.</summary>
    internal static bool IsDescriptorLoad(uint type, ReadOnlySpan<byte> code, ulong field)
    {
        int family = RelocationTable.PrefixFamily(type);
        if (field < (ulong)(family == 0 ? 3 : family) || field + 4 > (ulong)code.Length)
            return false;
        int at = (int)field;
        return code[at - 2] == 0x8d && (code[at - 1] & 0xc7) == 0x05 &&
            (family == 0 ? (code[at - 3] & 0xf8) == 0x48 : family == 4 && code[at - 4] == 0xd5);
    }

    /// <summary>Descriptor: lea becomes mov of the immediate.</summary>
    internal static void DescriptorToLocal(uint type, Span<byte> code, int field, int tpOffset)
    {
        code[field - 2] = 0xc7;
        Registers.MoveToRm(code, field, RelocationTable.PrefixFamily(type), hasRex: true, extension: 0);
        BinaryPrimitives.WriteInt32LittleEndian(code[field..], tpOffset);
    }

    /// <summary>Whether the bytes at a TLSDESC_CALL are <c>call *(%rax)</c>.</summary>
    internal static bool IsDescriptorCall(ReadOnlySpan<byte> code, ulong offset) =>
        offset + 2 <= (ulong)code.Length && code[(int)offset] == 0xff && code[(int)offset + 1] == 0x10;

    /// <summary>Descriptor call: a two-byte nop.</summary>
    internal static void DescriptorCallToNop(Span<byte> code, int offset)
    {
        code[offset] = 0x66; // xchg %ax, %ax
        code[offset + 1] = 0x90;
    }

    private static ReadOnlySpan<byte> Nop6 => [0x66, 0x0f, 0x1f, 0x44, 0, 0];

    private static bool IsAddGotBase(ReadOnlySpan<byte> code) =>
        code.SequenceEqual<byte>([0x48, 0x01, 0xd8]) || code.SequenceEqual<byte>([0x4c, 0x01, 0xf8]);
}
