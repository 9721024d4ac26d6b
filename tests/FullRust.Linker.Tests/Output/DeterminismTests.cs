// Same inputs and options, same bytes: twice, with any number of threads, from another folder, at another time.

using System;
using System.IO;
using FluentAssertions;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Output;

public sealed class DeterminismTests
{
    private static readonly string[] s_arguments = ["crt.o", "a.o", "b.o", "lib.a", "--gc-sections", "--eh-frame-hdr", "--build-id=sha1"];

    [Fact]
    public void Twice()
    {
        using LinkFolder folder = Folder();
        byte[] first = folder.Link(s_arguments).ShouldExitWith(33).Bytes;
        folder.Link(s_arguments).ShouldSucceed().Bytes.Should().Equal(first);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("7")]
    public void AnyNumberOfThreads(string threads)
    {
        using LinkFolder folder = Folder();
        byte[] first = folder.Link(s_arguments).ShouldSucceed().Bytes;
        folder.Link([.. s_arguments, "--threads=" + threads]).ShouldSucceed().Bytes.Should().Equal(first);
    }

    [Fact]
    public void AnotherFolderAndTime()
    {
        using LinkFolder folder = Folder(), other = Folder();
        foreach (string path in Directory.EnumerateFiles(other.Path))
            File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        other.Link(s_arguments).ShouldSucceed().Bytes.Should().Equal(folder.Link(s_arguments).ShouldSucceed().Bytes);
    }

    [Fact]
    public void ManyAtOnce()
    {
        using LinkFolder folder = Folder();
        byte[] first = folder.Link(s_arguments).ShouldSucceed().Bytes;
        System.Threading.Tasks.Parallel.For(0, 8, i =>
            folder.Link([.. s_arguments, "-o", folder["out" + i]]).ShouldSucceed().Bytes.Should().Equal(first));
    }

    private static LinkFolder Folder()
    {
        var folder = new LinkFolder();
        string[] flags = ["-g", "-ffunction-sections", "-fdata-sections", "-fasynchronous-unwind-tables"];
        folder.Start().Compile("a.o", "int b(int); int c(int); static __thread int t = 3; int main(void) { return b(10) + c(20) + t; }", flags);
        folder.Compile("b.o", "const char *text(void) { return \"text\"; } int b(int x) { return x + (text()[0] == 't') - 1; }", flags);
        folder.Compile("c.o", "int c(int x) { return x; } int dead(void) { return 5; }", flags);
        return folder.Archive("lib.a", "rcs", "c.o");
    }
}
