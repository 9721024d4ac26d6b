// Workspaces and command lines as users have them, beside the plain crate.

using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class WorkspaceTests
{
    private static DriverRun WithForms(string forms) => new DriverRun()
        .With("Cargo.toml", "[workspace]\nresolver = \"2\"\nmembers = [\"app\", \"form\"]\n[profile.custom]\ninherits = \"release\"\n")
        .With("app/Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\nform = { path = \"../form\" }\n")
        .With("app/src/main.rs", "fn main() { println!(\"{}\", form::answer()) }")
        .With("form/Cargo.toml", $"[package]\nname = \"form\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[lib]\ncrate-type = [{forms}]\n")
        .With("form/src/lib.rs", "/// ```\n/// assert_eq!(form::answer(), 42);\n/// ```\n#[unsafe(no_mangle)]\npub extern \"C\" fn answer() -> i32 { 42 }\n");

    [Theory]
    [InlineData("\"cdylib\", \"rlib\"")]
    [InlineData("\"rlib\", \"staticlib\", \"dylib\"")]
    public void SharedLibraryBesideARlib_IsLeftOut_AndSaidOnce(string forms)
    {
        using DriverRun crate = WithForms(forms);
        ToolResult built = crate.Cargo("build");
        built.ExitCode.Should().Be(0, built.ToString());
        built.Error.Should().Contain("note: libform.so is not made");
        ToolRunner.Run(crate.Program("app"), []).Output.Should().Be("42\n");
        ToolResult again = crate.Cargo("build");
        again.Error.Should().NotContain("Compiling").And.Contain("libform.so is not made", again.ToString());
        crate.Cargo("build", "-q").Error.Should().BeEmpty();
        crate.Cargo("run", "-q").Output.Should().Be("42\n");
    }

    [Fact]
    public void DocTests_AreRun()
    {
        using DriverRun crate = WithForms("\"rlib\"");
        ToolResult tested = crate.Cargo("test", "--doc", "-p", "form");
        tested.Output.Should().Contain("1 passed; 0 failed", tested.ToString());
        tested.Error.Should().NotContain("WARNING", "each of edition 2024's has a process of its own").And.NotContain("Verified");
    }

    [Fact]
    public void TestsOfAProceduralMacro_RunOnTheHost()
    {
        using DriverRun crate = SampleCrates.Workspace(isExplicit: false);
        string source = File.ReadAllText(crate["macros", "src", "lib.rs"]);
        crate.With("macros/src/lib.rs", source + "\n#[test]\nfn on_the_host() { assert!(std::env::current_exe().unwrap().is_absolute()) }\n");
        ToolResult tested = crate.Cargo("test", "-p", "macros", "--lib");
        tested.Output.Should().Contain("test on_the_host ... ok", tested.ToString());
        tested.ExitCode.Should().Be(0);
    }

    [Fact]
    public void Selections_AreCargos()
    {
        using DriverRun crate = WithForms("\"rlib\"").With("app/examples/shown.rs", "fn main() { println!(\"shown\") }");
        crate.Cargo("build", "--profile", "custom", "-p", "app", "--offline", "--locked").ExitCode.Should().Be(101, "there is no lock file yet");
        crate.Cargo("build", "--profile=custom", "-p", "app", "-v").ExitCode.Should().Be(0);
        File.Exists(crate.Program("app", "custom")).Should().BeTrue();
        crate.Cargo("run", "-q", "--example", "shown", "--frozen").Output.Should().Be("shown\n");
        ToolResult elsewhere = crate.Run("/bin/sh", "-c",
            $"cd / && exec '{Repository.ExecutableAs("cargo-fullrust")}' fullrust build --workspace --manifest-path '{crate["Cargo.toml"]}' --target-dir '{crate["t"]}'");
        elsewhere.ExitCode.Should().Be(0, elsewhere.ToString());
        File.Exists(crate["t", "x86_64-fullrust-linux", "debug", "app"]).Should().BeTrue();
    }

    [Fact]
    public void Color_IsForOurLinesToo()
    {
        using DriverRun crate = WithForms("\"rlib\"");
        crate.Cargo("build", "--color", "always").Error.Should().Contain("\u001b[1;32m    Verified\u001b[0m");
        crate.Cargo("build", "--color=never").Error.Should().NotContain("\u001b");
    }

    [Fact]
    public void Wrapper_SeesTheUsersCrates_AndOnlyThose()
    {
        using DriverRun crate = WithForms("\"rlib\"").WithOwnCache().With("wrapper", "#!/bin/sh\necho \"$*\" >>\"$0.log\"\nexec \"$@\"\n");
        File.SetUnixFileMode(crate["wrapper"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        crate.WithVariable("RUSTC_WRAPPER", crate["wrapper"]).Cargo("build").ExitCode.Should().Be(0);
        string[] calls = [.. File.ReadAllLines(crate["wrapper.log"]).Where(l => l.Contains("--crate-name") && !l.Contains("--crate-name ___"))];
        calls.Should().HaveCount(2).And.OnlyContain(c => c.Contains("--crate-name form") || c.Contains("--crate-name app"));
    }

    [Fact]
    public void WithoutRustup_TheToolchainInPathIsUsed()
    {
        using DriverRun crate = WithForms("\"rlib\"");
        string sysroot = crate.Run("rustc", "--print", "sysroot").Output.TrimEnd();
        foreach (string name in (string[])["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN", "RUSTUP_HOME"])
            crate.WithVariable(name, null);
        crate.WithVariable("PATH", Path.Combine(sysroot, "bin") + ":/usr/bin:/bin");
        ToolResult built = crate.Cargo("build");
        built.ExitCode.Should().Be(0, built.ToString());
        ToolResult other = crate.Cargo("--nightly", "build");
        other.ExitCode.Should().Be(1, "the toolchain in PATH is not the one that was asked for");
        other.Error.Should().Contain("rustup");
        crate.WithVariable("PATH", "/usr/bin:/bin:/nowhere");
        if (ToolRunner.Find("cargo") is { } cargo && (cargo.StartsWith("/usr/bin/") || cargo.StartsWith("/bin/")))
            return;
        ToolResult missing = crate.Cargo("build");
        missing.ExitCode.Should().Be(1);
        missing.Error.Should().Contain("https://rustup.rs");
    }

    [Theory]
    [InlineData("XDG_CACHE_HOME", "relative")]
    [InlineData("XDG_CACHE_HOME", "")]
    public void RelativeCacheFolder_IsIgnored_ForTheOneInHome(string variable, string value)
    {
        using DriverRun crate = WithForms("\"rlib\"").WithVariable("FULLRUST_CACHE", null).WithVariable(variable, value);
        crate.WithVariable("RUSTUP_HOME", System.Environment.GetEnvironmentVariable("RUSTUP_HOME") ?? Path.Combine(Home, ".rustup"))
            .WithVariable("CARGO_HOME", System.Environment.GetEnvironmentVariable("CARGO_HOME") ?? Path.Combine(Home, ".cargo")).WithVariable("HOME", crate["home"]);
        ToolResult listed = crate.Cargo("cache", "list");
        listed.ExitCode.Should().Be(0, listed.ToString());
        listed.Output.Should().Contain(crate["home", ".cache", "cargo-fullrust"]);
        ToolResult homeless = crate.WithVariable("HOME", null).Cargo("build");
        homeless.ExitCode.Should().Be(1);
        homeless.Error.Should().Contain("FULLRUST_CACHE").And.NotContain("internal error");
    }

    private static string Home => System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
}
