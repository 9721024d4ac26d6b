// --relink with the native executable: a program, the recording of its link, and what was changed in either.

using System;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.TestKit;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class RelinkTests : IDisposable
{
    private readonly LinkFolder _folder = new LinkFolder()
        .Assemble("main.o", ".globl _start\n_start: call f\n mov $60, %eax\n xor %edi, %edi\n syscall\n")
        .Assemble("f.o", ".globl f\nf: ret\n.section .rodata\n.asciz \"some text that is linked\"\n").Archive("libf.a", "rcs", "f.o");

    public void Dispose() => _folder.Dispose();

    private ToolResult Run(string role, params string[] arguments) => ToolRunner.Run(Repository.ExecutableAs(role), arguments, _folder.Path);

    private string Record()
    {
        Run("fullrust-ld", "main.o", "-L.", "-lf", "--provenance", "--build-id", "-o", "app", "--reproduce=r.tar").ExitCode.Should().Be(0);
        System.Formats.Tar.TarFile.ExtractToDirectory(_folder["r.tar"], _folder.Path, overwriteFiles: false);
        return _folder["r"];
    }

    private static string InRecording(string recording, string name) => Directory.EnumerateFiles(recording, name, SearchOption.AllDirectories).Single();

    private static void Flip(string path, int offset)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[offset] ^= 0x20;
        File.WriteAllBytes(path, bytes);
    }

    [FactWithExecutable]
    public void SameInputs_GiveTheSameBytes()
    {
        Record();

        ToolResult result = Run("fullrust-verify", "binary", "--relink", "r", "app");

        result.ExitCode.Should().Be(0, result.ToString());
        result.Output.Should().Contain("the repeated link gives the same bytes");
        ToolRunner.Run("sha256sum", ["--status", "-c", "inputs.sha256"], _folder["r"]).ExitCode.Should().Be(0);
    }

    [FactWithExecutable]
    public void ChangedInput_IsNamed()
    {
        string archive = InRecording(Record(), "libf.a");
        Flip(archive, File.ReadAllBytes(archive).AsSpan().IndexOf("some text"u8));

        ToolResult result = Run("fullrust-verify", "binary", "--relink", "r", "app");

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("libf.a is not the one that was linked").And.Contain("the recorded inputs are not the ones that the file's record of its link names")
            .And.Contain("bytes that differ from the repeated link").And.Contain("error[FRV-C03]");
    }

    [FactWithExecutable]
    public void MissingInput_IsNamed()
    {
        File.Delete(InRecording(Record(), "main.o"));

        ToolResult result = Run("fullrust-verify", "binary", "--relink", "r", "app");

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("main.o cannot be read").And.Contain("the link cannot be repeated");
    }

    [FactWithExecutable]
    public void ChangedOutput_IsNamedWithItsPlace()
    {
        Record();
        Flip(_folder["app"], (int)ElfReader.Open(_folder["app"]).Section(".text").Offset + 6);

        ToolResult result = Run("fullrust-verify", "binary", "--relink", "r", "app");

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("(.text): bytes that differ from the repeated link: 1, the first at 0x");
    }

    [FactWithExecutable]
    public void AnotherLinker_IsSaidWhereTheBytesDiffer()
    {
        File.WriteAllText(Path.Combine(Record(), "version.txt"), "fullrust-ld 99.0\n");
        Run("fullrust-verify", "binary", "--relink", "r", "app").ExitCode.Should().Be(0, "the same bytes need no explanation");
        Flip(_folder["app"], (int)ElfReader.Open(_folder["app"]).Section(".text").Offset);

        Run("fullrust-verify", "binary", "--relink", "r", "app").Output.Should().Contain("the recording was made by another linker (fullrust-ld 99.0), this is fullrust-ld ");
    }

    [FactWithExecutable]
    public void WhatIsNoRecording_CannotBeDecided()
    {
        Record();

        Run("fullrust-verify", "binary", "--relink", ".", "app").ExitCode.Should().Be(2);
        Run("fullrust-verify", "binary", "--relink", "r.tar", "app").Error.Should().Contain("unpacked (tar xf)");
        Run("fullrust-verify", "binary", "--relink", "r", "app", "app").ExitCode.Should().Be(2);
    }
}
