// What becomes of instructions that load from the GOT (psABI, "Optimize GOTPCRELX Relocations"), byte by byte. In the expected bytes
// SSSSSSSS is the symbol's address, PPPPPPPP its distance from the end of the field, JJJJJJJJ its distance from the byte before that,
// GGGGGGGG the distance of its GOT slot, TTTTTTTT its offset from the thread pointer.

using System;
using System.Buffers.Binary;
using System.Globalization;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;
using static FullRust.Elf.Native.X86_64Reloc;

namespace FullRust.Linker.Tests.Relocations;

public sealed class GotRelaxationTests
{
    [Theory]
    [InlineData("8b05........", "8d05PPPPPPPP")] // mov S@GOTPCREL(%rip), %eax
    [InlineData("ff15........", "67e8PPPPPPPP")] // call
    [InlineData("ff25........", "e9JJJJJJJJ90")] // jmp
    [InlineData("8505........", "f7c0SSSSSSSS")] // test %eax
    [InlineData("850d........", "f7c1SSSSSSSS")] // test %ecx
    [InlineData("0305........", "81c0SSSSSSSS")] // add
    [InlineData("0b1d........", "81cbSSSSSSSS")] // or %ebx
    [InlineData("1305........", "81d0SSSSSSSS")] // adc
    [InlineData("1b05........", "81d8SSSSSSSS")] // sbb
    [InlineData("2305........", "81e0SSSSSSSS")] // and
    [InlineData("2b05........", "81e8SSSSSSSS")] // sub
    [InlineData("333d........", "81f7SSSSSSSS")] // xor %edi
    [InlineData("3b05........", "81f8SSSSSSSS")] // cmp
    public void WithoutRex_IsRelaxed(string code, string expected) => Check(R_X86_64_GOTPCRELX, code, "target", expected);

    [Theory]
    [InlineData("488b05........", "488d05PPPPPPPP")] // mov %rax
    [InlineData("4c8b3d........", "4c8d3dPPPPPPPP")] // mov %r15
    [InlineData("448b05........", "448d05PPPPPPPP")] // mov %r8d
    [InlineData("488505........", "48f7c0SSSSSSSS")] // test %rax
    [InlineData("4c8505........", "49f7c0SSSSSSSS")] // test %r8
    [InlineData("480305........", "4881c0SSSSSSSS")] // add %rax
    [InlineData("4c0b3d........", "4981cfSSSSSSSS")] // or %r15
    [InlineData("4c1305........", "4981d0SSSSSSSS")] // adc %r8
    [InlineData("4c1b25........", "4981dcSSSSSSSS")] // sbb %r12
    [InlineData("482325........", "4881e4SSSSSSSS")] // and %rsp
    [InlineData("482b2d........", "4881edSSSSSSSS")] // sub %rbp
    [InlineData("4c3335........", "4981f6SSSSSSSS")] // xor %r14
    [InlineData("483b1d........", "4881fbSSSSSSSS")] // cmp %rbx
    [InlineData("443b05........", "4181f8SSSSSSSS")] // cmp %r8d
    public void WithRex_IsRelaxed(string code, string expected) => Check(R_X86_64_REX_GOTPCRELX, code, "target", expected);

    [Theory]
    [InlineData("d5488b05........", "d5488d05PPPPPPPP")] // mov %r16
    [InlineData("d54c8b3d........", "d54c8d3dPPPPPPPP")] // mov %r31
    [InlineData("d5480305........", "d51881c0SSSSSSSS")] // add %r16
    [InlineData("d54c0b3d........", "d51981cfSSSSSSSS")] // or %r31
    [InlineData("d5083b05........", "d50881f8SSSSSSSS")] // cmp %rax with a REX2 prefix
    [InlineData("d5488505........", "d518f7c0SSSSSSSS")] // test %r16
    [InlineData("d5402b05........", "d51081e8SSSSSSSS")] // sub %r16d
    public void Rex2_IsRelaxed(string code, string expected) => Check(R_X86_64_CODE_4_GOTPCRELX, code, "target", expected);

    [Theory]
    [InlineData("62f4fc100305........", "62f4fc1081c0SSSSSSSS")] // add S, %rax, %r16
    [InlineData("62e4fc10230d........", "62fcfc1081e1SSSSSSSS")] // and S, %r17, %r16
    [InlineData("6274fc102b05........", "62d4fc1081e8SSSSSSSS")] // sub S, %r8, %r16
    public void Evex_IsRelaxed(string code, string expected) => Check(R_X86_64_CODE_6_GOTPCRELX, code, "target", expected);

