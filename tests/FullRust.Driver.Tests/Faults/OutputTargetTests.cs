// What may be at the output's path: devices, pipes, open descriptors, folders, inputs, running programs; and many links at once.

using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.Faults;

public sealed class OutputTargetTests
{
    private const int Large = 9 << 20;

    [FactWithExecutable]
    public void Links20AtOnce_ToOnePath_GiveOneWholeOutput()
    {
        using var folder = new FaultFolder(padding: 200_000);

        Parallel.For(0, 20, new ParallelOptions { MaxDegreeOfParallelism = 20 }, i =>
            folder.Link(i % 2 == 0 ? "one.o" : "two.o", "-o", "out").ExitCode.Should().Be(0));

        folder.ShouldBeWhole();
        folder.ShouldHoldOnly("out");
    }

    [FactWithExecutable]
    public void Fifo_WithAReader_GetsTheWholeImage()
    {
        using var folder = new FaultFolder(Large);

        folder.Shell("mkfifo pipe; cat pipe > copy & sleep 0.1; \"$LD\" one.o -o pipe; wait; test -p pipe").ExitCode.Should().Be(0);

        File.ReadAllBytes(folder["copy"]).AsSpan().SequenceEqual(folder.One).Should().BeTrue();
    }

    [FactWithExecutable]
    public void Fifo_WithoutAReader_IsAnErrorAtOnce()
    {
        using var folder = new FaultFolder();

        ToolResult result = folder.Shell("mkfifo pipe; exec \"$LD\" one.o -o pipe");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("cannot open output file pipe");
    }

    [FactWithExecutable]
    public void Device_TakesALargeImage()
    {
        using var folder = new FaultFolder(Large);

        folder.Link("one.o", "-o", "/dev/null").ExitCode.Should().Be(0);

        ToolRunner.Run("test", ["-c", "/dev/null"]).ExitCode.Should().Be(0);
    }

    [FactWithExecutable]
    public void FullDevice_IsAMessage()
    {
        using var folder = new FaultFolder();

        ToolResult result = folder.Link("one.o", "-o", "/dev/full");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("No space left on device");
    }

    // A rename would take the place of the link in /dev.
    [FactWithExecutable]
    public void StandardOutput_IsWritten_NotReplaced()
    {
        using var folder = new FaultFolder(Large);

        folder.Shell("{ printf before; \"$LD\" one.o -o /dev/stdout; } > copy; \"$LD\" two.o -o /dev/stdout | cat > piped; test -L /dev/stdout").ExitCode.Should().Be(0);

        File.ReadAllBytes(folder["copy"])[6..].AsSpan().SequenceEqual(folder.One).Should().BeTrue();
        File.ReadAllBytes(folder["piped"]).AsSpan().SequenceEqual(folder.Two).Should().BeTrue();
    }

    [FactWithExecutable]
    public void Report_OnStandardOutput_ComesAfterWhatIsThere()
    {
        using var folder = new FaultFolder();

        folder.Shell("echo before > text; \"$LD\" one.o -o out -Map=/dev/stdout >> text").ExitCode.Should().Be(0);

        File.ReadAllLines(folder["text"])[..2].Should().Equal("before", "             VMA              LMA     Size Align Out     In      Symbol");
    }

    // Whoever can write to a shared folder must not lead a report elsewhere.
    [FactWithExecutable]
    public void Report_ThroughASymbolicLink_ReplacesTheLink()
    {
        using var folder = new FaultFolder();
        File.WriteAllText(folder["victim"], "precious");
        File.CreateSymbolicLink(folder["map"], folder["victim"]);

        folder.Link("one.o", "-o", "out", "-Map=map").ExitCode.Should().Be(0);

        File.ReadAllText(folder["victim"]).Should().Be("precious");
        File.GetUnixFileMode(folder["map"]).HasFlag(UnixFileMode.UserExecute).Should().BeFalse();
    }

