// A link ends when its output is there; another process holds its memory until then and frees it.

using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.Faults;

public sealed class ReleaseAfterExitTests
{
    [FactWithExecutable("strace")]
    public void Link_LeavesItsMemoryToAProcessThatHasNoOtherDescriptor()
    {
        using var folder = new FaultFolder();
        File.WriteAllText(folder["out"], "old");

        string[] processes = Calls(folder, "");

        string child = Regex.Match(string.Concat(processes), @"clone\(child_stack=0x\w+, flags=CLONE_VM\|SIGCHLD\) = (\d+)").Groups[1].Value;
        string[] own = File.ReadAllLines(folder["calls." + child]);
        own.Where(static c => c.StartsWith("close_range(", StringComparison.Ordinal)).Should().HaveCount(3).And.OnlyContain(static c => c.EndsWith("= 0") || c.EndsWith("EINVAL (Invalid argument)"));
        own[^1].Should().Be("+++ exited with 0 +++");
        folder.ShouldBeWhole();
    }

    [FactWithExecutable("strace")]
    public void NoFork_LeavesNoProcessBehind()
    {
        using var folder = new FaultFolder();

        Calls(folder, "--no-fork").Should().NotContain(static calls => calls.Contains("SIGCHLD"));

        folder.ShouldBeWhole();
    }

    [FactWithExecutable("strace")]
    public void Link_WhereNoProcessMayBeMade_Succeeds()
    {
        using var folder = new FaultFolder();

        folder.Shell("strace -f -qq -e signal=none -e trace=clone -e inject=clone:error=EAGAIN -o calls \"$LD\" one.o -o out").ExitCode.Should().Be(0);

        File.ReadAllText(folder["calls"]).Should().Contain("(INJECTED)");
        folder.ShouldBeWhole();
        folder.ShouldHoldOnly("out", "calls");
    }

    [FactWithExecutable]
    public void Program_CanBeExecutedAsSoonAsItsLinkHasEnded()
    {
        // From 1 MiB on the image is written straight into its file, and viewed there.
        foreach (int padding in (int[])[64, 9 << 20])
        {
            using var folder = new FaultFolder(padding);

            ToolResult result = folder.Shell("for i in $(seq 40); do \"$LD\" one.o -o out || exit 1; ./out; [ $? = 5 ] || exit 2; done");

            result.ExitCode.Should().Be(0, result.ToString());
        }
    }

    [FactWithExecutable]
    public void Link_WithClosedStreams_Succeeds()
    {
        using var folder = new FaultFolder();

        folder.Shell("\"$LD\" one.o -o out <&- >&- 2>&-").ExitCode.Should().Be(0);

        folder.ShouldBeWhole();
    }

    // What each process or thread called; also in files "calls.N".
    private static string[] Calls(FaultFolder folder, string options)
    {
        folder.Shell($"strace -ff -e trace=clone,close_range,exit -o calls \"$LD\" one.o -o out {options}").ExitCode.Should().Be(0);
        return [.. folder.Names().Where(static n => n.StartsWith("calls.", StringComparison.Ordinal)).Select(n => File.ReadAllText(folder[n]))];
    }
}