    [Theory]
    [InlineData(R_X86_64_GOTPCRELX, "8b05........", "c7c0SSSSSSSS")]
    [InlineData(R_X86_64_REX_GOTPCRELX, "488b05........", "48c7c0SSSSSSSS")]
    [InlineData(R_X86_64_REX_GOTPCRELX, "4c8b3d........", "49c7c7SSSSSSSS")]
    [InlineData(R_X86_64_REX_GOTPCRELX, "483b05........", "4881f8SSSSSSSS")]
    [InlineData(R_X86_64_CODE_4_GOTPCRELX, "d5488b05........", "d518c7c0SSSSSSSS")]
    public void AbsoluteSymbol_BecomesAnImmediate(uint type, string code, string expected) => Check(type, code, "absolute", expected);

    [Theory]
    [InlineData(R_X86_64_REX_GOTPCRELX, "488b05........", "far")] // does not fit
    [InlineData(R_X86_64_REX_GOTPCRELX, "488b05........", "just_above")] // would be sign-extended
    [InlineData(R_X86_64_GOTPCRELX, "ff15........", "absolute")] // there is no absolute call
    [InlineData(R_X86_64_GOTPCREL, "488b05........", "absolute")] // plain GOTPCREL promises nothing
    public void AbsoluteSymbol_KeepsItsSlotWhenNoFormFits(uint type, string code, string symbol) =>
        Check(type, code, symbol, code.Replace("........", "GGGGGGGG", StringComparison.Ordinal));

    [Fact]
    public void AbsoluteSymbol_ThatFitsThirtyTwoBits_IsAnImmediateOfA32BitOperation() =>
        Check(R_X86_64_GOTPCRELX, "8b05........", "just_above", "c7c0SSSSSSSS");

    [Theory]
    [InlineData("488b05........", "488d05PPPPPPPP")]
    [InlineData("ff15........", "67e8PPPPPPPP")]
    [InlineData("ff25........", "e9JJJJJJJJ90")]
    public void PlainGotPcRel_IsRelaxedWhereTheBytesAreCertain(string code, string expected) => Check(R_X86_64_GOTPCREL, code, "target", expected);

    [Theory]
    [InlineData("48030590909090", "480305GGGGGGGG")] // add: no promise
    [InlineData("483b05........", "483b05GGGGGGGG")] // cmp
    [InlineData("0f8b05........", "0f8b05GGGGGGGG")] // jnp, not mov
    [InlineData("8b80........", "8b80GGGGGGGG")] // not RIP-relative
    public void PlainGotPcRel_KeepsItsSlotOtherwise(string code, string expected) =>
        Check(R_X86_64_GOTPCREL, code.Replace("90909090", "........", StringComparison.Ordinal), "target", expected);

    [Theory]
    [InlineData(R_X86_64_GOTPCRELX, "ff35........")] // push
    [InlineData(R_X86_64_REX_GOTPCRELX, "480fb605........")] // movzbq
    [InlineData(R_X86_64_GOTPCRELX, "8b80........")] // not RIP-relative
    [InlineData(R_X86_64_CODE_5_GOTPCRELX, "62f4fc8b05........")] // no instruction is defined for it
    public void OtherInstructions_KeepTheirSlot(uint type, string code) =>
        Check(type, code, "target", code.Replace("........", "GGGGGGGG", StringComparison.Ordinal));

    [Fact]
    public void AnotherAddend_KeepsTheSlot()
    {
        using var folder = new LinkFolder();
        LinkOutcome outcome = RelocationLab.InCode(folder, Convert.FromHexString("488b0500000000c3"), 3, R_X86_64_REX_GOTPCRELX, "target", 4);
        outcome.ShouldSucceed().Elf.At("code", 3).Should().Equal(0x48, 0x8b, 0x05);
    }

    [Fact]
    public void NoRelax_KeepsTheSlot()
    {
        using var folder = new LinkFolder();
        LinkOutcome outcome = RelocationLab.InCode(folder, Convert.FromHexString("488b0500000000c3"), 3, R_X86_64_REX_GOTPCRELX, "target", -4, "--no-relax");
        outcome.ShouldSucceed().Elf.At("code", 3).Should().Equal(0x48, 0x8b, 0x05);
        outcome.Elf.HasSection(".got").Should().BeTrue();
    }

    [Fact]
    public void RelaxedSlots_AreNotAllocated()
    {
        using var folder = new LinkFolder();
        LinkOutcome outcome = RelocationLab.InCode(folder, Convert.FromHexString("488b0500000000c3"), 3, R_X86_64_REX_GOTPCRELX, "target", -4);
        outcome.ShouldSucceed().Elf.HasSection(".got").Should().BeFalse();
    }

