// What happens to the sysroot when builds meet, die, or may not write.

using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class CacheTests
{
    private static string[] Sysroots(DriverRun crate) => Directory.GetDirectories(crate["cache dir", "sysroots"]);

    [Fact]
    public async Task TwoFirstBuilds_MakeOneSysroot()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).WithOwnCache();
        ToolResult[] builds = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(i => Task.Run(() => crate.Cargo("build", "--target-dir", crate[$"target{i}"]))));
        builds.Should().OnlyContain(b => b.ExitCode == 0);
        Sysroots(crate).Should().HaveCount(1);
        builds.Count(b => b.Error.Contains("Preparing")).Should().Be(1);
    }

    [Fact]
    public void KillInTheMiddle_IsMadeGoodByTheNextBuild()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).WithOwnCache();
        using (System.Diagnostics.Process first = crate.Start("build"))
        {
            while (!Directory.Exists(crate["cache dir", "sysroots"]) || Sysroots(crate).Length == 0)
                Thread.Sleep(10);
            first.Kill(entireProcessTree: true);
            first.WaitForExit();
        }

        Sysroots(crate).Should().ContainSingle().Which.Should().EndWith(".tmp");
        crate.Cargo("build").ExitCode.Should().Be(0);
        Sysroots(crate).Should().ContainSingle().Which.Should().NotEndWith(".tmp");
        ToolRunner.Run(crate.Program("app"), []).Output.Should().Be(SampleCrates.Output);
    }

    [Fact]
    public void DamagedSysroot_IsMadeAgain()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).WithFilledCache();
        crate.Cargo("build").ExitCode.Should().Be(0);
        foreach (string library in Directory.GetFiles(crate.Cache, "libstd-*.rlib", SearchOption.AllDirectories))
            File.WriteAllText(library, "cut short");
        crate.With("src/main.rs", "fn main() { println!(\"changed\"); }");
        ToolResult second = crate.Cargo("build");
        second.ExitCode.Should().Be(0, second.ToString());
        second.Error.Should().Contain("Preparing");
        ToolRunner.Run(crate.Program("app"), []).Output.Should().Be("changed\n");
    }

    [Fact]
    public void CacheThatCannotBeMade_IsAClearError()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).WithOwnCache();
        crate.With("occupied", "a file where a folder is wanted").WithVariable("FULLRUST_CACHE", crate["occupied"]);
        ToolResult built = crate.Cargo("build");
        built.ExitCode.Should().Be(1);
        built.Error.Should().Contain(crate["occupied"]).And.Contain("FULLRUST_CACHE").And.NotContain("internal error");
    }

    [Fact]
    public void ReadOnlyCache_Serves_WhatIsInIt()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).WithFilledCache();
        foreach (string folder in Directory.GetDirectories(crate.Cache, "*", SearchOption.AllDirectories).Append(crate.Cache))
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        ToolResult second = crate.Cargo("build", "--release");
        second.ExitCode.Should().Be(0, second.ToString());
    }

    [Fact]
    public void CacheClean_RemovesWhatCacheListShows()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).WithFilledCache();
        crate.Cargo("cache", "list").Output.Should().MatchRegex(": [1-9]\\d* sysroots?\n").And.Contain("rustc ");
        crate.Cargo("cache", "clean", "--older-than", "30").ExitCode.Should().Be(0);
        crate.Cargo("cache", "list").Output.Should().NotContain(" 0 sysroots");
        crate.Cargo("cache", "clean").ExitCode.Should().Be(0);
        crate.Cargo("cache", "list").Output.Should().Contain(" 0 sysroots");
        crate.Cargo("cache", "wipe").ExitCode.Should().Be(2);
    }
}
