// Disks that are full, limits of files, descriptors and memory, folders that may not be written: a message, exit code 1, the old output.

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.Faults;

public sealed class LimitTests
{
    private const string SmallDisk = "mkdir d; mount -t tmpfs -o size=64k none d; printf old > d/out; ";

    [FactWithExecutable]
    public void FileSizeLimit_IsAMessage_AndTheOldOutputStays()
    {
        using var folder = new FaultFolder(padding: 300_000);
        File.WriteAllText(folder["out"], "old");

        ToolResult result = folder.Shell("ulimit -f 1; exec \"$LD\" one.o -o out");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("File too large").And.Contain("unchanged");
        File.ReadAllText(folder["out"]).Should().Be("old");
        folder.ShouldHoldOnly("out");
    }

    [FactWithExecutable("unshare")]
    public void FullDisk_IsAMessage_AndTheOldOutputStays()
    {
        foreach (int padding in (int[])[300_000, 9 << 20])
        {
            using var folder = new FaultFolder(padding);

            ToolResult result = folder.Shell(SmallDisk + "\"$LD\" one.o -o d/out || echo code $?; cat d/out; ls -A d", inNamespace: true);

            result.Output.Should().Be("code 1\noldout\n");
            result.Error.Should().Contain("No space left on device").And.Contain("unchanged");
        }
    }

    // Without /proc the temporary file has a name.
    [FactWithExecutable("unshare")]
    public void FullDiskWhereFilesNeedNames_LeavesNothingBehind()
    {
        using var folder = new FaultFolder(padding: 300_000);

        folder.Shell(SmallDisk + "mount -t tmpfs none /proc; \"$LD\" one.o -o d/out || echo code $?; cat d/out; ls -A d", inNamespace: true)
            .Output.Should().Be("code 1\noldout\n");
    }

    [FactWithExecutable("unshare")]
    public void FullDisk_OfAReport_IsAMessage_AndTheOldReportStays()
    {
        using var folder = new FaultFolder();

        ToolResult result = folder.Shell(
            "mkdir d; mount -t tmpfs -o size=4k none d; printf old > d/map; \"$LD\" one.o -o out -Map=d/map || echo code $?; cat d/map; ls -A d", inNamespace: true);

        result.Output.Should().Be("code 1\noldmap\n");
        result.Error.Should().Contain("cannot write d/map: No space left on device");
    }

    [FactWithExecutable("unshare")]
    public void ReadOnlyFolder_IsAMessage_AndTheOldOutputStays()
    {
        using var folder = new FaultFolder();

        ToolResult result = folder.Shell("mkdir d; mount -t tmpfs none d; printf old > d/out; mount -o remount,ro d; \"$LD\" one.o -o d/out || echo code $?; cat d/out", inNamespace: true);

        result.Output.Should().Be("code 1\nold");
        result.Error.Should().Contain("Read-only file system");
    }

    [FactWithExecutable]
    public void FewDescriptors_SufficeForManyInputs()
    {
        using var folder = new FaultFolder();
        string[] names = [.. Enumerable.Range(0, 200).Select(static i => string.Create(CultureInfo.InvariantCulture, $"part{i}.o"))];
        for (int i = 0; i < names.Length; i++)
            folder.Assemble(names[i], string.Create(CultureInfo.InvariantCulture, $".data\n.globl part{i}\npart{i}: .quad {i}\n"));
        folder.Shell($"ar rcsT thin.a {string.Join(' ', names.Skip(100))}").ExitCode.Should().Be(0);

        ToolResult result = folder.Shell($"ulimit -n 64; exec \"$LD\" one.o {string.Join(' ', names.Take(100))} --whole-archive thin.a -o out -Map=map");

        result.ExitCode.Should().Be(0, result.ToString());
        ToolRunner.Run(folder["out"], []).ExitCode.Should().Be(5);
    }

    [FactWithExecutable]
    public void NoDescriptorLeft_IsAMessage()
    {
        using var folder = new FaultFolder();

        ToolResult result = folder.Shell("ulimit -n 6; exec \"$LD\" one.o -o out");

        result.ExitCode.Should().BeOneOf(0, 1);
        if (result.ExitCode == 1)
            result.Error.Should().Contain("Too many open files");
    }

    // What the runtime needs to start is about 96 MiB; from there to what the link needs each limit gives a message or an output.
    [FactWithExecutable]
    public void AddressSpaceLimit_AroundTheNeed_IsAMessageOrAnOutput()
    {
        using var folder = new FaultFolder();
        var names = new StringBuilder();
        for (int i = 0; i < 24; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"bulk{i}.o");
            folder.Assemble(name, ".data\n.fill 4000000, 1, 7\n");
            names.Append(' ').Append(name);
        }

        bool hasFailed = false, hasWorked = false;
        foreach (int mebibytes in (int[])[120, 160, 200, 240, 280, 320, 360, 380, 400, 420, 440, 460, 480, 1000])
        {
            File.WriteAllText(folder["out"], "old");
            ToolResult result = folder.Shell($"ulimit -v {mebibytes << 10}; exec \"$LD\" one.o{names} -o out");
            result.ExitCode.Should().BeOneOf(0, 1);
            hasFailed |= result.ExitCode == 1;
            hasWorked |= result.ExitCode == 0;
            if (result.ExitCode == 1)
            {
                result.Error.Should().ContainAny("Cannot allocate memory", "out of memory");
                File.ReadAllText(folder["out"]).Should().Be("old");
            }
        }

        (hasFailed && hasWorked).Should().BeTrue();
    }
}
