using System;
using System.Linq;
using FluentAssertions;
using FullRust.Driver.Platform;
using Xunit;

namespace FullRust.Driver.Tests.Platform;

public sealed class OsTextTests
{
    [Fact]
    public void Decode_KeepsEveryByteSequence_ThroughEncode()
    {
        var random = new Random(7);
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = new byte[random.Next(12)];
            random.NextBytes(bytes);
            OsText.EncodeTerminated(OsText.Decode(bytes))[..^1].Should().Equal(bytes, "round {0}", round);
        }
    }

    [Fact]
    public void Decode_ReadsUtf8AsText() => OsText.Decode("grüß 🦀"u8).Should().Be("grüß 🦀");

    [Fact]
    public void SplitTerminated_KeepsEmptyStrings() => OsText.SplitTerminated("a\0\0b c\0"u8).Should().Equal("a", "", "b c");

    [Fact]
    public void ChildEnvironment_SetsReplacesAndRemoves()
    {
        var environment = ChildEnvironment.Of(["A=1", "AB=2", "E="]);
        environment["A"] = "3";
        environment["AB"] = null;
        environment.Entries.Order().Should().Equal("A=3", "E=");
        environment["E"].Should().BeEmpty();
        environment["X"].Should().BeNull();
    }

    [Fact]
    public void Run_GivesExitCodeAndOutput_AndSignalsAsShellsDo()
    {
        var environment = ChildEnvironment.OfThisProcess();
        ChildProcess.Capture(["/bin/sh", "-c", "printf '%s' \"$0\"; exit 7", "a b\udcff"], environment).ExitCode.Should().Be(7);
        ChildProcess.Capture(["sh", "-c", "printf '%s' \"$1\"", "sh", "é"], environment).Output.Should().Be("é");
        ChildProcess.Run(["sh", "-c", "kill -9 $$"], environment).Should().Be(137);
        FluentActions.Invoking(() => ChildProcess.Run(["/no/such/program"], environment)).Should().Throw<CannotStartException>();
    }
}
