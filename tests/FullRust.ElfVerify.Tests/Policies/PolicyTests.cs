// Policies are strict: what is misspelt, expired or forbidden is an error, never a looser gate.

using System;
using System.IO;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.ElfVerify.Policies;
using FullRust.ElfVerify.Reporting;
using FullRust.HostileElf;
using Xunit;

namespace FullRust.ElfVerify.Tests.Policies;

public sealed class PolicyTests
{
    private static readonly DateOnly s_today = new(2026, 1, 15);

    private static Policy Parse(string json)
    {
        Policy.TryParse(Encoding.UTF8.GetBytes(json), s_today, out Policy? policy, out string error).Should().BeTrue(error);
        return policy!;
    }

    [Fact]
    public void TryParse_EveryKey_IsRead()
    {
        Policy policy = Parse("""
            {"description": "d", "extends": "hardened", "minKernel": "6.12", "rules": {"FRV-X02": "error", "r01": "info"},
             "limits": {"memory": 1024, "isa": 3, "fileSize": 10}, "require": {"buildId": true, "provenance": false},
             "waivers": [{"rule": "FRV-Z03", "path": "bin/*", "reason": "old tool", "expires": "2026-01-15"}]}
            """);

        policy.Profile.Should().Be(VerifyProfile.Hardened);
        policy.MinKernel.Should().Be(new KernelVersion(6, 12));
        policy.Levels[RuleId.X02].Should().Be(FindingLevel.Error);
        policy.Levels[RuleId.R01].Should().Be(FindingLevel.Information);
        policy.Limits["isa"].Should().Be(3);
        policy.RequireBuildId.Should().BeTrue();
        policy.RequireProvenance.Should().BeFalse();
        policy.Waivers.Should().ContainSingle();
    }

    [Theory]
    [InlineData("[]", "must be an object")]
    [InlineData("{", "JSON")]
    [InlineData("""{"extend": "portable"}""", "unknown key")]
    [InlineData("""{"extends": "strict"}""", "unknown profile")]
    [InlineData("""{"rules": {"FRV-Q99": "error"}}""", "unknown rule")]
    [InlineData("""{"rules": {"FRV-X02": "fatal"}}""", "unknown level")]
    [InlineData("""{"rules": {"FRV-S01": "warning"}}""", "cannot be lowered")]
    [InlineData("""{"rules": {"FRV-X02": "error", "FRV-X02": "info"}}""", "twice")]
    [InlineData("""{"limits": {"memory": -1}}""", "whole number")]
    [InlineData("""{"limits": {"isa": 5}}""", "from 1 to 4")]
    [InlineData("""{"limits": {"ram": 1}}""", "unknown limit")]
    [InlineData("""{"require": {"buildId": 1}}""", "true or false")]
    [InlineData("""{"waivers": [{"rule": "FRV-X04", "path": "*", "expires": "2027-01-01"}]}""", "needs rule, path, reason and expires")]
    [InlineData("""{"waivers": [{"rule": "FRV-X04", "path": "*", "reason": "  ", "expires": "2027-01-01"}]}""", "needs rule, path, reason and expires")]
    [InlineData("""{"waivers": [{"rule": "FRV-X04", "path": "*", "reason": "r"}]}""", "needs rule, path, reason and expires")]
    [InlineData("""{"waivers": [{"rule": "FRV-X04", "path": "*", "reason": "r", "expires": "2026-01-14"}]}""", "expired")]
    [InlineData("""{"waivers": [{"rule": "FRV-X04", "path": "*", "reason": "r", "expires": "soon"}]}""", "unknown date")]
    [InlineData("""{"waivers": [{"rule": "FRV-S01", "path": "*", "reason": "r", "expires": "2027-01-01"}]}""", "cannot be waived")]
    [InlineData("""{"waivers": [{"rule": "FRV-X04", "path": "*", "sha256": "ab", "reason": "r", "expires": "2027-01-01"}]}""", "64 hexadecimal digits")]
    public void TryParse_WrongPolicy_IsRefused(string json, string message)
    {
        Policy.TryParse(Encoding.UTF8.GetBytes(json), s_today, out Policy? policy, out string error).Should().BeFalse();

        policy.Should().BeNull();
        error.Should().Contain(message);
    }

    [Theory]
    [InlineData("*", "app", true)]
    [InlineData("*", "bin/app", false)]
    [InlineData("**", "bin/deep/app", true)]
    [InlineData("bin/*", "bin/app", true)]
    [InlineData("bin/*", "bin/deep/app", false)]
    [InlineData("**/app", "app", true)]
    [InlineData("**/app", "bin/deep/app", true)]
    [InlineData("**/app", "bin/deep/myapp", false)]
    [InlineData("bin/**/app", "bin/app", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("", "", true)]
    [InlineData("a", "", false)]
    public void PathPattern_Path_Matches(string pattern, string path, bool matches) => PathPattern.Matches(pattern, path).Should().Be(matches);

    [Fact]
    public void PathPattern_ManyStars_StaysFast() =>
        PathPattern.Matches(string.Concat(Enumerable.Repeat("*a", 200)) + "b", new string('a', 2000)).Should().BeFalse();

    [Fact]
    public void Baseline_OfARun_AcceptsItsFindingsAndNoOthers()
    {
        HostileCase known = SingleFaults.All().Single(static item => item.Name == "stack-flags-1");
        VerifyReport report = Verifier.Verify(known.Bytes, VerifyOptions.Default);
        using var stream = new MemoryStream();
        Baseline.Write(stream, new VerifyRun("0.1.0", [new VerifiedFile("bin/app", report, "", default, "")], null, "/"));
        Baseline.TryParse(stream.ToArray(), out Baseline? baseline, out _).Should().BeTrue();

        VerifyFinding finding = report.Findings.Single();
        baseline!.Contains("elsewhere/app", finding).Should().BeTrue();
        baseline.Contains("bin/other", finding).Should().BeFalse();
        baseline.Contains("bin/app", finding with { Rule = RuleId.X01 }).Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"schema": "other/1", "findings": []}""")]
    [InlineData("""{"schema": "fullrust-verify-baseline/1", "findings": [{}]}""")]
    public void Baseline_WrongFile_IsRefused(string json) => Baseline.TryParse(Encoding.UTF8.GetBytes(json), out _, out _).Should().BeFalse();
}
