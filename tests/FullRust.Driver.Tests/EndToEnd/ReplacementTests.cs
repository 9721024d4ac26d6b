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
                parking_lot_core = "0.9"
                wait-timeout = "0.2"
                [patch.crates-io]
                atty.path = "{s_folder}/atty"
                num_cpus.path = "{s_folder}/num_cpus"
                parking_lot_core.path = "{s_folder}/parking_lot_core"
                wait-timeout.path = "{s_folder}/wait-timeout"
                """)
            .With("src/main.rs", """
                use parking_lot_core::*;
                use std::{process::Command, thread, time::Duration};
                use wait_timeout::ChildExt;

                fn main() {
                    println!("{} {}", atty::isnt(atty::Stream::Stdout), num_cpus::get() >= 1);
                    let sleeper = thread::spawn(|| unsafe { park(1, || true, || (), |_, _| (), ParkToken(2), None) });
                    while unsafe { unpark_one(1, |_| UnparkToken(3)) }.unparked_threads == 0 {
                        thread::yield_now();
                    }
                    println!("{:?}", sleeper.join().unwrap());
                    let mut child = Command::new("sleep").arg("60").spawn().unwrap();
                    println!("{:?}", child.wait_timeout(Duration::from_millis(20)).unwrap());
                    child.kill().unwrap();
                    println!("{}", child.wait_timeout(Duration::from_secs(60)).unwrap().unwrap());
                }
                """);

        ToolResult run = crate.Cargo("run", "-q");

        run.Output.Should().Be("true true\nUnparked(UnparkToken(3))\nNone\nsignal: 9 (SIGKILL)\n", run.ToString());
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
