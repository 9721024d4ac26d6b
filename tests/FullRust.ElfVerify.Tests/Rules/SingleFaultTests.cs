// Each generated fault sets off exactly the rules that its table names, and every rule that can be broken by bytes is needed: with it
// switched off, some fault goes unnoticed.

using System;
using System.Collections.Generic;
using System.Linq;
using FluentAssertions;
using FullRust.HostileElf;
using Xunit;

namespace FullRust.ElfVerify.Tests.Rules;

public sealed class SingleFaultTests
{
    private static readonly Dictionary<string, HostileCase> s_cases = SingleFaults.All().ToDictionary(static item => item.Name);

    public static TheoryData<string> Names => new(s_cases.Keys);

    [Fact]
    public void Verify_SampleWithoutFault_HasNoFindingAtAll()
    {
        VerifyReport report = Verifier.Verify(SampleElf.Build().Bytes, VerifyOptions.Default);

        report.Findings.Should().BeEmpty();
        report.Verdict.Should().Be(Verdict.Pass);
    }

    [Theory]
    [InlineData(VerifyProfile.Portable)]
    [InlineData(VerifyProfile.Hardened)]
    [InlineData(VerifyProfile.Gvisor)]
    [InlineData(VerifyProfile.StaticPie)]
    [InlineData(VerifyProfile.StaticLibc)]
    public void Verify_SampleWithoutFault_PassesEveryProfile(VerifyProfile profile) =>
        Verifier.Verify(SampleElf.Build().Bytes, new VerifyOptions { Profile = profile, StrictSections = true, NoTrailing = true, RequireBuildId = true })
            .Findings.Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Verify_OneFault_SetsOffExactlyItsRules(string name)
    {
        HostileCase item = s_cases[name];

        VerifyReport report = Verifier.Verify(item.Bytes, VerifyOptions.Default);

        report.Findings.Select(static finding => finding.Rule).Distinct().Should().BeEquivalentTo(item.Rules, string.Join("; ", report.Findings));
        bool anyError = report.Findings.Any(static finding => finding.Level == FindingLevel.Error);
        report.IsVerified.Should().Be(!anyError);
        if (name != "phdr-spare-room")
            anyError.Should().Be(item.Rules.Any(static rule => RuleTable.Describe(rule).Level == FindingLevel.Error));
    }

    // Mutation testing of the rules: each one switched off leaves something unnoticed that its own cases are there for. For those that
    // are errors some file passes that must not, unless the model of the loader or a second rule stands behind it.
    [Fact]
    public void Rules_EachSwitchedOff_LeavesAFaultUnnoticed()
    {
        var unnoticed = new List<RuleId>();
        var guardedTwice = new List<RuleId>();
        foreach (RuleId rule in RuleTable.All.Where(static rule => !IsBrokenByTheSurroundings(rule)))
        {
            (byte[] Bytes, VerifyOptions Options)[] cases = [.. CasesOf(rule)];
            bool fires = cases.Length > 0 && cases.All(item => Verifier.Verify(item.Bytes, item.Options).Findings.Any(finding => finding.Rule == rule));
            bool isSilent = cases.All(item => Verifier.Verify(item.Bytes, Without(item.Options, rule)).Findings.All(finding => finding.Rule != rule));
            if (!fires || !isSilent)
                unnoticed.Add(rule);
            bool isError = cases.Any(item => Verifier.Verify(item.Bytes, item.Options).Findings.Any(finding => finding.Rule == rule && finding.Level == FindingLevel.Error));
            bool anyPasses = cases.Any(item => !Verifier.Verify(item.Bytes, item.Options).IsVerified && Verifier.Verify(item.Bytes, Without(item.Options, rule)).IsVerified);
            if (isError && !anyPasses)
                guardedTwice.Add(rule);
        }

        unnoticed.Should().BeEmpty();
        guardedTwice.Should().BeEquivalentTo(GuardedTwice);
    }

    // What execve refuses, kills or interprets is caught by the model (K01) even if the rule that names the reason were wrong; the others
    // break a second rule by their nature.
    private static readonly RuleId[] GuardedTwice =
    [
        RuleId.I05, RuleId.H02, RuleId.H03, RuleId.P01, RuleId.P02, RuleId.P03, RuleId.P05, RuleId.S01, RuleId.L04, RuleId.L08, RuleId.L09, RuleId.L14, RuleId.R02,
    ];

    private static IEnumerable<(byte[] Bytes, VerifyOptions Options)> CasesOf(RuleId rule)
    {
        foreach (HostileCase item in s_cases.Values.Where(item => item.Rules.Contains(rule)))
            yield return (item.Bytes, VerifyOptions.Default);
        byte[] good = SampleElf.Build().Bytes, unknownCall = SampleElf.Build().Put(SampleElf.TextAt, 0x0f, 0x05, 0x90, 0x90, 0x90).Bytes;
        switch (rule)
        {
            case RuleId.G03:
                yield return (SampleElf.Build().Put(SampleElf.NoteAt + 8, 9).Bytes, new VerifyOptions { RequireBuildId = true });
                break;
            case RuleId.C02:
                yield return (good, new VerifyOptions { RequireProvenance = true });
                break;
            case RuleId.C03:
                yield return (good, new VerifyOptions { Relink = new RelinkOutcome(new byte[good.Length], default, []) });
                break;
            case RuleId.B01:
                yield return (good, new VerifyOptions { MaxFileSize = (ulong)good.Length - 1 });
                break;
            case RuleId.B02:
                yield return (good, new VerifyOptions { SegmentBudgets = new Dictionary<string, ulong> { ["text"] = 1 } });
                break;
            case RuleId.Y01:
                yield return (unknownCall, new VerifyOptions { FailOn = FindingLevel.Information, Groups = RuleGroups.Syscalls });
                break;
            case RuleId.Y02:
                yield return (good, new VerifyOptions { ExpectedSyscalls = new HashSet<int> { 1 }, Groups = RuleGroups.Syscalls });
                break;
            case RuleId.Y03:
                yield return (good, new VerifyOptions { DeniedSyscalls = new HashSet<int> { 60 }, Groups = RuleGroups.Syscalls });
                break;
            case RuleId.K01:
                // A rule that a policy has lowered must not open the gate to what does not run.
                yield return (s_cases["not-congruent"].Bytes, new VerifyOptions { Levels = new Dictionary<RuleId, FindingLevel> { [RuleId.L05] = FindingLevel.Information } });
                break;
        }
    }

    private static VerifyOptions Without(VerifyOptions options, RuleId rule) => new()
    {
        Disabled = new HashSet<RuleId> { rule },
        Groups = options.Groups,
        Levels = options.Levels,
        FailOn = options.FailOn,
        RequireBuildId = options.RequireBuildId,
        RequireProvenance = options.RequireProvenance,
        Relink = options.Relink,
        MaxFileSize = options.MaxFileSize,
        SegmentBudgets = options.SegmentBudgets,
        ExpectedSyscalls = options.ExpectedSyscalls,
        DeniedSyscalls = options.DeniedSyscalls,
    };

    // I01 to I04 are about paths, not bytes: each is broken and named in FullRust.Driver.Tests/Verify.
    private static bool IsBrokenByTheSurroundings(RuleId rule) => rule is RuleId.I01 or RuleId.I02 or RuleId.I03 or RuleId.I04;
}
