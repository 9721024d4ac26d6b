// The crates of samples/replacements, in the place of those that call libc.

using System.IO;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class ReplacementTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "samples/replacements");

    [Fact]
    public void ReplacementsOnStd_GiveAProgramThatRuns()
    {
        using DriverRun crate = new DriverRun()
            .With("Cargo.toml", $"""
                [package]
                name = "app"
                version = "0.1.0"
                edition = "2024"
                [dependencies]
                atty = "0.2"
                num_cpus = "1"
                [patch.crates-io]
                atty.path = "{s_folder}/atty"
                num_cpus.path = "{s_folder}/num_cpus"
                """)
            .With("src/main.rs", """
                fn main() {
                    println!("{} {}", atty::isnt(atty::Stream::Stdout), num_cpus::get() >= 1);
                }
                """);

        ToolResult run = crate.Cargo("run", "-q");

        run.Output.Should().Be("true true\n", run.ToString());
    }

    [Fact]
    public void Replacements_AreFormatted()
    {
        foreach (string source in Directory.GetFiles(s_folder, "*.rs", SearchOption.AllDirectories))
        {
            ToolResult formatted = ToolRunner.Run("rustfmt", ["--check", "--edition", "2021", "--config-path", Path.Combine(Repository.Root, "runtime"), source]);
            formatted.ExitCode.Should().Be(0, formatted.ToString());
        }
    }
}
