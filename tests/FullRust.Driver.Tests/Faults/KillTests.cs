// Whatever ends the linker, and whenever: the output is the old file or the new one, and what a handler can see leaves nothing behind.

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.Faults;

public sealed class KillTests
{
    private const int SIGKILL = 9;

    [FactWithExecutable]
    public void Link_KilledAtARandomMoment_LeavesTheOldOutputOrTheNewOne()
    {
        using var folder = new FaultFolder();
        int killed = KillMany(folder, count: 500, SIGKILL, static () => { });
        killed.Should().BeGreaterThan(50, "many of the moments lie before the end");
    }

    // From 1 MiB on the image is written as it is made.
    [FactWithExecutable]
    public void LargeLink_KilledAtARandomMoment_LeavesTheOldOutputOrTheNewOne()
    {
        using var folder = new FaultFolder(padding: 9 << 20);
        KillMany(folder, count: 40, SIGKILL, static () => { }).Should().BeGreaterThan(5);
    }

    [FactWithExecutable]
    public void Link_InterruptedAtARandomMoment_LeavesNoTemporaryFile()
    {
        foreach (int signal in (int[])[FaultFolder.SIGTERM, FaultFolder.SIGINT, FaultFolder.SIGHUP])
        {
            using var folder = new FaultFolder();
            KillMany(folder, count: 60, signal, () => folder.ShouldHoldOnly("out"));
        }
    }

    // Without /proc a nameless file could not be given its name, so a named one is written: the same promises must hold for it.
    [FactWithExecutable("unshare")]
    public void Link_InterruptedWhereFilesNeedNames_LeavesNoTemporaryFile()
    {
        using var folder = new FaultFolder();
        const string Script = """
            mount -t tmpfs none /proc
            ok=0; bad=0
            for i in $(seq 120); do
              if [ $((i % 2)) = 0 ]; then from=one.o; else from=two.o; fi
              "$LD" $from -o out & pid=$!
              [ $((i % 3)) = 0 ] || sleep 0.00$((i % 7))
              kill -$1 $pid 2>/dev/null || :
              wait $pid || :
              for f in .out.*; do [ -e "$f" ] && bad=$((bad + 1)); done
              if [ -e out ]; then cmp -s out one.image || cmp -s out two.image || bad=$((bad + 1)); fi
            done
            echo bad $bad
            """;
        File.WriteAllBytes(folder["one.image"], folder.One);
        File.WriteAllBytes(folder["two.image"], folder.Two);
        foreach (string signal in (string[])["TERM", "INT"])
            folder.Shell(Script.Replace("$1", signal, StringComparison.Ordinal), inNamespace: true).Output.Should().Be("bad 0\n");
    }

    [FactWithExecutable]
    public void InterruptedLink_ExitsAsAShellReportsTheSignal()
    {
        using var folder = new FaultFolder();
        foreach (int signal in (int[])[FaultFolder.SIGTERM, FaultFolder.SIGINT, FaultFolder.SIGHUP])
        {
            using StuckLink link = new(folder, [], null, StuckLink.EndedBySignals);
            link.End(signal).Should().Be(128 + signal);
            folder.ShouldHoldOnly(StuckLink.Pipe, StuckLink.Input);
        }
    }

    [FactWithExecutable("nohup")]
    public void IgnoredHangup_StaysIgnored()
    {
        using var folder = new FaultFolder();
        using StuckLink link = new(folder, [], null, "nohup");

        link.Send(FaultFolder.SIGHUP);

        link.Deliver().Should().Be(0);
    }

    private static int KillMany(FaultFolder folder, int count, int signal, Action check)
    {
        var random = new Random(20261122);
        File.WriteAllBytes(folder["out"], folder.One);
        TimeSpan usual = TimeOfALink(folder);
        int killed = 0;
        for (int i = 0; i < count; i++)
        {
            using Process link = folder.Start([i % 2 == 0 ? "two.o" : "one.o", "-o", "out"]);
            var watch = Stopwatch.StartNew();
            TimeSpan moment = usual * (random.NextDouble() * 1.2);
            while (watch.Elapsed < moment)
                Thread.SpinWait(50);
            FaultFolder.Signal(link, signal);
            link.WaitForExit(30_000).Should().BeTrue();
            link.ExitCode.Should().BeOneOf(0, 128 + signal);
            killed += link.ExitCode == 0 ? 0 : 1;
            folder.ShouldBeWhole();
            check();
        }

        return killed;
    }

    private static TimeSpan TimeOfALink(FaultFolder folder)
    {
        TimeSpan[] times = [.. Enumerable.Range(0, 5).Select(_ => folder.Link("one.o", "-o", "out").Duration)];
        return times.Min();
    }
}
