using System;
using System.Collections.Generic;
using FluentAssertions;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;
using Xunit;

namespace FullRust.Driver.Tests.Cargo;

public sealed class FlagSourceTests
{
    private static readonly HashSet<string> s_facts = ["unix", "target_os=\"linux\""];
    private static readonly string[] s_ours = ["--sysroot", "/a b"];

    private static CargoConfiguration Configuration(string json) => CargoConfiguration.FromJson(json, TargetTriple.Gnu, s_facts);

    [Fact]
    public void AddRustFlags_JoinsEncodedFlags_WhichBeatAllOthers()
    {
        var environment = ChildEnvironment.Of(["CARGO_ENCODED_RUSTFLAGS=--cfg\u001fx y", "RUSTFLAGS=ignored"]);
        FlagSource.AddRustFlags(s_ours, BuildTarget.Precompiled, environment, static () => throw new InvalidOperationException()).Should().BeEmpty();
        environment["CARGO_ENCODED_RUSTFLAGS"].Should().Be("--cfg\u001fx y\u001f--sysroot\u001f/a b");
    }

    [Fact]
    public void AddRustFlags_JoinsRustflags_KeepingBlanksInOurPaths()
    {
        var environment = ChildEnvironment.Of(["RUSTFLAGS= -C  opt-level=1 "]);
        FlagSource.AddRustFlags(s_ours, BuildTarget.Precompiled, environment, static () => throw new InvalidOperationException()).Should().BeEmpty();
        environment["CARGO_ENCODED_RUSTFLAGS"].Should().Be("-C\u001fopt-level=1\u001f--sysroot\u001f/a b");
    }

    [Theory]
    [InlineData("RUSTFLAGS=")]
    [InlineData("CARGO_ENCODED_RUSTFLAGS=")]
    public void AddRustFlags_TreatsAnEmptyVariableAsSet_AsCargoDoes(string variable)
    {
        var environment = ChildEnvironment.Of([variable]);
        FlagSource.AddRustFlags(s_ours, BuildTarget.Precompiled, environment, static () => throw new InvalidOperationException()).Should().BeEmpty();
        environment["CARGO_ENCODED_RUSTFLAGS"].Should().Be("--sysroot\u001f/a b");
    }

    [Theory]
    [InlineData("RUSTFLAGS=-C a", "-C a")]
    [InlineData("CARGO_ENCODED_RUSTFLAGS=x y\u001fz", "x y z")]
    [InlineData("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS=-v", "--table -v")]
    [InlineData("CARGO_BUILD_RUSTFLAGS=hidden", "--table")]
    public void UserRustFlags_AreThoseInForce(string variable, string flags) =>
        string.Join(' ', FlagSource.UserRustFlags(BuildTarget.Precompiled, ChildEnvironment.Of([variable]), static () => Configuration("""{"target":{"cfg(unix)":{"rustflags":"--table"}}}""")))
            .Should().Be(flags);

    [Fact]
    public void AddRustFlags_RepeatsBuildFlags_WhichCargoWouldDrop() =>
        FlagSource.AddRustFlags(s_ours, BuildTarget.Precompiled, ChildEnvironment.Of([]), static () => Configuration("""{"build":{"rustflags":["--cfg","b"]}}"""))
            .Should().Equal("--config", "target.x86_64-unknown-linux-gnu.rustflags=[\"--cfg\",\"b\",\"--sysroot\",\"/a b\"]");

    [Theory]
    [InlineData("x86_64-unknown-linux-gnu")]
    [InlineData("cfg(unix)")]
    public void AddRustFlags_LeavesBuildFlagsOut_WhereATargetTableHidesThem(string table) =>
        FlagSource.AddRustFlags(s_ours, BuildTarget.Precompiled, ChildEnvironment.Of([]),
            () => Configuration("""{"build":{"rustflags":"-v"},"target":{"TABLE":{"rustflags":"-C x"}}}""".Replace("TABLE", table, StringComparison.Ordinal)))
            .Should().Equal("--config", "target.x86_64-unknown-linux-gnu.rustflags=[\"--sysroot\",\"/a b\"]");

    [Fact]
    public void AddRustFlags_RepeatsBuildFlags_WhereOnlyOtherTargetsHaveTables() =>
        FlagSource.AddRustFlags(s_ours, BuildTarget.Precompiled, ChildEnvironment.Of([]),
            static () => Configuration("""{"build":{"rustflags":"-v"},"target":{"cfg(windows)":{"rustflags":"-C x"}}}"""))
            .Should().Equal("--config", "target.x86_64-unknown-linux-gnu.rustflags=[\"-v\",\"--sysroot\",\"/a b\"]");

    [Fact]
    public void TomlString_EscapesWhatTomlEscapes() => FlagSource.TomlString("a\"\\\n\u007fé").Should().Be("\"a\\\"\\\\\\u000A\\u007Fé\"");

    [Theory]
    [InlineData("cfg(unix)", true)]
    [InlineData("cfg(all(unix, target_os = \"linux\"))", true)]
    [InlineData("cfg(any(windows, not(target_os=\"macos\")))", true)]
    [InlineData("cfg(all())", true)]
    [InlineData("cfg(any())", false)]
    [InlineData("cfg(not(unix))", false)]
    [InlineData("cfg(windows)", false)]
    [InlineData("cfg(true)", true)]
    [InlineData("cfg(unix", false)]
    [InlineData("cfg(unix) x", false)]
    [InlineData("cfg(all(unix,))", true)]
    [InlineData("cfg(target_os=\"linux)", false)]
    [InlineData("x86_64-unknown-linux-gnu", true)]
    [InlineData("x86_64-pc-windows-msvc", false)]
    public void CfgExpression_AppliesAsInCargo(string key, bool applies) =>
        CfgExpression.Applies(key, TargetTriple.Gnu, s_facts).Should().Be(applies);

    [Fact]
    public void Runner_IsTheMostSpecificOne() =>
        Configuration("""{"target":{"cfg(unix)":{"runner":"a"},"x86_64-unknown-linux-gnu":{"runner":["b","-x"]}}}""").Runner.Should().Equal("b", "-x");
}
