// Crates that say `fullrust = "0.1"`: what --runtime does without rust-src, and their tests.

using System.IO;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class ExplicitModeTests
{
    private static DriverRun Library() => new DriverRun()
        .With("Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\nfullrust = \"0.1\"\n[[bin]]\nname = \"app\"\ntest = false\n")
        .With("src/lib.rs", """
            #![no_std]
            use fullrust::prelude::*;
            pub fn shout(text: &str) -> String { format!("{text}!") }
            #[cfg(test)]
            mod tests {
                #[test]
                fn shouts() { assert_eq!(super::shout("a"), "a!"); }
                #[test]
                #[should_panic(expected = "b!")]
                fn panics() { panic!("{}", super::shout("b")); }
            }
            """)
        .With("src/main.rs", "#![no_std]\n#![no_main]\nuse fullrust::prelude::*;\nfn main() { println!(\"{}\", app::shout(\"c\")); }\nfullrust::entry!(main);\n");

    [Theory]
    [InlineData("--stable")]
    [InlineData("--runtime")]
    public void Test_RunsTheTestsOfALibrary_AndLeavesTheLockFileAlone(string mode)
    {
        using DriverRun crate = Library();
        ToolResult run = crate.Cargo(mode, "run", "-q");
        run.Output.Should().Be("c!\n", run.ToString());
        string locked = File.ReadAllText(crate["Cargo.lock"]);
        ToolResult tested = crate.Cargo(mode, "test");
        tested.Output.Should().Contain("test tests::shouts ... ok").And.Contain("2 passed; 0 failed", tested.ToString());
        File.ReadAllText(crate["Cargo.lock"]).Should().Be(locked);
    }

    [Fact]
    public void Runtime_SaysOnce_ThatCoreIsNotRebuilt()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: true);
        ToolResult built = crate.Cargo("--runtime", "build");
        built.ExitCode.Should().Be(0, built.ToString());
        built.Error.Split("note: ").Should().HaveCount(2).And.Subject.Should().ContainSingle(part => part.Contains("precompiled"));
        crate.Cargo("--runtime", "build", "-q").Error.Should().BeEmpty();
        crate.Cargo("--stable", "build").Error.Should().NotContain("note: ");
    }

    [TheoryWithToolchain("nightly")]
    [InlineData("panic=\"abort\"")]
    [InlineData("relocation_model=\"static\"")]
    [InlineData("target_feature=\"crt-static\"")]
    [InlineData("target_env=\"gnu\"")]
    public void OwnTarget_IsOneThatNightlyTakes(string fact)
    {
        using DriverRun crate = new DriverRun().WithVariable("RUST_TARGET_PATH", Path.Combine(Repository.Root, "runtime"));
        ToolResult asked = crate.Run("rustc", "+nightly", "-Zunstable-options", "--target", "x86_64-fullrust-linux", "--print", "cfg");
        asked.Output.Split('\n').Should().Contain(fact, asked.ToString());
        asked.Error.Should().BeEmpty();
    }
}
