using System.Linq;
using FluentAssertions;
using FullRust.Driver.Platform;
using Xunit;

namespace FullRust.Driver.Tests.Platform;

public sealed class ChildProcessTests
{
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
