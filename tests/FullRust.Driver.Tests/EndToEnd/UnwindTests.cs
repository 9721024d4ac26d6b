// Programs whose panics unwind, because the user says so; and that the others do not.

using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class UnwindTests
{
    private const string Profile = "\n[profile.unwinding]\ninherits = \"release\"\npanic = \"unwind\"\n";

    private const string Source = """
        struct Told;
        impl Drop for Told {
            fn drop(&mut self) { println!("dropped"); }
        }
        fn main() {
            std::panic::set_hook(Box::new(|_| {}));
            let caught = std::panic::catch_unwind(|| { let _told = Told; [1][std::env::args().count()] });
            let joined = std::thread::spawn(|| panic!("in a thread")).join();
            println!("{} {:?}", caught.is_err(), joined.unwrap_err().downcast_ref::<&str>());
        }
        """;

    private const string Unwound = "dropped\ntrue Some(\"in a thread\")\n";

    private static DriverRun Crate() => new DriverRun()
        .With("Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n" + Profile)
        .With("src/main.rs", Source);

    [Fact]
    public void Profile_AsksForUnwinding()
    {
        using DriverRun crate = Crate();
        ToolResult run = crate.Cargo("run", "-q", "--profile", "unwinding");
        run.Output.Should().Be(Unwound, run.ToString());
        ToolRunner.Run(Repository.Executable, ["verify", "binary", crate.Program("app", "unwinding")]).ExitCode.Should().Be(0);
        crate.Cargo("run", "-q", "--release").ExitCode.Should().Be(134, "abort is the default");
        crate.With("src/main.rs", "fn main() { panic!() }").Cargo("run", "-q", "--profile", "unwinding").ExitCode.Should().Be(101, "as under the real std");
    }

    [Fact]
    public void VariablesFlagsAndConfiguration_AskForUnwinding()
    {
        using DriverRun crate = Crate();
        crate.Cargo("run", "-q", "--config", "profile.dev.panic=\"unwind\"").Output.Should().Be(Unwound);
        crate.WithVariable("CARGO_PROFILE_DEV_PANIC", "unwind").Cargo("run", "-q").Output.Should().Be(Unwound);
        crate.WithVariable("CARGO_PROFILE_DEV_PANIC", null).WithVariable("RUSTFLAGS", "-C panic=unwind").Cargo("run", "-q").Output.Should().Be(Unwound);
        crate.WithVariable("RUSTFLAGS", null).With(".cargo/config.toml", "[profile]\ndev = { panic = 'unwind' }").Cargo("run", "-q").Output.Should().Be(Unwound);
    }

    [Fact]
    public void AllTargets_GivesAbortingPrograms_AndUnwindingTests()
    {
        using DriverRun crate = Crate().With("examples/shown.rs", "fn main() {}")
            .With("tests/whole.rs", "#[test]\nfn starts() { assert!(std::path::Path::new(env!(\"CARGO_BIN_EXE_app\")).exists()) }");
        ToolResult built = crate.Cargo("build", "--all-targets");
        built.ExitCode.Should().Be(0, built.ToString());
        built.Error.Should().Contain("/deps/whole-").And.Contain("examples/shown");
        ToolRunner.Run(crate.Program("app"), []).ExitCode.Should().Be(134);
        crate.Cargo("clippy", "--all-targets").ExitCode.Should().Be(0);
        crate.Cargo("test", "-q", "--test", "whole").Output.Should().Contain("1 passed");
    }

    [Fact]
    public void Alias_IsBuiltLikeTheCommandThatItStandsFor()
    {
        using DriverRun crate = Crate().With(".cargo/config.toml", "[alias]\nquick = [\"run\", \"-q\", \"--profile\"]\nunwinding = \"quick unwinding\"\n");
        crate.Cargo("unwinding").Output.Should().Be(Unwound);
        ToolRunner.Run(crate.Program("app", "unwinding"), []).Output.Should().Be(Unwound);
    }
}
