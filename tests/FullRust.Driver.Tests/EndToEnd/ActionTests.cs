// The steps of action.yml, run as GitHub runs them.

using System;
using System.Collections.Generic;
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

    [FactWithTool("curl", "tar")]
    public void Action_RunsAsOnGitHub_WithAReleasedVersion()
    {
        using DriverRun workspace = SampleCrates.Single(isExplicit: true);
        string tools = Path.GetDirectoryName(Repository.Executable)!;
        ToolResult packed = workspace.Run("/bin/sh", "-c", $"""
            set -e
            mkdir 'the crate'
            mv Cargo.toml src 'the crate'
            name=fullrust-9.8.7-x86_64-linux
            mkdir -p releases/v9.8.7 "$name/share/fullrust"
            cp -r '{tools}' "$name/bin"
            tar -C '{Repository.Root}' --exclude=target -cf - runtime | tar -xf - -C "$name/share/fullrust"
            tar -czf "releases/v9.8.7/$name.tar.gz" "$name"
            """);
        packed.ExitCode.Should().Be(0, packed.ToString());
        workspace.WithVariable("FULLRUST_RELEASES", "file://" + workspace["releases"]);

        CompositeAction action = CompositeAction.Read();
        action.Run(workspace, ("args", "--release --bin app"), ("mode", "stable"), ("version", "9.8.7"), ("working-directory", "the crate"));
        action.Steps.Should().HaveCount(2).And.OnlyContain(s => s.ExitCode == 0, action.Steps[^1].ToString());
        string program = workspace["the crate", "target", "x86_64-fullrust-linux", "release", "app"];
        action.Outputs.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["binary"] = program,
            ["size"] = $"{new FileInfo(program).Length}",
            ["verified"] = "true",
        });
        ToolRunner.Run(program, []).Output.Should().Be(SampleCrates.Output);
        File.ReadAllText(workspace["_temp", "build", "summary"]).Should().Contain($"| {program} |");

        CompositeAction missing = CompositeAction.Read();
        missing.Run(workspace, ("version", "0.0.1"));
        missing.Steps.Should().ContainSingle().Which.Output.Should().Contain("::error::there is no release 0.0.1");
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