    [Theory]
    [InlineData(R_X86_64_GOTTPOFF, "488b05........", "48c7c0TTTTTTTT")]
    [InlineData(R_X86_64_GOTTPOFF, "4c8b25........", "49c7c4TTTTTTTT")]
    [InlineData(R_X86_64_GOTTPOFF, "480305........", "4881c0TTTTTTTT")]
    [InlineData(R_X86_64_GOTTPOFF, "480325........", "4881c4TTTTTTTT")]
    [InlineData(R_X86_64_GOTTPOFF, "4c0325........", "4981c4TTTTTTTT")]
    [InlineData(R_X86_64_CODE_4_GOTTPOFF, "d5488b05........", "d518c7c0TTTTTTTT")]
    [InlineData(R_X86_64_CODE_4_GOTTPOFF, "d54c033d........", "d51981c7TTTTTTTT")]
    [InlineData(R_X86_64_CODE_6_GOTTPOFF, "62f4fc100305........", "62f4fc1081c0TTTTTTTT")]
    [InlineData(R_X86_64_CODE_6_GOTTPOFF, "6274fc100105........", "62d4fc1081c0TTTTTTTT")]
    [InlineData(R_X86_64_GOTPC32_TLSDESC, "488d05........", "48c7c0TTTTTTTT")]
    [InlineData(R_X86_64_GOTPC32_TLSDESC, "4c8d0d........", "49c7c1TTTTTTTT")]
    [InlineData(R_X86_64_CODE_4_GOTPC32_TLSDESC, "d5488d05........", "d518c7c0TTTTTTTT")]
    public void ThreadLocalAccess_BecomesLocalExec(uint type, string code, string expected) => Check(type, code, "tls_target", expected);

    [Theory]
    [InlineData(R_X86_64_GOTTPOFF, "483b05........")] // cmp
    [InlineData(R_X86_64_CODE_5_GOTTPOFF, "62f4fc0305........")]
    public void ThreadLocalAccess_OtherInstructions_ReadTheOffsetFromASlot(uint type, string code)
    {
        using var folder = new LinkFolder();
        int field = code.IndexOf('.', StringComparison.Ordinal) / 2;
        ElfReader elf = RelocationLab.InCode(folder, Convert.FromHexString(code.Replace('.', '0')), (ulong)field, type, "tls_target", -4).ShouldSucceed().Elf;
        ulong end = elf.Symbol("code").Value + (ulong)field + 4;
        ((long)RelocationLab.Slot(elf, end + (ulong)elf.Int32At("code", field))).Should().Be(RelocationLab.TpOffset(elf, "tls_target"));
    }

    [Theory]
    [InlineData(R_X86_64_GOTPC32_TLSDESC, "488b05........")] // mov
    [InlineData(R_X86_64_CODE_5_GOTPC32_TLSDESC, "62f4fc8d05........")]
    [InlineData(R_X86_64_CODE_6_GOTPC32_TLSDESC, "62f4fc108d05........")]
    public void Descriptor_OtherInstructions_AreErrors(uint type, string code)
    {
        using var folder = new LinkFolder();
        int field = code.IndexOf('.', StringComparison.Ordinal) / 2;
        RelocationLab.InCode(folder, Convert.FromHexString(code.Replace('.', '0')), (ulong)field, type, "tls_target", -4)
            .ShouldFailWith(DiagnosticId.BadRelocation).Text.Should().Contain("not the instruction");
    }

    private static void Check(uint type, string code, string symbol, string expected)
    {
        using var folder = new LinkFolder();
        int field = code.IndexOf('.', StringComparison.Ordinal) / 2;
        byte[] bytes = Convert.FromHexString(code.Replace('.', '0') + "c3");
        ElfReader elf = RelocationLab.InCode(folder, bytes, (ulong)field, type, symbol, -4).ShouldSucceed().Elf;
        ulong end = elf.Symbol("code").Value + (ulong)field + 4;
        string actual = Convert.ToHexStringLower(elf.At("code", bytes.Length - 1));
        if (expected.Contains('G', StringComparison.Ordinal))
        {
            int displacement = elf.Int32At("code", field);
            RelocationLab.Slot(elf, end + (ulong)displacement).Should().Be(elf.Symbol(symbol).Value);
            expected = expected.Replace("GGGGGGGG", Hex(displacement), StringComparison.Ordinal);
        }

        ulong value = elf.Symbol(symbol).Value;
        expected = expected
            .Replace("SSSSSSSS", Hex((int)value), StringComparison.Ordinal)
            .Replace("PPPPPPPP", Hex((int)(value - end)), StringComparison.Ordinal)
            .Replace("JJJJJJJJ", Hex((int)(value - end + 1)), StringComparison.Ordinal);
        if (expected.Contains('T', StringComparison.Ordinal))
            expected = expected.Replace("TTTTTTTT", Hex((int)RelocationLab.TpOffset(elf, symbol)), StringComparison.Ordinal);
        actual.Should().Be(expected);
    }

    private static string Hex(int value) => BinaryPrimitives.ReverseEndianness(value).ToString("x8", CultureInfo.InvariantCulture);
}
