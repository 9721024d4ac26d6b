// Inputs that another process changes while they are linked: named, exit code 1, no output; never a death by SIGBUS.

using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.Faults;

public sealed class ChangingInputTests
{
    private const int Tries = 60;

    [FactWithExecutable]
    public void MappedInput_ThatShrinks_IsNamed()
    {
        using FaultFolder folder = Folder(out byte[] input);
        string[] seen = Disturb(folder, input, static file => file.SetLength(0), "became shorter");
        seen.Should().Contain(static text => text.Contains("input changed while linking: bulk.o: it became shorter or can no longer be read", StringComparison.Ordinal));
    }

    [FactWithExecutable]
    public void MappedInput_ThatIsRewritten_IsNamed()
    {
        using FaultFolder folder = Folder(out byte[] input);
        string[] seen = Disturb(folder, input, static file => file.WriteByte(0x7f), "input changed");
        seen.Should().Contain(static text => text.Contains("input changed while linking: bulk.o", StringComparison.Ordinal));
    }

    private static FaultFolder Folder(out byte[] input)
    {
        var folder = new FaultFolder();
        folder.Assemble("bulk.o", ".data\n.fill 30000000, 1, 7\n");
        input = File.ReadAllBytes(folder["bulk.o"]);
        return folder;
    }

    // Stops the link as soon as it has mapped the input, changes it, and lets the link go on.
    private static string[] Disturb(FaultFolder folder, byte[] input, Action<FileStream> change, string wanted)
    {
        var seen = new System.Collections.Generic.List<string>();
        for (int i = 0; i < Tries && !seen.Exists(text => text.Contains(wanted, StringComparison.Ordinal)); i++)
        {
            File.WriteAllBytes(folder["bulk.o"], input);
            File.WriteAllText(folder["out"], "old");
            using Process link = folder.Start(["one.o", "bulk.o", "-o", "out"]);
            StopOnceMapped(link);
            using (FileStream file = File.OpenWrite(folder["bulk.o"]))
                change(file);
            FaultFolder.Signal(link, FaultFolder.SIGCONT);
            string error = link.StandardError.ReadToEnd();
            link.WaitForExit();
            link.ExitCode.Should().BeOneOf([0, 1], error);
            if (link.ExitCode == 1)
                File.ReadAllText(folder["out"]).Should().Be("old", error);
            folder.ShouldHoldOnly("out", "bulk.o");
            seen.Add(error);
        }

        return [.. seen];
    }

    private static void StopOnceMapped(Process link)
    {
        string maps = $"/proc/{link.Id}/maps";
        try
        {
            while (!File.ReadAllText(maps).Contains("bulk.o", StringComparison.Ordinal) && !link.HasExited)
                Thread.SpinWait(20);
            FaultFolder.Signal(link, FaultFolder.SIGSTOP);
        }
        catch (IOException)
        {
            // It was quicker.
        }
    }
}
