// What `./x install` puts somewhere works there, also after it was moved, without the repository.

using System.Collections.Generic;
using System.IO;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class InstallTests
{
    private static readonly string s_x = Path.Combine(Repository.Root, "x");

    [Fact]
    public void Installation_WorksFromAnyPlace()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: true).WithOwnCache();
        ToolRunner.Run(s_x, ["install", "--prefix", crate["first place"]]).ExitCode.Should().Be(0);
        Directory.Move(crate["first place"], crate["second"]);
        foreach (string name in (string[])["fullrust", "cargo-fullrust", "fullrust-ld", "fullrust-verify", "ld.fullrust"])
            File.Exists(crate["second", "bin", name]).Should().BeTrue(name);
        File.Exists(crate["second", "share", "man", "man1", "cargo-fullrust.1"]).Should().BeTrue();
        crate.Run(crate["second", "libexec", "fullrust", "ld"], "-v").Output.Should().Contain("GNU");

        ToolResult built = crate.Run(crate["second", "bin", "cargo-fullrust"], "fullrust", "--stable", "run");
        built.Output.Should().Be(SampleCrates.Output, built.ToString());
        built.Error.Should().Contain(crate["second", "share", "fullrust", "runtime"]).And.NotContain(Repository.Root);
    }

    [Fact]
    public void Tarball_WorksFromAnyPlace_AndHasEverything()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).WithOwnCache();
        ToolResult made = ToolRunner.Run(s_x, ["dist"]);
        made.ExitCode.Should().Be(0, made.ToString());
        string version = crate.Cargo("--version").Output.Split(' ')[1].TrimEnd();
        string name = $"fullrust-{version}-x86_64-linux";
        crate.Run("tar", "-xzf", Path.Combine(Repository.Root, "artifacts", name + ".tar.gz"), "-C", crate.Folder).ExitCode.Should().Be(0);
        foreach (string part in (string[])
            [
                "README.md", "share/man/man1/fullrust-ld.1", "share/bash-completion/completions/cargo-fullrust", "share/zsh/site-functions/_fullrust",
                "share/fish/vendor_completions.d/fullrust-verify.fish", "share/fullrust/LICENSE-MIT", "share/fullrust/runtime/x86_64-fullrust-linux.json",
            ])
        {
            File.Exists(crate[name, part]).Should().BeTrue(part);
        }

        ToolRunner.Run(crate[name, "bin", "fullrust-verify"], ["--version"]).ExitCode.Should().Be(0);
        ToolResult built = crate.Run(crate[name, "bin", "cargo-fullrust"], "fullrust", "run", "--release");
        built.Output.Should().Be(SampleCrates.Output, built.ToString());
    }

    [Theory]
    [InlineData(2, "")]
    [InlineData(2, "bulid")]
    [InlineData(2, "run")]
    [InlineData(2, "run -p no-such-example")]
    [InlineData(2, "install --prefxi /x")]
    [InlineData(2, "test no-such-part")]
    [InlineData(0, "help")]
    public void X_SaysWhatIsWrong(int exitCode, string arguments)
    {
        ToolResult result = ToolRunner.Run(s_x, arguments.Split(' ', System.StringSplitOptions.RemoveEmptyEntries));
        result.ExitCode.Should().Be(exitCode, result.ToString());
        (exitCode == 0 ? result.Output : result.Error).Should().NotBeEmpty();
    }

    [Fact]
    public void X_NamesWhatIsMissing_AndHowToGetIt()
    {
        using var folder = new TempFolder();
        foreach (string tool in (string[])["sh", "dirname", "grep", "cat", "tr", "ls"])
            File.CreateSymbolicLink(folder[tool], ToolRunner.Find(tool)!);
        ToolResult result = ToolRunner.Run(s_x, ["run", "-p", "hello"], environment: new Dictionary<string, string?> { ["PATH"] = folder.Path });
        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("no Rust toolchain").And.Contain("https://rustup.rs");
    }
}
