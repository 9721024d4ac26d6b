using System;
using System.IO;
using System.Linq;
using System.Threading;
using FluentAssertions;
using FullRust.Elf.Memory;
using Xunit;

namespace FullRust.Elf.Tests;

public sealed class ThreadPlacementTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void LeaveFor_KeepsTheProcessorsThatTheThreadMayUse(int number)
    {
        string before = "", after = "";
        var thread = new Thread(() =>
        {
            before = Allowed();
            ThreadPlacement.LeaveFor(ThreadPlacement.Current, number);
            after = Allowed();
        });
        thread.Start();
        thread.Join();
        after.Should().Be(before).And.StartWith("Cpus_allowed:");
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1 << 20, 1)]
    [InlineData(0, 0)]
    public void LeaveFor_DoesNothing_WithoutAProcessorToLeave(int busy, int number)
    {
        string before = Allowed();
        ThreadPlacement.LeaveFor(busy, number);
        Allowed().Should().Be(before);
    }

    private static string Allowed() => File.ReadLines("/proc/thread-self/status").First(static line => line.StartsWith("Cpus_allowed:", StringComparison.Ordinal));
}
