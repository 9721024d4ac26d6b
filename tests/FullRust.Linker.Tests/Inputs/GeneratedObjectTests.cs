// -b binary and -R: inputs that are no objects become some.

using System;
using System.Collections.Generic;
using System.IO;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Tests.Scripts;
using Xunit;

namespace FullRust.Linker.Tests.Inputs;

public sealed class GeneratedObjectTests : IDisposable
{
    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("ld", "-b")]
    [InlineData("ld.lld", "--format")]
    public void Binary_File_IsDataWithThreeSymbols(string other, string option)
    {
        // The program's exit code is the blob's last byte plus its size.
        string blob = _shop.Write("some blob.bin", "\0\x01\x02*");
        string stem = "_binary_" + string.Concat(System.Linq.Enumerable.Select(blob, static c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        string main = _shop.Assemble("main", $".globl _start\n_start: movzbl {stem}_end-1(%rip), %edi\n add ${stem}_size, %edi\n lea {stem}_start(%rip), %rax\n lea {stem}_end(%rip), %rbx\n sub %rax, %rbx\n cmp $4, %rbx\n jne 1f\n mov $60, %eax\n syscall\n1: hlt\n");
        string[] others = TestKit.ToolRunner.Find(other) is null ? [] : [other];
        string path = _shop.LinkLikeOthers('*' + 4, others, main, option, "binary", blob, option, "default", Make(_shop.Path("empty.o")));
        _shop.Symbol(path, stem + "_size")!.Value.Section.Should().Be("ABS");
    }

    [Fact]
    public void Binary_Relocatable_IsAnObjectForAnyLinker()
    {
        _shop.Write("blob", "hello");
        string path = _shop.Link("-r", "-b", "binary", _shop.Path("blob"));
        string symbols = _shop.Tool("nm", path).Output;
        symbols.Should().Contain("_blob_start").And.Contain("0000000000000005 A ");
        _shop.Bytes(path, ".data").Should().Equal("hello"u8.ToArray());
    }

    [Fact]
    public void JustSymbols_Program_GivesAddressesAndNothingElse()
    {
        string kernel = _shop.Path("kernel");
        File.Copy(_shop.Link("--image-base=0x400000", _shop.Assemble("kernel", ".globl _start, service\n_start: ret\nservice: ret\n.globl value\nvalue = 77\n")), kernel);
        string main = _shop.Assemble("main", ".globl _start2\n_start2: mov $value, %edi\n mov $service, %eax\n mov $60, %eax\n syscall\n");
        string path = _shop.Link("-e", "_start2", "-R", kernel, main);
        _shop.Run(path).Should().Be(77);
        _shop.Symbol(path, "service")!.Value.Should().Be((_shop.Symbol(kernel, "service")!.Value.Value, "NOTYPE", "ABS"));
    }

    [Fact]
    public void JustSymbols_OwnDefinition_WinsInEitherOrder()
    {
        string kernel = _shop.Path("kernel");
        File.Copy(_shop.Link("--image-base=0x400000", _shop.Assemble("kernel", ".globl _start\n_start: ret\n")), kernel);
        foreach (string[] inputs in new[] { new[] { "-R", kernel, _shop.Path("kernel.o") }, [_shop.Path("kernel.o"), "-R", kernel] })
            _shop.Symbol(_shop.Link(inputs), "_start")!.Value.Section.Should().NotBe("ABS");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("\u007fELF")]
    public void JustSymbols_NoSymbolTable_IsAnError(string content) =>
        _shop.LinkFails("-R", _shop.Write("file", content), _shop.Assemble("main", ".globl _start\n_start: ret\n")).Should().ContainSingle(d => d.Id == DiagnosticId.IncompatibleInput);

    private string Make(string path)
    {
        _shop.Assemble(Path.GetFileNameWithoutExtension(path), "nop\n");
        return path;
    }
}
