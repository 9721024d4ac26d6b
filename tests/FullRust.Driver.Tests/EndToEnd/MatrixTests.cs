// Every way to build, on every kind of crate, with both channels: built from an empty cache, verified, run, and built again for nothing.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class MatrixTests(ITestOutputHelper output)
{
    /// <summary>Whether each cell has a cache of its own, which makes its sysroot anew: tests/nightly/matrix.</summary>
    private static readonly bool s_hasOwnCaches = Environment.GetEnvironmentVariable("FULLRUST_TEST_OWN_CACHES") == "1";

    private static readonly (string Profile, string Folder)[] s_profiles = [("dev", "debug"), ("release", "release"), ("release-lto", "release-lto")];

    public static TheoryData<string, string> Cells()
    {
        var cells = new TheoryData<string, string>();
        foreach (string mode in (string[])["--zero-touch", "--runtime", "--stable"])
        {
            foreach (string kind in (string[])["single", "workspace", "needs-c"])
                cells.Add(mode, kind);
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Build_GivesAVerifiedProgram_OrIsRefused(string mode, string kind) => Check(mode, kind, null);

    [TheoryWithToolchain("nightly")]
    [MemberData(nameof(Cells))]
    public void Build_GivesAVerifiedProgram_OrIsRefused_OnNightly(string mode, string kind) => Check(mode, kind, "+nightly");

    private void Check(string mode, string kind, string? toolchain)
    {
        bool isExplicit = mode != "--zero-touch";
        using DriverRun crate = kind switch
        {
            "single" => SampleCrates.Single(isExplicit),
            "workspace" => SampleCrates.Workspace(isExplicit),
            _ => SampleCrates.NeedsC(isExplicit),
        };
        if (s_hasOwnCaches)
            crate.WithOwnCache();
        string[] channel = toolchain is null ? [] : [toolchain];
        foreach ((string profile, string folder) in s_profiles)
        {
            (ToolResult, TimeSpan) Build()
            {
                var watch = Stopwatch.StartNew();
                return (crate.Cargo([.. channel, mode, "build", "--profile", profile]), watch.Elapsed);
            }

            string result = kind == "needs-c" ? CheckRefused(crate, Build().Item1, folder) : CheckBuilt(crate, Build, folder);
            output.WriteLine($"| {(toolchain ?? "default").TrimStart('+')} | {mode} | {kind} | {profile} | {result} |");
        }
    }

    /// <returns>Size, time of the first build and time of the second, as cells of a table.</returns>
    private static string CheckBuilt(DriverRun crate, Func<(ToolResult, TimeSpan)> build, string folder)
    {
        (ToolResult built, TimeSpan first) = build();
        built.ExitCode.Should().Be(0, built.ToString());
        string program = crate.Program("app", folder);
        ToolRunner.Run(Repository.Executable, ["verify", "binary", program]).ExitCode.Should().Be(0, built.ToString());
        ToolResult run = ToolRunner.Run(program, [], environment: new Dictionary<string, string?> { ["PATH"] = null });
        run.Output.Should().Be(SampleCrates.Output);
        run.ExitCode.Should().Be(0);

        DateTime written = File.GetLastWriteTimeUtc(program);
        (ToolResult again, TimeSpan second) = build();
        again.Error.Should().NotContain("Compiling").And.NotContain("Preparing");
        again.ExitCode.Should().Be(0);
        File.GetLastWriteTimeUtc(program).Should().Be(written);
        return $"{new FileInfo(program).Length} | {first.TotalSeconds:0.0} s | {second.TotalSeconds:0.00} s";
    }

    private static string CheckRefused(DriverRun crate, ToolResult built, string folder)
    {
        built.ExitCode.Should().Be(101, "cargo gives 101 when the linker fails: {0}", built);
        built.Error.Should().Contain("SSL_new");
        File.Exists(crate.Program("app", folder)).Should().BeFalse();
        return "refused: `SSL_new` | |";
    }
}