    [FactWithExecutable]
    public void RunningProgram_InputAndFolder_AreTreatedAsInTheTable()
    {
        using var folder = new FaultFolder();
        folder.Assemble("forever.o", ".globl _start\n_start: mov $34, %eax\n syscall\n jmp _start");

        folder.Shell("\"$LD\" forever.o -o out; ./out & \"$LD\" one.o -o out; a=$?; kill $!; exit $a").ExitCode.Should().Be(0);
        File.ReadAllBytes(folder["out"]).Should().Equal(folder.One);

        byte[] input = File.ReadAllBytes(folder["one.o"]);
        folder.Link("one.o", "-o", "one.o").ExitCode.Should().Be(1);
        File.ReadAllBytes(folder["one.o"]).Should().Equal(input);

        folder.Shell("mkdir d; \"$LD\" one.o -o d").ExitCode.Should().Be(1);
        Directory.EnumerateFileSystemEntries(folder["d"]).Should().BeEmpty();
    }

    [FactWithExecutable]
    public void Umask_DecidesTheMode()
    {
        using var folder = new FaultFolder();

        folder.Shell("umask 027; \"$LD\" one.o -o out -Map=map; stat -c %a out map").Output.Should().Be("750\n640\n");
    }

    // A rename cannot take the place of a mount point, such as a file that a container was given.
    [FactWithExecutable("unshare")]
    public void MountedFile_IsAMessage_AndKeptWhole()
    {
        using var folder = new FaultFolder();

        ToolResult result = folder.Shell("printf old > out; printf old > given; mount --bind given out; \"$LD\" one.o -o out && exit 1; cat out; umount out; rm given out", inNamespace: true);

        result.ToString().Should().Contain("Device or resource busy").And.Contain("old");
        folder.ShouldHoldOnly();
    }

    [FactWithExecutable("unshare")]
    public void ReadOnlyMount_IsAMessage_AndTheOldFileStays()
    {
        using var folder = new FaultFolder();

        ToolResult result = folder.Shell("mkdir ro; printf old > ro/out; mount --bind ro ro; mount -o remount,bind,ro ro; \"$LD\" one.o -o ro/out && exit 1; cat ro/out; ls -A ro", inNamespace: true);

        result.ToString().Should().Contain("Read-only file system").And.Contain("oldout");
    }

    [FactWithExecutable]
    public void SymbolicLinksToNothing_AndToEachOther_AreReplaced()
    {
        using var folder = new FaultFolder();

        folder.Shell("ln -s nowhere dangling; ln -s b a; ln -s a b; for f in dangling a; do \"$LD\" one.o -o $f || exit; done; test ! -e nowhere -a ! -L dangling -a ! -L a").ExitCode.Should().Be(0);

        folder.ShouldBeWhole("dangling");
        folder.ShouldBeWhole("a");
        folder.ShouldBeWhole("b");
    }

    [FactWithExecutable]
    public void Names_AsLongAsTheSystemAllows()
    {
        using var folder = new FaultFolder();
        string longest = new('x', 255);

        folder.Link("one.o", "-o", longest).ExitCode.Should().Be(0);
        folder.ShouldBeWhole(longest);
        folder.Link("one.o", "-o", longest + "x").Error.Should().Contain("File name too long");
        folder.Link("one.o", "-o", string.Concat(Enumerable.Repeat("d/", 2200)) + "out").Error.Should().Contain("File name too long");
        folder.ShouldHoldOnly(longest);
    }

    [FactWithExecutable]
    public void SlashAtTheEnd_NamesNoFile()
    {
        using var folder = new FaultFolder();

        folder.Link("one.o", "-o", "new/").ExitCode.Should().Be(1);
        folder.Shell("printf old > out; \"$LD\" one.o -o out/").ExitCode.Should().Be(1);

        File.ReadAllText(folder["out"]).Should().Be("old");
        folder.ShouldHoldOnly("out");
    }

    // Somebody else's file in a shared folder: only its owner may take the name away.
    [FactWithExecutable("setpriv")]
    public void SharedFolder_FileOfAnotherUser_Stays()
    {
        using var folder = new FaultFolder();
        if (Environment.UserName != "root")
            return;

        ToolResult result = folder.Shell("chmod 755 .; mkdir -m 1777 shared; printf old > shared/out; cp \"$LD\" ld; chmod 755 ld; setpriv --reuid 65534 --regid 65534 --clear-groups ./ld one.o -o shared/out && exit 1; cat shared/out; ls -A shared");

        result.ToString().Should().Contain("Operation not permitted").And.Contain("oldout");
    }
}
