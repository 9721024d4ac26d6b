// Rules that depend on options: budgets, demands, profiles, levels.

using System;
using System.Collections.Generic;
using System.Linq;
using FluentAssertions;
using FullRust.Elf;
using FullRust.Elf.Native;
using FullRust.HostileElf;
using Xunit;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.ElfVerify.Tests.Rules;

public sealed class OptionRuleTests
{
    [Fact]
    public void Verify_FileAboveItsBudget_SetsOffB01()
    {
        byte[] file = SampleElf.Build().Bytes;

        Verifier.Verify(file, new VerifyOptions { MaxFileSize = (ulong)file.Length }).IsVerified.Should().BeTrue();
        Verifier.Verify(file, new VerifyOptions { MaxFileSize = (ulong)file.Length - 1 }).ResultOf(RuleId.B01).Should().Be(RuleResult.Fail);
    }

    [Theory]
    [InlineData("text", 0x40)]
    [InlineData("rodata", 0x3b0)]
    [InlineData("data", 0x100)]
    [InlineData("bss", 0x1000)]
    public void Verify_SegmentsAboveTheirBudget_SetOffB02(string kind, ulong size)
    {
        VerifyReport Judge(ulong budget) => Verifier.Verify(SampleElf.Build().Bytes, new VerifyOptions { SegmentBudgets = new Dictionary<string, ulong> { [kind] = budget } });

        Judge(size).IsVerified.Should().BeTrue();
        Judge(size - 1).ResultOf(RuleId.B02).Should().Be(RuleResult.Fail);
    }

    [Fact]
    public void Verify_NoBuildIdWhereOneIsRequired_SetsOffG03()
    {
        ElfEdit edit = SampleElf.Build().Put(SampleElf.NoteAt + 8, 9);

        Verifier.Verify(edit.Bytes, VerifyOptions.Default).IsVerified.Should().BeTrue();
        Verifier.Verify(edit.Bytes, new VerifyOptions { RequireBuildId = true }).ResultOf(RuleId.G03).Should().Be(RuleResult.Fail);
    }

    [Fact]
    public void Verify_ManySegments_PassesWhereOnlyNewKernelsAreAskedFor()
    {
        HostileCase many = SingleFaults.All().Single(static item => item.Name == "phnum-74");

        Verifier.Verify(many.Bytes, new VerifyOptions { MinKernel = KernelVersion.LargeProgramHeaderTable }).IsVerified.Should().BeTrue();
    }

    [Theory]
    [InlineData("no-stack", VerifyProfile.Portable, false)]
    [InlineData("osabi-9", VerifyProfile.Portable, false)]
    [InlineData("align-1", VerifyProfile.Portable, false)]
    [InlineData("code-behind-text", VerifyProfile.Portable, true)]
    [InlineData("code-behind-text", VerifyProfile.Hardened, false)]
    [InlineData("table-unaligned", VerifyProfile.Gvisor, false)]
    public void Verify_Profile_RaisesItsRules(string name, VerifyProfile profile, bool isVerified)
    {
        HostileCase item = SingleFaults.All().Single(candidate => candidate.Name == name);

        Verifier.Verify(item.Bytes, new VerifyOptions { Profile = profile }).IsVerified.Should().Be(isVerified);
    }

    [Fact]
    public void Verify_LevelOfAPolicy_CountsExceptForFixedRules()
    {
        HostileCase executableStack = SingleFaults.All().Single(static item => item.Name == "stack-flags-1");
        HostileCase interpreter = SingleFaults.All().Single(static item => item.Name == "interp-size-6");
        var levels = new Dictionary<RuleId, FindingLevel> { [RuleId.X04] = FindingLevel.Warning, [RuleId.S01] = FindingLevel.Information };

        Verifier.Verify(executableStack.Bytes, new VerifyOptions { Levels = levels }).IsVerified.Should().BeTrue();
        Verifier.Verify(interpreter.Bytes, new VerifyOptions { Levels = levels }).IsVerified.Should().BeFalse();
    }

    [Fact]
    public void Verify_RuleLoweredThatTheKernelNeeds_IsCaughtByTheModel()
    {
        HostileCase item = SingleFaults.All().Single(static candidate => candidate.Name == "not-congruent");
        var levels = new Dictionary<RuleId, FindingLevel> { [RuleId.L05] = FindingLevel.Information };

        VerifyReport report = Verifier.Verify(item.Bytes, new VerifyOptions { Levels = levels });

        report.IsVerified.Should().BeFalse();
        report.ResultOf(RuleId.K01).Should().Be(RuleResult.Fail);
    }

