using System;
using System.IO;
using System.Threading.Tasks;
using FluentAssertions;
using FullRust.Driver.Toolchain;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.Toolchain;

public sealed class SysrootManifestTests
{
    private static TempFolder Complete()
    {
        var folder = new TempFolder();
        folder.Write("lib/own.rlib", "own");
        folder.Write("toolchain/core.rlib", "core");
        File.CreateSymbolicLink(folder["lib", "core.rlib"], folder["toolchain", "core.rlib"]);
        SysrootManifest.Write(folder.Path, "rustc 1.0");
        return folder;
    }

    [Fact]
    public void Holds_ForWhatWasWritten()
    {
        using TempFolder folder = Complete();
        SysrootManifest.Holds(folder.Path).Should().BeTrue();
        SysrootManifest.TitleOf(folder.Path).Should().Be("rustc 1.0");
    }

    [Fact]
    public void Holds_NotWithoutTheList()
    {
        using TempFolder folder = Complete();
        File.Delete(folder[SysrootManifest.FileName]);
        SysrootManifest.Holds(folder.Path).Should().BeFalse();
    }

    [Theory]
    [InlineData("lib/own.rlib")]
    [InlineData("toolchain/core.rlib")]
    public void Holds_NotWhenAFileIsGoneOrShorter(string file)
    {
        using TempFolder folder = Complete();
        File.WriteAllText(folder[file], "x");
        SysrootManifest.Holds(folder.Path).Should().BeFalse();
        File.Delete(folder[file]);
        SysrootManifest.Holds(folder.Path).Should().BeFalse();
    }

    [Fact]
    public void FileLock_LetsOneHolderInAtATime()
    {
        using var folder = new TempFolder();
        int inside = 0, most = 0;
        Parallel.For(0, 8, _ =>
        {
            using FileLock held = FileLock.Take(folder["lock"], "a test");
            most = Math.Max(most, ++inside);
            Task.Delay(5).Wait();
            inside--;
        });
        most.Should().Be(1);
    }
}
