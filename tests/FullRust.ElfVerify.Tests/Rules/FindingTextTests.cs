// What is said about every generated file, word for word: findings with place and extent, and what the model of the loader makes of it.
// FULLRUST_UPDATE_GOLDEN=1 writes the expectation anew; the difference is then for a reader to judge.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.ElfVerify.Loading;
using FullRust.HostileElf;
using FullRust.TestKit;
using Xunit;

namespace FullRust.ElfVerify.Tests.Rules;

public sealed class FindingTextTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "FullRust.ElfVerify.Tests", "Rules");

    [Fact]
    public void EveryGeneratedFile_IsDescribedAsExpected() => Compare("findings.expected.txt", SingleFaults.All()
        .Prepend(new HostileCase("good", SampleElf.Build().Bytes, [])).SelectMany(Describe));

    [Fact]
    public void EveryProfile_HasTheExpectedLevels() => Compare("levels.expected.txt", RuleTable.All.Select(static rule =>
        $"{rule}: {string.Join(", ", Options().Select(item => $"{item.Name} {RuleLevels.Of(rule, item.Options)}"))}"));

    private static IEnumerable<(string Name, VerifyOptions Options)> Options() => Enum.GetValues<VerifyProfile>().Select(static profile => (profile.ToString(), new VerifyOptions { Profile = profile }))
        .Append(("StrictSections", new VerifyOptions { StrictSections = true })).Append(("NoTrailing", new VerifyOptions { NoTrailing = true }));

    private static IEnumerable<string> Describe(HostileCase item)
    {
        VerifyReport report = Verifier.Verify(item.Bytes, VerifyOptions.Default);
        yield return $"{item.Name}: {report.Verdict}";
        foreach (KernelVersion kernel in (KernelVersion[])[KernelVersion.Oldest, KernelVersion.Newest])
        {
            LoadOutcome outcome = LoaderModel.Load(item.Bytes, new LoaderEnvironment(kernel, 0x10000, 4UL << 30));
            yield return $"  {kernel}: {outcome}; {outcome.Code}; table 0x{outcome.ProgramHeaderAddress:x}, heap 0x{outcome.HeapStart:x}, {outcome.Mappings.Count} mappings{(outcome.HasExecutableStack ? ", executable stack" : "")}";
        }

        foreach (VerifyFinding finding in report.Findings)
            yield return $"  {finding.Rule} {finding.Level} {finding.Result}: {finding.Place}: {finding.Message} (0x{finding.FileOffset:x}+0x{finding.Size:x})";
    }

    private static void Compare(string name, IEnumerable<string> lines)
    {
        string path = Path.Combine(s_folder, name);
        string text = string.Concat(lines.Select(static line => line + "\n"));
        if (Environment.GetEnvironmentVariable("FULLRUST_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, text);
        text.Split('\n').Should().Equal(File.ReadAllText(path).Split('\n'));
    }
}
