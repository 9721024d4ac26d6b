// The steps of action.yml, run as GitHub runs them.

using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class ActionTests
{
    private static DriverRun Prepare(DriverRun crate, string arguments, string mode) => crate
        .WithVariable("FULLRUST_BIN", Path.GetDirectoryName(Repository.Executable))
        .WithVariable("FULLRUST_ARGS", arguments)
        .WithVariable("FULLRUST_MODE", mode)
        .WithVariable("GITHUB_OUTPUT", crate["github output"])
        .WithVariable("GITHUB_STEP_SUMMARY", crate["github summary"]);

    private static ToolResult RunStep(DriverRun crate) => crate.Run(Path.Combine(Repository.Root, "packaging", "action", "build.sh"));

    [Fact]
    public void Build_TellsWhatWasBuilt()
    {
        using DriverRun crate = Prepare(SampleCrates.Single(isExplicit: false), "--release\n --bin app", "zero-touch");
        ToolResult result = RunStep(crate);
        result.ExitCode.Should().Be(0, result.ToString());
        string program = crate.Program("app", "release");
        File.ReadAllText(crate["github output"]).Should()
            .Be($"binary<<fullrust-end\n{program}\nfullrust-end\nsize<<fullrust-end\n{new FileInfo(program).Length}\nfullrust-end\nverified=true\n");
        File.ReadAllText(crate["github summary"]).Should().Contain(program).And.StartWith("| program |");
    }

    [Fact]
    public void Build_Fails_WithCargosExitCode()
    {
        using DriverRun crate = Prepare(SampleCrates.NeedsC(isExplicit: true), "", "stable");
        ToolResult result = RunStep(crate);
        result.ExitCode.Should().Be(101);
        result.Output.Should().Contain("::error::");
        File.Exists(crate["github output"]).Should().BeFalse();
    }

    [Fact]
    public void Arguments_AreWords_AndNeverCommands()
    {
        using DriverRun crate = Prepare(SampleCrates.Single(isExplicit: false), "--bin $(touch${IFS}pwned) * ;touch pwned", "zero-touch");
        RunStep(crate).ExitCode.Should().NotBe(0);
        File.Exists(crate["pwned"]).Should().BeFalse();
    }

    [Fact]
    public void UnknownMode_IsRefused()
    {
        using DriverRun crate = Prepare(SampleCrates.Single(isExplicit: false), "", "dynamic");
        RunStep(crate).ExitCode.Should().Be(2);
    }

    [Fact]
    public void ActionFile_PassesInputsByEnvironmentOnly()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "action.yml"));
        lines.Where(l => l.TrimStart().StartsWith("run:", StringComparison.Ordinal)).Should().HaveCount(2).And.NotContain(l => l.Contains("${{"));
        foreach (Match script in lines.SelectMany(l => Regex.Matches(l, @"GITHUB_ACTION_PATH/([\w./]+)")))
            File.Exists(Path.Combine(Repository.Root, script.Groups[1].Value)).Should().BeTrue();
    }
}
