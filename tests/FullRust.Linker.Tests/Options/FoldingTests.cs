// Which data --icf folds; what it does with functions is in tests/link-cases/folding.

using System;
using FluentAssertions;
using FullRust.Linker.Tests.Scripts;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Linker.Tests.Options;

public sealed class FoldingTests : IDisposable
{
    private const string Tables = """
        .globl _start, one, two, three
        _start: lea one(%rip), %rax
        lea two(%rip), %rcx
        lea three(%rip), %rdx
        .section .rodata.one,"a"
        one: .long 1, 2
        .section .rodata.two,"a"
        two: .long 1, 2
        .section .rodata.three,"a"
        three: .long 1, 2

        """;

    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [FactWithTool("llvm-mc")]
    public void Icf_DataThatItsObjectDoesNotList_IsFolded()
    {
        string source = _shop.Write("main.s", Tables + ".addrsig\n.addrsig_sym three\n"), main = _shop.Path("main.o");
        _shop.Tool("llvm-mc", "-filetype=obj", "-triple=x86_64", source, "-o", main);
        foreach (string policy in (string[])["safe", "all"])
        {
            string path = _shop.Link("--icf=" + policy, main);
            AddressOf(path, "one").Should().Be(AddressOf(path, "two")).And.NotBe(AddressOf(path, "three"));
        }
    }

    [Theory]
    [InlineData("safe")]
    [InlineData("all")]
    public void Icf_DataOfObjectsWithoutAList_StaysApart(string policy)
    {
        string path = _shop.Link("--icf=" + policy, _shop.Assemble("main", Tables));
        AddressOf(path, "one").Should().NotBe(AddressOf(path, "two"));
    }

    private ulong AddressOf(string path, string name) => _shop.Symbol(path, name)!.Value.Value;
}
