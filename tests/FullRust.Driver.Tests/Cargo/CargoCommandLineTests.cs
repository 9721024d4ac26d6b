using System;
using FluentAssertions;
using FullRust.Driver.Cargo;
using Xunit;

namespace FullRust.Driver.Tests.Cargo;

public sealed class CargoCommandLineTests
{
    private static CargoCommandLine Parse(string line) => CargoCommandLine.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Parse_MeansBuild_ForNoArguments()
    {
        CargoCommandLine line = Parse("");
        line.Subcommand.Should().Be("build");
        line.HasSubcommand.Should().BeFalse();
        line.Mode.Should().Be(BuildMode.ZeroTouch);
    }

    [Theory]
    [InlineData("--stable build --release")]
    [InlineData("build --stable --release")]
    [InlineData("build --release --stable")]
    public void Parse_TakesOurFlags_FromAnyPlaceBeforeTheDashes(string arguments)
    {
        CargoCommandLine line = Parse(arguments);
        line.Mode.Should().Be(BuildMode.Stable);
        line.Subcommand.Should().Be("build");
        line.Arguments.Should().Equal("--release");
    }

    [Fact]
    public void Parse_LeavesEverythingBehindTheDashesToTheProgram()
    {
        CargoCommandLine line = Parse("run -p x -- --stable -q --target y");
        line.Mode.Should().Be(BuildMode.ZeroTouch);
        line.IsQuiet.Should().BeFalse();
        line.Arguments.Should().Equal("-p", "x");
        line.Rest.Should().Equal("--", "--stable", "-q", "--target", "y");
    }

    [Theory]
    [InlineData("+nightly build", "nightly")]
    [InlineData("build --nightly", "nightly")]
    [InlineData("+1.95.0", "1.95.0")]
    [InlineData("build", null)]
    public void Parse_TakesTheToolchain(string arguments, string? toolchain) => Parse(arguments).Toolchain.Should().Be(toolchain);

    [Theory]
    [InlineData("--config a --config b build", "a b", false)]
    [InlineData("build --config a", "a", true)]
    [InlineData("--config a build --config=b", "b", true)]
    public void Options_BehindTheSubcommand_ReplaceThoseBeforeIt_AsInCargo(string arguments, string inForce, bool isBehind)
    {
        CargoCommandLine line = Parse(arguments);
        line.ValuesOf("--config").Should().Equal(inForce.Split(' '));
        line.HasBehind("--config").Should().Be(isBehind);
    }

    [Theory]
    [InlineData("-Zpanic-abort-tests test", true)]
    [InlineData("test -Z panic-abort-tests", true)]
    [InlineData("-Z panic-abort-tests test -Zother", false)]
    public void UnstableFlag_IsFound_InBothForms(string arguments, bool isThere) => Parse(arguments).HasUnstableFlag("panic-abort-tests").Should().Be(isThere);

    [Fact]
    public void Parse_FindsTheSubcommand_BehindOptionsWithValues()
    {
        CargoCommandLine line = Parse("--config build.jobs=1 --color always -v run --bin b");
        line.Subcommand.Should().Be("run");
        line.Global.Should().Equal("--config", "build.jobs=1", "--color", "always", "-v");
        line.Arguments.Should().Equal("--bin", "b");
    }

    [Theory]
    [InlineData("build --target x86_64-unknown-linux-gnu --release")]
    [InlineData("build --target=x86_64-fullrust-linux --release")]
    public void Parse_DropsOurOwnTriples_BecauseOneIsAlwaysGiven(string arguments) => Parse(arguments).Arguments.Should().Equal("--release");

    [Theory]
    [InlineData("build --target aarch64-unknown-linux-gnu")]
    [InlineData("build --stable --runtime")]
    public void Parse_Refuses_WhatCannotBeHonoured(string arguments) => FluentActions.Invoking(() => Parse(arguments)).Should().Throw<UsageException>();

    [Fact]
    public void Parse_SplitsMessageFormats() =>
        Parse("build --message-format=json,json-diagnostic-short --message-format short").MessageFormats.Should().Equal("json", "json-diagnostic-short", "short");

    [Fact]
    public void Parse_LeavesEverythingToTheProgram_FromTheFirstWordOfRun()
    {
        CargoCommandLine line = Parse("run --bin b word --stable -- -q");
        line.Mode.Should().Be(BuildMode.ZeroTouch);
        line.Arguments.Should().Equal("--bin", "b");
        line.Rest.Should().Equal("word", "--stable", "--", "-q");
    }

    [Theory]
    [InlineData("build", "dev")]
    [InlineData("build -qr", "release")]
    [InlineData("b --release", "release")]
    [InlineData("run --profile=fast", "fast")]
    [InlineData("install", "release")]
    [InlineData("install --debug", "dev")]
    [InlineData("bench", "bench")]
    [InlineData("rustc -p crate", "dev")]
    public void Profile_IsCargosChoice(string arguments, string profile) => Parse(arguments).Profile(isTest: false).Should().Be(profile);

    [Theory]
    [InlineData("build -qv", true)]
    [InlineData("build -p q", false)]
    [InlineData("run -- -q", false)]
    public void IsQuiet_SeesClustersOfLetters(string arguments, bool isQuiet) => Parse(arguments).IsQuiet.Should().Be(isQuiet);

    [Theory]
    [InlineData("build --all-targets -r", "--bins --examples -r")]
    [InlineData("build --lib --test t --bench=b --tests -v", "--lib -v")]
    [InlineData("build --tests --release", null)]
    public void WithoutTests_LeavesTheOtherTargets(string arguments, string? rest)
    {
        CargoCommandLine line = Parse(arguments);
        line.SelectsTests.Should().BeTrue();
        (line.WithoutTests()?.Arguments is { } left ? string.Join(' ', left) : null).Should().Be(rest);
    }

    [Fact]
    public void WithAlias_PutsItsWordsInPlace()
    {
        CargoCommandLine line = Parse("-v mine --bin b -- c").WithAlias(["run", "--stable", "-r"]);
        line.Subcommand.Should().Be("run");
        line.Mode.Should().Be(BuildMode.Stable);
        line.Arguments.Should().Equal("-r", "--bin", "b");
        line.Rest.Should().Equal("--", "c");
    }

    [Fact]
    public void ValueOf_GivesTheLastOne() => Parse("build --manifest-path a --manifest-path=b").ValueOf("--manifest-path").Should().Be("b");

    [Fact]
    public void ConfigurationOptions_AreThoseThatChangeTheConfiguration() =>
        Parse("--config a=1 build --release --config=b=2 -C dir").ConfigurationOptions().Should().Equal("--config", "b=2", "-C", "dir");
}
