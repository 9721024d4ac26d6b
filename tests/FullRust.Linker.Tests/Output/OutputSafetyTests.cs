// The output path holds the old bytes or the whole new ones, whatever goes wrong (spec of the linker's output promises).

using System;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Output;

public sealed class OutputSafetyTests
{
    private const string Old = "the old output";

    [Fact]
    public void FailedLink_LeavesTheOldOutput()
    {
        foreach (string[] arguments in (string[][])[["broken.o"], ["undefined.o"], ["missing.o"], ["good.o", "good2.o"], ["good.o", "--no-such-option"], ["far.o"]])
        {
            using LinkFolder folder = Folder();
            File.WriteAllText(folder["out"], Old);
            DateTime time = File.GetLastWriteTimeUtc(folder["out"]);
            folder.Link(arguments).ExitCode.Should().Be(1);
            File.ReadAllText(folder["out"]).Should().Be(Old);
            File.GetLastWriteTimeUtc(folder["out"]).Should().Be(time);
            OnlyKnownFiles(folder);
        }
    }

    [Fact]
    public void GoodLink_ReplacesTheOldOutput_WithoutTouchingOtherLinksToIt()
    {
        using LinkFolder folder = Folder();
        File.WriteAllText(folder["out"], Old);
        ToolRunner.Run("ln", [folder["out"], folder["other-name"]]).ExitCode.Should().Be(0);
        folder.Link("good.o").ShouldExitWith(5);
        File.ReadAllText(folder["other-name"]).Should().Be(Old);
        OnlyKnownFiles(folder, "other-name");
    }

    [Fact]
    public void SymbolicLink_IsReplaced_ItsTargetStays()
    {
        using LinkFolder folder = Folder();
        File.WriteAllText(folder["target"], Old);
        File.CreateSymbolicLink(folder["out"], folder["target"]);
        folder.Link("good.o").ShouldExitWith(5);
        File.ReadAllText(folder["target"]).Should().Be(Old);
        new FileInfo(folder["out"]).LinkTarget.Should().BeNull();
    }

    [Fact]
    public void Output_IsExecutableByWhomTheUmaskAllows()
    {
        using LinkFolder folder = Folder();
        folder.Link("good.o").ShouldSucceed();
        File.GetUnixFileMode(folder["out"]).HasFlag(UnixFileMode.UserExecute | UnixFileMode.UserRead | UnixFileMode.UserWrite).Should().BeTrue();
    }

    [Theory]
    [InlineData("good.o")]
    [InlineData("link.o")]
    [InlineData("hard.o")]
    [InlineData("lib.a")]
    public void OutputThatIsAnInput_IsRefused(string output)
    {
        using LinkFolder folder = Folder();
        File.CreateSymbolicLink(folder["link.o"], folder["good.o"]);
        ToolRunner.Run("ln", [folder["good.o"], folder["hard.o"]]).ExitCode.Should().Be(0);
        folder.Archive("lib.a", "rcs", "good2.o");
        byte[] before = File.ReadAllBytes(folder[output]);
        folder.Link("good.o", "lib.a", "-o", output).ShouldFailWith(DiagnosticId.OutputRefused).Text.Should().Contain(output);
        File.ReadAllBytes(folder[output]).Should().Equal(before);
    }

    [Fact]
    public void Folder_IsRefused()
    {
        using LinkFolder folder = Folder();
        Directory.CreateDirectory(folder["out"]);
        folder.Link("good.o").ShouldFailWith(DiagnosticId.OutputRefused);
        Directory.Exists(folder["out"]).Should().BeTrue();
    }

    [Fact]
    public void MissingFolder_IsAnError()
    {
        using LinkFolder folder = Folder();
        folder.Link("good.o", "-o", folder["nowhere/out"]).ShouldFailWith(DiagnosticId.CannotWrite).Text.Should().Contain("nowhere/out");
    }

    [Fact]
    public void Device_IsWrittenStraight()
    {
        using LinkFolder folder = Folder();
        folder.Link("good.o", "-o", "/dev/null").ShouldSucceed();
        ToolRunner.Run("test", ["-c", "/dev/null"]).ExitCode.Should().Be(0);
    }

    [Fact]
    public void RunningProgram_CanBeReplaced()
    {
        using LinkFolder folder = Folder();
        folder.Assemble("forever.o", ".globl _start\n_start: mov $34, %eax\n syscall\n jmp _start");
        folder.Link("forever.o").ShouldSucceed();
        using System.Diagnostics.Process running = ToolRunner.Start(folder["out"], []);
        try
        {
            folder.Link("good.o").ShouldExitWith(5);
            running.HasExited.Should().BeFalse();
        }
        finally
        {
            running.Kill();
        }
    }

    [Fact]
    public void LinksToOnePathAtOnce_GiveOneWholeOutput()
    {
        using LinkFolder folder = Folder();
        System.Threading.Tasks.Parallel.For(0, 24, i =>
        {
            LinkOutcome outcome = folder.Link(i % 2 == 0 ? "good.o" : "good2.o");
            outcome.ShouldSucceed();
        });
        ToolRunner.Run(folder["out"], []).ExitCode.Should().BeOneOf(5, 6);
        OnlyKnownFiles(folder);
    }

    [Fact]
    public async System.Threading.Tasks.Task Output_IsNeverHalfWritten_WhileItIsReplaced()
    {
        using LinkFolder folder = Folder();
        folder.Link("good.o").ShouldSucceed();
        byte[] one = File.ReadAllBytes(folder["out"]);
        folder.Link("good2.o").ShouldSucceed();
        byte[] two = File.ReadAllBytes(folder["out"]);
        var writer = System.Threading.Tasks.Task.Run(() =>
        {
            for (int i = 0; i < 60; i++)
                folder.Link(i % 2 == 0 ? "good.o" : "good2.o").ShouldSucceed();
        });
        while (!writer.IsCompleted)
        {
            byte[] seen = File.ReadAllBytes(folder["out"]);
            (seen.AsSpan().SequenceEqual(one) || seen.AsSpan().SequenceEqual(two)).Should().BeTrue();
        }

        await writer;
    }

    private static LinkFolder Folder()
    {
        var folder = new LinkFolder();
        folder.Assemble("good.o", ".globl _start\n_start: mov $5, %edi\n mov $231, %eax\n syscall");
        folder.Assemble("good2.o", ".globl _start\n_start: mov $6, %edi\n mov $231, %eax\n syscall\n.data\n.skip 100, 7");
        folder.Assemble("undefined.o", ".globl _start\n_start: call nobody");
        folder.Assemble("far.o", ".globl _start\n_start: ret\n.data\n.byte _start");
        folder.Write("broken.o", File.ReadAllBytes(folder["good.o"])[..100]);
        return folder;
    }

    private static void OnlyKnownFiles(LinkFolder folder, params string[] further) =>
        Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo(
            ["good.o", "good2.o", "undefined.o", "far.o", "broken.o", "out", .. further]);
}
