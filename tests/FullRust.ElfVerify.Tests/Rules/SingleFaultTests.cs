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

    [Fact]
    public void Rules_EachSwitchedOff_LeavesAFaultUnnoticed()
    {
        var unneeded = new List<RuleId>();
        foreach (RuleId rule in RuleTable.All.Where(static rule => !IsElsewhere(rule)))
        {
            var options = new VerifyOptions { Disabled = new HashSet<RuleId> { rule } };
            bool isNoticed = s_cases.Values.Any(item => item.Rules.Contains(rule)
                && Verifier.Verify(item.Bytes, options).Findings.All(finding => finding.Rule != rule)
                && item.Rules.Any(expected => Verifier.Verify(item.Bytes, options).Findings.All(finding => finding.Rule != expected)));
            if (!isNoticed)
                unneeded.Add(rule);
        }

        unneeded.Should().BeEmpty();
    }

    // Broken by the surroundings or by options, with tests of their own.
    private static bool IsElsewhere(RuleId rule) => rule is RuleId.I01 or RuleId.I02 or RuleId.I03 or RuleId.I04 or RuleId.G03 or RuleId.B01 or RuleId.B02
        or RuleId.Y01 or RuleId.Y02 or RuleId.Y03 or RuleId.D01 or RuleId.D02 or RuleId.K01;
}
