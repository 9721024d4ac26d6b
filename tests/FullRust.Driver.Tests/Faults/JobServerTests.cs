// The link takes slots of GNU make's jobserver for its further threads, never waits for them, and gives them back however it ends.

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.Faults;

public sealed class JobServerTests : IDisposable
{
    private const string CpuGroups = "/sys/fs/cgroup/cpu";
    private readonly FaultFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWithExecutable("mkfifo")]
    public void Fifo_GivesSlots_AndGetsThemBack()
    {
        using FileStream server = Server("abcde");
        using var link = new StuckLink(_folder, ["--threads=3"], $"-j6 --jobserver-auth=fifo:{_folder["slots"]}");

        Waiting(server).Should().Be("cde");
        link.Deliver().Should().Be(0);
        Waiting(server).Order().Should().Equal("abcde");
    }

    [FactWithExecutable("mkfifo")]
    public void EmptyServer_LeavesOneThread()
    {
        using FileStream server = Server("");
        using var link = new StuckLink(_folder, ["--threads=3"], $"--jobserver-auth=fifo:{_folder["slots"]}");

        link.Deliver().Should().Be(0);
        Waiting(server).Should().BeEmpty();
    }

    [FactWithExecutable("mkfifo")]
    public void EndedByASignal_GivesSlotsBack()
    {
        foreach (int signal in (int[])[FaultFolder.SIGTERM, FaultFolder.SIGINT, FaultFolder.SIGHUP])
        {
            using FileStream server = Server("abc");
            using var link = new StuckLink(_folder, ["--threads=8"], $"--jobserver-auth=fifo:{_folder["slots"]}", StuckLink.EndedBySignals);

            Waiting(server).Should().BeEmpty();
            link.End(signal).Should().Be(128 + signal);
            Waiting(server).Order().Should().Equal("abc");
        }
    }

    [FactWithExecutable("mkfifo")]
    public void Pipe_GivesSlots_AndGetsThemBack()
    {
        using FileStream server = Server("abcde");
        foreach (string option in (string[])["--jobserver-auth=7,8", "--jobserver-fds=7,8"])
        {
            using var link = new StuckLink(_folder, ["--threads=3"], option, "sh", "-c", "exec 7<>slots 8>slots; exec \"$@\"", "sh");
            Waiting(server).Should().HaveLength(3);
            link.Deliver().Should().Be(0);
            Waiting(server).Order().Should().Equal("abcde");
        }
    }

    [FactWithExecutable]
    public void ServerThatIsNotThere_IsNoObstacle()
    {
        foreach (string flags in (string[])["--jobserver-auth=97,98", "--jobserver-auth=-2,-2", "--jobserver-auth=fifo:none", "--jobserver-auth=fifo:one.o", "--jobserver-auth=0,1", "-j --jobserver-auth=", "n"])
        {
            byte[] before = File.ReadAllBytes(_folder["one.o"]);
            _folder.Shell($"MAKEFLAGS='{flags}' \"$LD\" one.o -o out < one.o > none.txt").ExitCode.Should().Be(0);
            File.ReadAllBytes(_folder["one.o"]).Should().Equal(before);
        }
    }

    [FactWithExecutable("make")]
    public void Make_LosesNoSlot()
    {
        File.WriteAllText(_folder["Makefile"], "all: $(addprefix out,1 2 3 4 5 6 7 8 9)\nout%: one.o\n\t+$(LD) one.o --threads=4 -o $@\n");

        ToolResult result = _folder.Shell("make -j3 LD=\"$LD\"");

        result.ExitCode.Should().Be(0, result.ToString());
        result.Error.Should().BeEmpty("make counts its slots at the end");
    }

    [FactWithCpuGroup]
    public void CpuQuota_LimitsTheThreads()
    {
        using FileStream server = Server("abcdefgh");
        string group = Path.Combine(CpuGroups, $"fullrust-test-{Environment.ProcessId}");
        Directory.CreateDirectory(group);
        try
        {
            File.WriteAllText(Path.Combine(group, "cpu.cfs_period_us"), "100000");
            File.WriteAllText(Path.Combine(group, "cpu.cfs_quota_us"), "100000");
            string join = string.Create(CultureInfo.InvariantCulture, $"echo $$ > {group}/cgroup.procs; exec \"$@\"");
            using var link = new StuckLink(_folder, ["--no-fork"], $"--jobserver-auth=fifo:{_folder["slots"]}", "sh", "-c", join, "sh");
            Waiting(server).Should().Be("abcdefgh", "the quota is one processor, which the link has already");
            link.Deliver().Should().Be(0);
        }
        finally
        {
            Directory.Delete(group);
        }
    }

    private FileStream Server(string slots)
    {
        string path = _folder["slots"];
        if (!File.Exists(path))
            ToolRunner.Run("mkfifo", [path]).ExitCode.Should().Be(0);
        var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(slots));
        return stream;
    }

    // Takes what is there and puts it back.
    private static string Waiting(FileStream server)
    {
        var buffer = new byte[64];
        server.WriteByte((byte)'.');
        int count = server.Read(buffer);
        string text = System.Text.Encoding.ASCII.GetString(buffer, 0, count).Replace(".", "", StringComparison.Ordinal);
        server.Write(System.Text.Encoding.ASCII.GetBytes(text));
        return text;
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FactWithCpuGroupAttribute : FactAttribute
    {
        public FactWithCpuGroupAttribute()
        {
            if (!File.Exists(Path.Combine(Repository.Root, "artifacts", "bin", "fullrust")))
                Skip = "the native executable is not built (./x tool)";
            else if (!File.Exists(Path.Combine(CpuGroups, "cpu.cfs_quota_us")) && !Directory.Exists(CpuGroups))
                Skip = "no version 1 control group for processors here";
            else if (Environment.UserName != "root")
                Skip = "only root may make control groups here";
        }
    }
}
