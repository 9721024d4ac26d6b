// `cargo fullrust` beside cargo's own habits: flags, places, messages, exit codes.

using System.IO;
using System.Linq;
using System.Text.Json;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class CargoBehaviourTests
{
    private const string PrintsCfg = "fn main() { println!(\"{}\", cfg!(mine)); }";

    [Theory]
    [InlineData("RUSTFLAGS", "--cfg mine")]
    [InlineData("CARGO_ENCODED_RUSTFLAGS", "--cfg\u001fmine")]
    [InlineData("CARGO_BUILD_RUSTFLAGS", "--cfg mine")]
    [InlineData("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS", "--cfg mine")]
    public void UsersFlagsInVariables_AreKept(string variable, string value)
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).With("src/main.rs", PrintsCfg).WithVariable(variable, value);
        ToolResult run = crate.Cargo("run", "-q");
        run.Output.Should().Be("true\n", run.ToString());
    }

    [Theory]
    [InlineData("build")]
    [InlineData("target.x86_64-unknown-linux-gnu")]
    [InlineData("target.'cfg(target_os = \"linux\")'")]
    public void UsersFlagsInFiles_AreKept(string table)
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).With("src/main.rs", PrintsCfg)
            .With(".cargo/config.toml", $"[{table}]\nrustflags = [\"--cfg\", \"mine\"]\n");
        ToolResult run = crate.Cargo("run", "-q");
        run.Output.Should().Be("true\n", run.ToString());
    }

    [Theory]
    [InlineData("[\"env\", \"SEEN=by a runner\"]", "by a runner")]
    [InlineData("\"env SEEN=word\"", "word")]
    public void UsersRunner_RunsTheProgram(string runner, string seen)
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false)
            .With("src/main.rs", "fn main() { println!(\"{:?}\", std::env::var(\"SEEN\")); }")
            .With(".cargo/config.toml", $"[target.x86_64-unknown-linux-gnu]\nrunner = {runner}\n");
        crate.Cargo("run", "-q").Output.Should().Be($"Ok(\"{seen}\")\n");
    }

    [Fact]
    public void Run_GivesArgumentsAndExitCode_AndOnlyTheProgramsOutput()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false)
            .With("src/main.rs", "fn main() { let a: Vec<String> = std::env::args().skip(1).collect(); println!(\"{a:?}\"); std::process::exit(7) }");
        ToolResult run = crate.Cargo("run", "--", "--stable", "b c");
        run.Output.Should().Be("[\"--stable\", \"b c\"]\n");
        run.ExitCode.Should().Be(7);
    }

    [Fact]
    public void TargetDirectory_IsWhereTheUserWantsIt()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        string place = crate["my target"];
        crate.WithVariable("CARGO_TARGET_DIR", place).Cargo("build").ExitCode.Should().Be(0);
        ToolRunner.Run(Path.Combine(place, "x86_64-fullrust-linux", "debug", "app"), []).Output.Should().Be(SampleCrates.Output);
    }

    [Fact]
    public void SeveralPrograms_AreAllPlaced_ExamplesToo()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false)
            .With("src/bin/second.rs", "fn main() {}").With("examples/third.rs", "fn main() {}");
        ToolResult built = crate.Cargo("build", "--bins", "--examples");
        built.ExitCode.Should().Be(0, built.ToString());
        foreach (string name in (string[])["app", "second", Path.Combine("examples", "third")])
            File.Exists(crate.Program(name)).Should().BeTrue(name);
        built.Error.Split('\n').Count(l => l.TrimStart().StartsWith("Verified ")).Should().Be(3);
    }

    [Fact]
    public void MessageFormatJson_GivesCargosMessages_AndOurs()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        ToolResult built = crate.Cargo("build", "--message-format=json");
        JsonElement[] messages = [.. built.Output.Split('\n', System.StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
        messages.Should().Contain(m => m.GetProperty("reason").GetString() == "build-finished");
        JsonElement ours = messages.Single(m => m.GetProperty("reason").GetString() == "fullrust-program");
        ours.GetProperty("path").GetString().Should().Be(crate.Program("app"));
        ours.GetProperty("verified").GetBoolean().Should().BeTrue();
        ours.GetProperty("size").GetInt64().Should().Be(new FileInfo(crate.Program("app")).Length);
    }

    [Fact]
    public void Quiet_SaysNothing()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        ToolResult built = crate.Cargo("build", "-q");
        (built.Output + built.Error).Should().BeEmpty();
        File.Exists(crate.Program("app")).Should().BeTrue();
    }

    [Theory]
    [InlineData("check")]
    [InlineData("clippy")]
    [InlineData("doc")]
    public void Subcommand_SeesOurStd(string subcommand)
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).With("src/main.rs", "//! Says it.\nfn main() { println!(\"{}\", 1) }");
        ToolResult result = crate.Cargo(subcommand);
        result.ExitCode.Should().Be(0, result.ToString());
        crate.With("src/main.rs", "fn main() { let () = std::only_real_std_would_have_this(); }");
        crate.Cargo("check").ExitCode.Should().Be(101);
    }

    [Fact]
    public void CompileError_IsCargosOwn()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).With("src/main.rs", "fn main() { nothing() }");
        ToolResult built = crate.Cargo("build");
        built.ExitCode.Should().Be(101);
        built.Error.Should().Contain("error[E0425]").And.Contain("src/main.rs:1:13");
        built.Output.Should().BeEmpty();
    }

    [Fact]
    public void OtherSubcommands_GoToCargo()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        crate.Cargo("metadata", "--no-deps", "--format-version", "1").Output.Should().Contain("workspace_root");
        ToolResult unknown = crate.Cargo("explian", "libc");
        unknown.ExitCode.Should().Be(101);
        unknown.Error.Should().Contain("did you mean `explain`?").And.Contain("cargo fullrust --help");
        crate.Cargo("sysroot", "--help").Output.Should().Be("usage: cargo fullrust sysroot\n");
        crate.Cargo("build", "--help").Output.Should().Contain("--release");
        crate.Cargo("--version").Output.Should().StartWith("cargo-fullrust ");
    }

    [Fact]
    public void ToolThatBuildsByItself_IsRun_AndSaidToMakeOrdinaryPrograms()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false).With("tools/cargo-frob", "#!/bin/sh\necho frob \"$@\"\n");
        File.SetUnixFileMode(crate["tools", "cargo-frob"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        ToolResult run = crate.WithVariable("PATH", crate["tools"] + ":" + System.Environment.GetEnvironmentVariable("PATH")).Cargo("frob", "--all");
        run.Output.Should().Be("frob frob --all\n", run.ToString());
        run.Error.Should().Contain("note: `cargo frob` is run as it is");
    }

    [Fact]
    public void ConfigurationBeforeTheSubcommand_IsKept_AndSplitDebugInformationStandsBesideTheProgram()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        string[] command = ["--config", "build.target-dir=\"elsewhere\"", "--config", "profile.dev.split-debuginfo=\"packed\"", "build"];
        ToolResult built = crate.Cargo(command);
        built.ExitCode.Should().Be(0, built.ToString());
        string program = crate["elsewhere", "x86_64-fullrust-linux", "debug", "app"];
        File.Exists(program).Should().BeTrue(built.ToString());
        File.Exists(program + ".dwp").Should().BeTrue();
        command[^2] = "profile.dev.split-debuginfo=\"off\"";
        crate.Cargo(command).ExitCode.Should().Be(0);
        File.Exists(program + ".dwp").Should().BeFalse("it belonged to another program");
    }

    [Fact]
    public void GetrandomCallsTheKernel_FromTheFirstBuildOn()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false)
            .With("Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\ngetrandom = { path = \"getrandom\" }\n")
            .With("src/main.rs", "fn main() { println!(\"{}\", getrandom::BACKEND) }")
            .With("getrandom/Cargo.toml", "[package]\nname = \"getrandom\"\nversion = \"0.3.3\"\nedition = \"2024\"\n[lints.rust]\nunexpected_cfgs = \"allow\"\n")
            .With("getrandom/src/lib.rs", "pub const BACKEND: &str = if cfg!(getrandom_backend = \"linux_raw\") { \"kernel\" } else { \"libc\" };");
        File.Exists(crate["Cargo.lock"]).Should().BeFalse("a lock file would tell the version");
        crate.Cargo("run", "-q").Output.Should().Be("kernel\n");
        crate.WithVariable("RUSTFLAGS", "--cfg getrandom_backend=\"rdrand\"").Cargo("run", "-q").Output.Should().Be("libc\n", "the user's choice is in force");
    }

    [Fact]
    public void ForeignTarget_IsRefused()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        ToolResult built = crate.Cargo("build", "--target", "aarch64-unknown-linux-gnu");
        built.ExitCode.Should().Be(2);
        built.Error.Should().Contain("aarch64-unknown-linux-gnu");
    }

    [Fact]
    public void MissingToolchain_IsNamed()
    {
        using DriverRun crate = SampleCrates.Single(isExplicit: false);
        ToolResult built = crate.WithVariable("RUSTC", crate["no", "rustc"]).Cargo("build");
        built.ExitCode.Should().Be(1);
        built.Error.Should().Contain("rustup.rs").And.NotContain("internal error");
    }
}
