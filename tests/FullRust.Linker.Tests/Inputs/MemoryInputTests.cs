// Inputs that are in memory and not on disk, and outputs that never become a file.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Inputs;

[NeedsLibrary("inputs that are no files")]
public sealed class MemoryInputTests
{
    private static readonly byte[] s_main = LinkFolder.AssembleBytes(".globl _start\n_start: call one\n mov %eax, %edi\n mov $60, %eax\n syscall");
    private static readonly byte[] s_one = LinkFolder.AssembleBytes(".globl one\none: mov $11, %eax\n ret");
    private static readonly byte[] s_library = new ArchiveBuilder().Raw("one.o/", s_one).Build();

    private static byte[]? Link(Action<LinkOptions> fill, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var options = new LinkOptions { OutputPath = "/no/such/folder/out" };
        fill(options);
        var sink = new DiagnosticSink();
        using LinkResult result = Linker.Link(options, sink);
        diagnostics = sink.Diagnostics;
        return result.Image?.ToArray();
    }

    private static int Run(byte[] image)
    {
        using var folder = new LinkFolder();
        folder.Write("program", image);
        File.SetUnixFileMode(folder["program"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return TestKit.ToolRunner.Run(folder["program"], []).ExitCode;
    }

    [Fact]
    public void ObjectAndArchive_GiveTheSameBytesAsFilesDo()
    {
        byte[]? image = Link(o => { o.AddInput("main.o", s_main); o.AddInput("libone.a", s_library); }, out _);
        Run(image!).Should().Be(11);
        using var folder = new LinkFolder();
        folder.Write("main.o", s_main).Write("libone.a", s_library);
        folder.Link("main.o", "libone.a").ShouldSucceed().Bytes.Should().Equal(image);
    }

    [Fact]
    public void PartOfALargerArray_IsTakenAsItIs()
    {
        byte[] larger = [.. new byte[3], .. s_main, .. new byte[5]];
        Run(Link(o => { o.AddInput("main.o", larger.AsMemory(3, s_main.Length)); o.AddInput("one.o", s_one); }, out _)!).Should().Be(11);
    }

    [Fact]
    public void LibraryInAFolderThatDoesNotExist_IsFoundByName()
    {
        byte[]? image = Link(o =>
        {
            o.AddInput("main.o", s_main);
            o.MemoryFiles["virtual/libone.a"] = s_library;
            o.LibraryPaths.Add("virtual");
            o.Inputs.Add(new InputArgument(InputKind.Library, "one"));
        }, out _);
        Run(image!).Should().Be(11);
    }

    [Fact]
    public void MembersOfAThinArchive_AreLookedUpBesideIt()
    {
        string size = s_one.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        byte[] thin = [.. "!<thin>\n"u8, .. Encoding.ASCII.GetBytes("one.o/".PadRight(16) + "0".PadRight(12) + "0".PadRight(6) + "0".PadRight(6) + "644".PadRight(8) + size.PadRight(10) + "`\n")];
        Run(Link(o => { o.AddInput("main.o", s_main); o.AddInput("d/lib.a", thin); o.MemoryFiles["d/one.o"] = s_one; }, out _)!).Should().Be(11);
    }

    [Fact]
    public void Script_AndWhatItIncludes_MayBeInMemory()
    {
        byte[]? image = Link(o =>
        {
            o.AddInput("inputs.ld", "INCLUDE more.ld\nINPUT(one.o)"u8.ToArray());
            o.MemoryFiles["more.ld"] = "INPUT(main.o)"u8.ToArray();
            o.MemoryFiles["main.o"] = s_main;
            o.MemoryFiles["one.o"] = s_one;
        }, out _);
        Run(image!).Should().Be(11);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void WhatIsNoObject_IsNamed(int length)
    {
        Link(o => o.AddInput("cut.o", s_main.AsMemory(0, length)), out IReadOnlyList<Diagnostic> diagnostics).Should().BeNull();
        diagnostics.Should().Contain(d => d.Severity == Severity.Error && d.Message.Contains("cut.o"));
    }

    [Fact]
    public void WriteTo_GivesTheImage_FromTheStreamsPosition()
    {
        var options = new LinkOptions();
        options.AddInput("main.o", s_main);
        options.AddInput("one.o", s_one);
        using LinkResult result = Linker.Link(options, new DiagnosticSink());
        var stream = new MemoryStream();
        stream.WriteByte(1);
        result.Image!.WriteTo(stream);
        stream.ToArray().Skip(1).Should().Equal(result.Image.ToArray());
        File.Exists(options.OutputPath).Should().BeFalse();
    }

    [Fact]
    public void AddInput_RefusesAnEmptyName() => FluentActions.Invoking(() => new LinkOptions().AddInput("", s_main)).Should().Throw<ArgumentException>();
}
