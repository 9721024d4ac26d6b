using System;
using System.Collections.Generic;
using FluentAssertions;
using FullRust.Driver.Cargo;
using FullRust.Driver.Toolchain;
using Xunit;

namespace FullRust.Driver.Tests.Cargo;

public sealed class PanicSettingsTests
{
    private static CargoCommandLine Parse(string line) => CargoCommandLine.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static PanicSettings.ProfileLayer Layer(params (string Profile, string Key, string Value)[] settings) =>
        (profile, key) => Array.Find(settings, s => s.Profile == profile && s.Key == key).Value;

    private static readonly IReadOnlyList<PanicSettings.ProfileLayer> s_layers =
    [
        Layer(("strong", "panic", "abort")),
        Layer(("strong", "panic", "unwind"), ("release", "panic", "unwind"), ("fast", "inherits", "release"), ("own", "inherits", "fast"), ("own", "panic", "abort"),
            ("ring", "inherits", "ring2"), ("ring2", "inherits", "ring")),
    ];

    [Theory]
    [InlineData("build", false)]
    [InlineData("build --release", true)]
    [InlineData("build --profile fast", true)]
    [InlineData("build --profile own", false)]
    [InlineData("build --profile strong", false)]
    [InlineData("build --profile ring", false)]
    [InlineData("install", true)]
    public void Choose_FollowsTheProfile(string arguments, bool unwinds) =>
        PanicSettings.Choose(Parse(arguments), isTest: false, [], s_layers).Should().Be(unwinds ? PanicStrategy.Unwind : PanicStrategy.Abort);

    [Theory]
    [InlineData("build", "-Cpanic=unwind", true)]
    [InlineData("build -r", "-C panic=abort", false)]
    [InlineData("build", "--codegen=panic=abort --codegen panic=unwind", true)]
    [InlineData("build", "-C opt-level=1 panic=unwind", false)]
    [InlineData("rustc -- -Cpanic=unwind", "", true)]
    [InlineData("build -- -Cpanic=unwind", "", false)]
    public void Choose_FollowsFlagsBeforeProfiles(string arguments, string flags, bool unwinds) =>
        PanicSettings.Choose(Parse(arguments), isTest: false, flags.Split(' '), s_layers).Should().Be(unwinds ? PanicStrategy.Unwind : PanicStrategy.Abort);

    [Theory]
    [InlineData("test", true)]
    [InlineData("test --profile own", true)]
    [InlineData("test --profile own -Zpanic-abort-tests", false)]
    [InlineData("test --profile own -Z panic-abort-tests", false)]
    [InlineData("test -Z panic-abort-tests", true)]
    public void Choose_LetsTestsUnwind(string arguments, bool unwinds) =>
        PanicSettings.Choose(Parse(arguments), isTest: true, [], s_layers).Should().Be(unwinds ? PanicStrategy.Unwind : PanicStrategy.Abort);
}