    [Fact]
    public void Verify_ProvenanceRecord_ProvesTheImageItWasMadeFor()
    {
        byte[] file = WithProvenance(foreignInputs: 0);

        VerifyReport report = Verifier.Verify(file, new VerifyOptions { RequireProvenance = true });

        report.Findings.Should().BeEmpty();
        report.Facts.Libc.Should().Be(LibcEvidence.ProvedByProvenance);
        report.Facts.Provenance!.Tool.Should().Be("demo-ld 1.0");
        report.Facts.Provenance.Crates.Should().Equal("core", "hello 0.1.0");
    }

    [Fact]
    public void Verify_ImageChangedAfterTheRecord_SetsOffC02()
    {
        byte[] file = WithProvenance(foreignInputs: 0);
        file[SampleElf.TextAt + 6] ^= 1;

        VerifyReport report = Verifier.Verify(file, VerifyOptions.Default);

        report.ResultOf(RuleId.C02).Should().Be(RuleResult.Fail);
        report.Facts.Libc.Should().Be(LibcEvidence.None);
    }

    [Fact]
    public void Verify_RecordWithForeignInputs_ProvesNothing() =>
        Verifier.Verify(WithProvenance(foreignInputs: 1), VerifyOptions.Default).Facts.Libc.Should().Be(LibcEvidence.None);

    [Fact]
    public void Verify_BuildIdAndSectionTableChanged_LeaveTheRecordValid()
    {
        byte[] file = WithProvenance(foreignInputs: 0);
        file.AsSpan(SampleElf.NoteAt + 16, 20).Fill(0x77);

        Verifier.Verify(file, new VerifyOptions { RequireProvenance = true }).IsVerified.Should().BeTrue();
    }

    [Fact]
    public void Verify_NoRecordWhereOneIsRequired_SetsOffC02() =>
        Verifier.Verify(SampleElf.Build().Bytes, new VerifyOptions { RequireProvenance = true }).ResultOf(RuleId.C02).Should().Be(RuleResult.Fail);

    [Fact]
    public void Verify_ProgramThatOnlyPrintsALibrarysName_HasNoEvidence() =>
        Verifier.Verify(SampleElf.Build().Put(SampleElf.DataAt + 0x20, "linked against the GNU C Library, see LD_LIBRARY_PATH\0"u8).Bytes, VerifyOptions.Default)
            .Facts.Libc.Should().Be(LibcEvidence.None);

    [Fact]
    public void Verify_ForLinker_RunsNoRuleThatReadsContents()
    {
        VerifyReport report = Verifier.Verify(SampleElf.Build().Bytes, VerifyOptions.ForLinker);

        report.Verdict.Should().Be(Verdict.Pass);
        report.ResultOf(RuleId.S01).Should().Be(RuleResult.Pass);
        report.ResultOf(RuleId.C01).Should().Be(RuleResult.NotRun);
    }

    [Fact]
    public void Rules_All_HaveWordsAndAParsableCode()
    {
        foreach (RuleId rule in RuleTable.All)
        {
            RuleDescription words = RuleTable.Describe(rule);
            new[] { words.Title, words.Why, words.Fix }.Should().OnlyContain(static text => text.Length > 5);
            RuleTable.TryParse(words.Code, out RuleId parsed).Should().BeTrue();
            parsed.Should().Be(rule);
        }
    }

    private static byte[] WithProvenance(uint foreignInputs)
    {
        ElfEdit edit = SampleElf.Build();
        var digest = new byte[Sha256.DigestSize];
        ElfEdit final = edit;
        var segments = Enumerable.Range(0, edit.Header.e_phnum).Select(edit.Segment).ToArray();
        ProvenanceNote.ComputeImageDigest(edit.Bytes, edit.Header.e_phoff, segments, digest).Should().BeTrue();
        byte[] note = new ProvenanceNote
        {
            Tool = "demo-ld 1.0",
            Policy = "strict",
            Compilers = ["rustc version 1.90.0"],
            Crates = ["core", "hello 0.1.0"],
            RustInputs = 3,
            ForeignInputs = foreignInputs,
            ImageDigest = digest,
        }.ToBytes();
        ulong end = (ulong)edit.Bytes.Length;
        edit.Append(note);
        return edit.WithSection(SampleElf.SecComment, (ref Elf64_Shdr s) => (s.sh_type, s.sh_offset, s.sh_size, s.sh_addralign) = (SHT_NOTE, end, (ulong)note.Length, 4)).Put((int)SampleElf.Build().Section(SampleElf.SecComment).sh_offset, new byte[16]).Bytes;
    }
}
