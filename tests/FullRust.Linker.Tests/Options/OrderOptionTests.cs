// Options that decide the order of input sections and which output section they join.

using System;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Tests.Scripts;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Linker.Tests.Options;

public sealed class OrderOptionTests : IDisposable
{
    private const string Functions = """
        .globl _start
        .section .text.start,"ax"
        _start: mov $60, %eax
         xor %edi, %edi
         syscall
        .section .text.a,"ax"
        .globl a
        a: ret
        .section .text.b,"ax"
        b: ret
        .section .text.c,"ax"
        .globl c
        c: ret
        .section .text.d,"ax"
        .globl d
        d: ret
        """;

    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void SymbolOrderingFile_ListedOnes_ComeFirst()
    {
        string list = _shop.Write("order", "# comment\nd\nb\nabsent\n");
        Order($"--symbol-ordering-file={list}").Should().Equal("d", "b", "_start", "a", "c");
    }

    [Fact]
    public void CallGraphOrderingFile_CallersAndCallees_StandTogether()
    {
        string calls = _shop.Write("calls", "a d 1000\n_start c 10\n");
        Order($"--call-graph-ordering-file={calls}").Should().Equal("a", "d", "_start", "c", "b");
        _shop.Write("calls", "a d\n");
        _shop.LinkFails($"--call-graph-ordering-file={calls}", _shop.Path("main.o")).Should().ContainSingle();
    }

    [Fact]
    public void CallGraphProfile_OfObject_OrdersUnlessSwitchedOff()
    {
        string main = _shop.Assemble("main", Functions + "\n.section .llvm.call-graph-profile,\"e\",@0x6fff4c09\n.reloc ., R_X86_64_NONE, a\n.reloc ., R_X86_64_NONE, d\n.quad 500\n");
        string[] names = ["_start", "a", "b", "c", "d"];
        string path = _shop.Link(main);
        names.OrderBy(n => _shop.Symbol(path, n)!.Value.Value).Take(2).Should().Equal("a", "d");
        path = _shop.Link("--call-graph-profile-sort=none", main);
        names.OrderBy(n => _shop.Symbol(path, n)!.Value.Value).Should().Equal(names);
    }

    [FactWithTool("llvm-mc")]
    public void CallGraphProfile_AsLlvmWritesIt_IsRead()
    {
        // Relocations without addends.
        string source = _shop.Write("main.s", Functions + "\n.cg_profile a, d, 500\n"), main = _shop.Path("main.o");
        _shop.Tool("llvm-mc", "-filetype=obj", "-triple=x86_64", source, "-o", main);
        string path = _shop.Link(main);
        string[] names = ["_start", "a", "b", "c", "d"];
        names.OrderBy(n => _shop.Symbol(path, n)!.Value.Value).Take(2).Should().Equal("a", "d");
    }

    [Fact]
    public void SymbolOrderingFile_NamesWithoutAPlace_AreWarnedAbout()
    {
        string main = _shop.Assemble("main", Functions), list = _shop.Write("list", "b\nnowhere\nb\n");
        _shop.TryLink($"--symbol-ordering-file={list}", main).Diagnostics.Select(static d => d.Message).Should().Equal(
            $"{list}: duplicate ordered symbol: b", "symbol ordering file: no such symbol: nowhere");
        _shop.TryLink($"--symbol-ordering-file={list}", "--no-warn-symbol-ordering", main).Diagnostics.Should().BeEmpty();
    }

    [Fact]
    public void ReverseSections_Members_AreReversed() => Order("--reverse-sections").Should().Equal("d", "c", "b", "a", "_start");

    [Fact]
    public void ShuffleSections_Seed_DecidesAndOnlyMatchesMove()
    {
        string[] once = Order("--shuffle-sections=5");
        once.Should().BeEquivalentTo("_start", "a", "b", "c", "d");
        Order("--shuffle-sections=5").Should().Equal(once);
        Enumerable.Range(1, 9).Any(seed => !Order($"--shuffle-sections={seed}").SequenceEqual(once)).Should().BeTrue();
        Order("--shuffle-sections=.text.[abd]=-1").Should().Equal("_start", "d", "b", "c", "a");
    }

    [Fact]
    public void Arrays_KeepTheirOrder_WhateverIsAsked()
    {
        string main = _shop.Assemble("main", Functions + "\n.section .init_array.2,\"aw\",@init_array\n.quad c\n.section .init_array.1,\"aw\",@init_array\n.quad a\n");
        string path = _shop.Link("--reverse-sections", "--shuffle-sections=3", main);
        byte[] array = _shop.Bytes(path, ".init_array");
        BitConverter.ToUInt64(array).Should().Be(_shop.Symbol(path, "a")!.Value.Value);
        BitConverter.ToUInt64(array, 8).Should().Be(_shop.Symbol(path, "c")!.Value.Value);
    }

    [Theory]
    [InlineData("descending", new[] { "large", "middle", "small" })]
    [InlineData("ascending", new[] { "small", "middle", "large" })]
    public void SortCommon_Alignments_DecideOrder(string how, string[] expected)
    {
        string main = _shop.Assemble("main", Functions + "\n.comm small, 1, 1\n.comm large, 64, 64\n.comm middle, 8, 8\n");
        string path = _shop.Link($"--sort-common={how}", main);
        expected.OrderBy(n => _shop.Symbol(path, n)!.Value.Value).Should().Equal(expected);
    }

    [Fact]
    public void KeepDataSectionPrefix_HotAndUnlikely_StandApart()
    {
        string main = _shop.Assemble("main", Functions + "\n.section .rodata.hot.x,\"a\"\n.quad 1\n.section .data.unlikely.,\"aw\"\n.quad 2\n.section .data.rel.ro.hot.y,\"aw\"\n.quad a\n.section .data.z,\"aw\"\n.quad 3\n");
        string path = _shop.Link("-z", "keep-data-section-prefix", main);
        foreach (string name in (string[])[".rodata.hot", ".data.unlikely", ".data.rel.ro.hot", ".data"])
            _shop.Section(path, name)!.Value.Size.Should().Be(8);
        _shop.Section(_shop.Link(main), ".data")!.Value.Size.Should().Be(16);
        _shop.Run(path).Should().Be(0);
    }

    [Fact]
    public void Unique_MatchesOrOrphans_AreSectionsOfTheirOwn()
    {
        string main = _shop.Assemble("main", Functions + "\n.section .odd,\"a\"\n.quad 1\n.section set,\"a\"\n.quad __start_set\n");
        string other = _shop.Assemble("other", ".section .odd,\"a\"\n.quad 2\n.section set,\"a\"\n.quad 3\n");
        Count(_shop.Link(main, other), ".odd").Should().Be(1);
        string path = _shop.Link("--unique", main, other);
        Count(path, ".odd").Should().Be(2);
        Count(path, "set").Should().Be(1, "its bounds speak of one section");
        Count(path, ".text").Should().Be(1);
        path = _shop.Link("--unique=.text.[ab]", main, other);
        Count(path, ".text.a").Should().Be(1);
        Count(path, ".odd").Should().Be(1);
        _shop.Run(path).Should().Be(0);
    }

    private int Count(string path, string section) =>
        _shop.Tool("readelf", "-SW", path).Output.Split('\n').Count(l => l.Contains($"] {section} "));

    private string[] Order(params string[] options)
    {
        string path = _shop.Link([.. options, _shop.Assemble("main", Functions)]);
        string[] names = ["_start", "a", "b", "c", "d"];
        _shop.Run(path).Should().Be(0);
        return [.. names.OrderBy(n => _shop.Symbol(path, n)!.Value.Value)];
    }
}
