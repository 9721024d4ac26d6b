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
    [Fact]
    public void StartInPlace_KeepsTheProcessorsThatTheCallerMayUse()
    {
        string before = "", after = "";
        bool hasRun = false;
        OnAThread(() =>
        {
            before = Allowed();
            var thread = new Thread(() => hasRun = true);
            ThreadPlacement.StartInPlace(thread, ThreadPlacement.Allowed());
            thread.Join();
            after = Allowed();
        });

        after.Should().Be(before).And.StartWith("Cpus_allowed:");
        hasRun.Should().BeTrue();
    }

    [Fact]
    public void KeepOff_LeavesAllOtherProcessors()
    {
        ulong[] before = ThreadPlacement.Allowed(), after = [];
        int busy = 0;
        OnAThread(() =>
        {
            busy = ThreadPlacement.Current;
            ThreadPlacement.KeepOff(before, busy);
            after = ThreadPlacement.Allowed();
        });

        ulong[] others = [.. before];
        if (Environment.ProcessorCount > 1)
            others[busy / 64] &= ~(1UL << (busy % 64));
        after.Should().Equal(others);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1 << 20)]
    public void KeepOff_ProcessorThatThereIsNot_AllowsAll(int busy)
    {
        ulong[] before = ThreadPlacement.Allowed(), after = [];
        OnAThread(() =>
        {
            ThreadPlacement.KeepOff(before, ThreadPlacement.Current);
            ThreadPlacement.KeepOff(before, busy);
            after = ThreadPlacement.Allowed();
        });

        after.Should().Equal(before);
    }

    [Fact]
    public void KeepOff_OfProcessorsThatAreNotKnown_DoesNothing()
    {
        string before = "", after = "";
        OnAThread(() =>
        {
            before = Allowed();
            ThreadPlacement.KeepOff([], 0);
            after = Allowed();
        });

        after.Should().Be(before);
    }

    private static void OnAThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }

    private static string Allowed() => File.ReadLines("/proc/thread-self/status").First(static line => line.StartsWith("Cpus_allowed:", StringComparison.Ordinal));
}
