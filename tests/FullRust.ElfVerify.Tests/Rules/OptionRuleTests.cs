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
    public void Verify_RecordWithoutRustInputs_ProvesNothing() =>
        Verifier.Verify(WithProvenance(foreignInputs: 0, rustInputs: 0), VerifyOptions.Default).Facts.Libc.Should().Be(LibcEvidence.None);

    [Fact]
    public void Verify_RecordWithoutDigest_IsUnknownWhereOneIsRequired()
    {
        byte[] file = WithProvenance(foreignInputs: 0, withDigest: false);

        Verifier.Verify(file, VerifyOptions.Default).Findings.Should().BeEmpty();
        Verifier.Verify(file, new VerifyOptions { RequireProvenance = true }).ResultOf(RuleId.C02).Should().Be(RuleResult.Unknown);
    }

    [Theory]
    [InlineData("__libc_start_main", true)]
    [InlineData("__libc_start_call_main", true)]
    [InlineData("__libc_start_init", true)]
    [InlineData("__uClibc_main", true)]
    [InlineData("__dietlibc_start", true)]
    [InlineData("__libc_init", true)]
    [InlineData("__libc_init_common", true)]
    [InlineData("__libc_csu_init", true)]
    [InlineData("__libc_helper", false)]
    [InlineData("libc_start_main", false)]
    public void Verify_StartUpFunctionOfALibrary_IsATrace(string name, bool isTrace) =>
        (Verifier.Verify(WithStringOf(name), VerifyOptions.Default).Facts.Libc == LibcEvidence.Found).Should().Be(isTrace);

    [Fact]
    public void Verify_CLibrary_IsSaidAndNotJudgedInTheProfileForIt()
    {
        byte[] file = WithStringOf("__libc_start_main");

        Verifier.Verify(file, VerifyOptions.Default).IsVerified.Should().BeFalse();
        VerifyReport report = Verifier.Verify(file, new VerifyOptions { Profile = VerifyProfile.StaticLibc });

        report.IsVerified.Should().BeTrue();
        report.Facts.Libc.Should().Be(LibcEvidence.Found);
        report.Findings.Should().ContainSingle(static finding => finding.Rule == RuleId.C01 && finding.Level == FindingLevel.Information);
    }

    // The sample with a longer table of names, at its end.
    private static byte[] WithStringOf(string name)
    {
        ElfEdit edit = SampleElf.Build();
        ulong end = (ulong)edit.Bytes.Length;
        byte[] names = [.. "\0data\0"u8, .. System.Text.Encoding.ASCII.GetBytes(name), 0];
        edit.Append(names).WithSection(SampleElf.SecStrtab, (ref Elf64_Shdr s) => (s.sh_offset, s.sh_size) = (end, (ulong)names.Length));
        return edit.Bytes;
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void Verify_IsaLevel_IsComparedWithTheLimit(int limit, bool passes) =>
        Verifier.Verify(SingleFaults.All().Single(static item => item.Name == "isa-v2").Bytes, new VerifyOptions { MaxIsaLevel = limit, FailOn = FindingLevel.Warning }).IsVerified.Should().Be(passes);

    [Theory]
    [InlineData(16, true)]
    [InlineData(8, false)]
    public void Verify_TlsAlignment_IsComparedWithTheLimit(ulong limit, bool passes) =>
        Verifier.Verify(SampleElf.Build().Bytes, new VerifyOptions { MaxTlsAlignment = limit }).IsVerified.Should().Be(passes);

    [Fact]
    public void Verify_OneRuleBrokenManyTimes_IsReportedSixteenTimes()
    {
        ElfEdit edit = new([.. SingleFaults.All().Single(static item => item.Name == "phnum-1170").Bytes]);
        for (int i = 10; i < 60; i++)
            edit.WithSegment(i, static (ref Elf64_Phdr p) => p.p_type = 0x60000000);

        Verifier.Verify(edit.Bytes, VerifyOptions.Default).Findings.Count(static finding => finding.Rule == RuleId.P07).Should().Be(16);
    }

    [Theory]
    [InlineData("6.1", true)]
    [InlineData("6.12345", true)]
    [InlineData("12345.6", true)]
    [InlineData("6.123456", false)]
    [InlineData("123456.6", false)]
    [InlineData("6.", false)]
    [InlineData(".6", false)]
    [InlineData("6", false)]
    [InlineData("6.1.2", false)]
    [InlineData("6.x", false)]
    [InlineData("", false)]
    public void KernelVersion_IsTwoNumbers(string text, bool isVersion) => KernelVersion.TryParse(text, out _).Should().Be(isVersion);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0x1000)]
    [InlineData(0x1000, 0x1000)]
    [InlineData(0x1001, 0x2000)]
    [InlineData(ulong.MaxValue - 0xfff, ulong.MaxValue - 0xfff)]
    [InlineData(ulong.MaxValue - 0x1000, ulong.MaxValue - 0xfff)]
    [InlineData(ulong.MaxValue, ulong.MaxValue - 0xfff)]
    public void PageEnd_StaysInTheLastPage(ulong value, ulong end) => ElfBinary.PageEnd(value).Should().Be(end);

    [Theory]
    [InlineData(0x400000, 0x3b0, true)]
    [InlineData(0x400000, 0x3b1, false)]
    [InlineData(0x4003af, 1, true)]
    [InlineData(0x4003b0, 0, true)]
    [InlineData(0x4003b0, 1, false)]
    [InlineData(0x4003b1, 0, false)]
    [InlineData(0x3fffff, 1, false)]
    [InlineData(0x402100, 1, false)]
    public void FileRange_IsInsideOneSegmentsBytes(ulong address, ulong size, bool isInside)
    {
        byte[] bytes = SampleElf.Build().Bytes;
        ElfBinary binary = ElfBinary.Create(bytes, ElfBinary.ReadHeader(bytes), readSections: false);

        binary.TryFileRange(address, size, out _, out _).Should().Be(isInside);
    }

    [Theory]
    [InlineData(0x3fffff, 0)]
    [InlineData(0x400000, 0x3b0)]
    [InlineData(0x4003af, 1)]
    [InlineData(0x4020ff, 1)]
    [InlineData(0x402100, 0)]
    [InlineData(0x4030ff, 0)]
    [InlineData(0x403100, 0)]
    public void FileBytesFrom_ReachToTheEndOfTheSegmentsBytes(ulong address, int length)
    {
        byte[] bytes = SampleElf.Build().Bytes;
        ElfBinary binary = ElfBinary.Create(bytes, ElfBinary.ReadHeader(bytes), readSections: false);

        binary.FileBytesFrom(address, out _).Length.Should().Be(length);
    }

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

    private static byte[] WithProvenance(uint foreignInputs, uint rustInputs = 3, bool withDigest = true)
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
            RustInputs = rustInputs,
            ForeignInputs = foreignInputs,
            ImageDigest = withDigest ? digest : default,
        }.ToBytes();
        ulong end = (ulong)edit.Bytes.Length;
        edit.Append(note);
        return edit.WithSection(SampleElf.SecComment, (ref Elf64_Shdr s) => (s.sh_type, s.sh_offset, s.sh_size, s.sh_addralign) = (SHT_NOTE, end, (ulong)note.Length, 4)).Put((int)SampleElf.Build().Section(SampleElf.SecComment).sh_offset, new byte[16]).Bytes;
    }
}
