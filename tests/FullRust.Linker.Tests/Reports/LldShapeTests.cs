// Reports that people and scripts read as lld writes them: the same links by lld, and the same lines.

using System;
using System.Collections.Generic;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Tests.Scripts;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Linker.Tests.Reports;

public sealed class LldShapeTests : IDisposable
{
    private const string Main = """
        .globl _start
        _start: call first
         call second
         call member
         mov $60, %eax
         syscall
        .section .text.first,"ax"
        .globl first
        .type first,@function
        first: xor %eax, %eax
         ret
        .section .text.second,"ax"
        .globl second
        .type second,@function
        second: xor %eax, %eax
         ret
        .section .text.dead,"ax"
        dead: ret
        .section .data.dead,"aw"
        .quad dead
        .data
        .quad 5
        .comm block, 8, 8
        """;

    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [FactWithTool("ld.lld")]
    public void PrintGcSections_Lines_AreLlds()
    {
        // lld 14 says nothing of common blocks, lld 22 does as here.
        Ours("--gc-sections", "--print-gc-sections").Where(l => !l.EndsWith("(COMMON)")).Should().BeEquivalentTo(Lld("--gc-sections", "--print-gc-sections").Where(l => !l.EndsWith("(COMMON)")));
        Ours("--gc-sections", "--print-gc-sections").Should().Contain($"removing unused section {_shop.Path("main.o")}:(COMMON)");
    }

    [FactWithTool("ld.lld")]
    public void PrintIcfSections_Lines_AreLlds() => Ours("--icf=all", "--print-icf-sections").Should().Equal(Lld("--icf=all", "--print-icf-sections"));

    [FactWithTool("ld.lld")]
    public void Cref_Table_IsLlds() => Ours("--cref").Should().BeEquivalentTo(Lld("--cref"));

    [FactWithTool("ld.lld")]
    public void Trace_Lines_AreLlds() => Ours("-t").Should().Equal(Lld("-t"));

    [FactWithTool("ld.lld")]
    public void TraceSymbol_Lines_AreLlds() =>
        Ours("-y", "member", "-y", "first").Where(l => !l.Contains("lazy")).Should().BeEquivalentTo(Lld("-y", "member", "-y", "first").Where(l => !l.Contains("lazy")));

    [FactWithTool("ld.lld")]
    public void WhyExtract_Table_IsLlds() => Ours("--why-extract=-").Should().Equal(Lld("--why-extract=-"));

    [FactWithTool("ld.lld")]
    public void Map_CodeAndTables_AreLlds()
    {
        string[] ours = Ours("-M", "--gc-sections"), theirs = Lld("-M", "--gc-sections");
        ours[0].Should().Be(theirs[0]);
        Columns(ours, ".text").Should().Equal(Columns(theirs, ".text"));
        foreach (string table in (string[])[".symtab", ".strtab"])
            Columns(ours, table).Should().Equal(Columns(theirs, table));
    }

    // The lines of an output section with places relative to its start.
    private static List<string> Columns(string[] map, string section)
    {
        int first = Array.FindIndex(map, l => l.EndsWith(" " + section));
        first.Should().BeGreaterThan(0);
        ulong start = Convert.ToUInt64(map[first].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], 16);
        var lines = new List<string>();
        for (int i = first; i < map.Length && (i == first || map[i].Length > 50) && (i == first || map[i][49] == ' '); i++)
        {
            string[] fields = map[i].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            lines.Add($"+{Convert.ToUInt64(fields[0], 16) - start:x}" + map[i][33..]);
        }

        return lines;
    }

    private string[] Inputs()
    {
        _shop.Assemble("member", ".globl member\nmember: ret\n.section .text.dead,\"ax\"\nret\n");
        _shop.Tool("ar", "rcs", "libm.a", "member.o");
        return [_shop.Assemble("main", Main), _shop.Path("libm.a")];
    }

    private string[] Ours(params string[] options) => _shop.TryLink([.. options, .. Inputs()]).ShouldSucceed().PrintedLines;

    private string[] Lld(params string[] options) =>
        _shop.Tool("ld.lld", [.. options, .. Inputs(), "-o", _shop.Path("lld.out")]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
