// C03: the file against what the repeated link gave.

using System;
using System.Linq;
using FluentAssertions;
using FullRust.ElfVerify.Reporting;
using FullRust.HostileElf;
using Xunit;

namespace FullRust.ElfVerify.Tests.Rules;

public sealed class RelinkRuleTests
{
    private static VerifyReport Judge(byte[] file, byte[] again, params string[] problems) =>
        Verifier.Verify(file, new VerifyOptions { Relink = new RelinkOutcome(again, default, problems) });

    private static string OnlyMessage(VerifyReport report) => report.Findings.Should().ContainSingle(static finding => finding.Rule == RuleId.C03).Which.ToString();

    [Fact]
    public void SameBytes_AreEvidence_WhateverTheRecordingSays()
    {
        byte[] good = SampleElf.Build().Bytes;

        VerifyReport report = Judge(good, [.. good], "another linker");

        report.Findings.Should().BeEmpty();
        EvidenceLine.Of(report, null).Should().Contain("the repeated link gives the same bytes");
    }

    [Fact]
    public void WithoutAnOutcome_TheRuleDoesNotRun() =>
        Verifier.Verify(SampleElf.Build().Bytes, VerifyOptions.Default).ResultOf(RuleId.C03).Should().Be(RuleResult.NotRun);

    [Theory]
    [InlineData(20, "ELF header")]
    [InlineData(SampleElf.TextAt, ".text")]
    [InlineData(SampleElf.TextAt + 7, ".text")]
    [InlineData(SampleElf.DataAt, ".tdata")]
    [InlineData(SampleElf.DataAt + 0x10, ".data")]
    public void ChangedByte_IsNamedWithItsPlace(int offset, string place)
    {
        byte[] good = SampleElf.Build().Bytes, again = [.. good];
        again[offset] ^= 0xff;
        again[^1] ^= 0xff;

        VerifyFinding finding = Judge(good, again).Findings.Single(static finding => finding.Rule == RuleId.C03);

        finding.Place.Should().Contain(place);
        finding.FileOffset.Should().Be((ulong)offset);
        finding.Message.Should().Contain($"differ from the repeated link: 2, the first at 0x{offset:x}: 0x{good[offset]:x2}, where the link gives 0x{again[offset]:x2}");
    }

    [Fact]
    public void ChangedByteWithoutSections_IsNamedWithItsSegment()
    {
        byte[] good = SampleElf.Build().WithHeader(static (ref FullRust.Elf.Native.Elf64_Ehdr h) => (h.e_shoff, h.e_shnum, h.e_shstrndx) = (0, 0, 0)).Bytes, again = [.. good];
        again[SampleElf.TextAt + 1] ^= 1;

        Judge(good, again).Findings.Single(static finding => finding.Rule == RuleId.C03).Place.Should().StartWith("program header");
    }

    [Fact]
    public void AnotherLength_IsSaid()
    {
        byte[] good = SampleElf.Build().Bytes;

        OnlyMessage(Judge(good, good[..^8])).Should().Contain($"the file has {good.Length} bytes, the repeated link gives {good.Length - 8}");
        OnlyMessage(Judge([.. good, 0], good)).Should().Contain($"the file has {good.Length + 1} bytes");
    }

    [Fact]
    public void NoImage_GivesTheReasons()
    {
        VerifyReport report = Judge(SampleElf.Build().Bytes, [], "the input a.o is not the one that was linked", "the link cannot be repeated");

        report.IsVerified.Should().BeFalse();
        report.Findings.Select(static finding => finding.Message).Should().Equal("the input a.o is not the one that was linked", "the link cannot be repeated");
    }
}
