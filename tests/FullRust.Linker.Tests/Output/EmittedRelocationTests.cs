// --emit-relocs: what is kept must be what was applied, and be what other linkers keep.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Tests.Scripts;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Linker.Tests.Output;

public sealed class EmittedRelocationTests : IDisposable
{
    private const string First = """
        .globl _start
        _start: mov msg(%rip), %rax
         call f@PLT
         lea .Lstr(%rip), %rdi
         mov data@GOTPCREL(%rip), %rax
         test %rax, %rax
         jne 1f
         call absent
        1: mov later(%rip), %edi
         mov $60, %eax
         syscall
        .section .text.f,"ax"
        .globl f
        f: .cfi_startproc
         ret
         .cfi_endproc
        .section .text.dead,"ax"
        dead: .cfi_startproc
         ret
         .cfi_endproc
        .data
        data: .quad msg, f, .data+8, local
        local: .quad .Lstr
        msg: .quad 1
        .weak absent
        .section .rodata.str1.1,"aMS",@progbits,1
        .asciz "abc"
        .Lstr: .asciz "def"
        .section .debug_info,"",@progbits
        .quad f, dead, .text.dead, .debug_str+4
        .section .debug_str,"MS",@progbits,1
        .asciz "xyz"
        .asciz "uvw"
        .comm block,8,8
        .section .tdata,"awT"
        tls: .quad block
        .text
         mov tls@gottpoff(%rip), %rax
        """;

    private const string Second = """
        .globl later
        .section .rodata.str1.1,"aMS",@progbits,1
        .asciz "zzz"
        .asciz "def"
        .Lmerged: .asciz "abc"
        .data
        .quad .Lmerged
        later: .long 42
        .section .debug_info,"",@progbits
        .quad .debug_str+4
        .section .debug_str,"MS",@progbits,1
        .asciz "uvw"
        .asciz "xyz"
        """;

    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("--no-gc-sections")]
    [InlineData("--gc-sections")]
    [InlineData("--strip-debug")]
    [InlineData("--discard-all")]
    public void KeptRelocations_SymbolPlusAddend_IsWhatIsStored(string option)
    {
        string path = Link(option);
        _shop.Run(path).Should().Be(42);
        ToolResult read = _shop.Tool("readelf", "-rsSW", path);
        (read.Output + read.Error).Should().NotContain("Warning").And.NotContain("Error");
        List<Row> rows = Rows(path);
        rows.Should().HaveCountGreaterThan(10);
        int checkedRows = 0;
        foreach (Row row in rows.Where(r => r.Type is "R_X86_64_64" or "R_X86_64_PC32" or "R_X86_64_PLT32"))
        {
            // What GNU as leaves as PC32 and PLT32 is not relaxed, so that the field is S + A - P.
            ulong expected = row.Value + (ulong)row.Addend - (row.Type == "R_X86_64_64" ? 0 : row.Place);
            ulong stored = Stored(path, row);
            stored.Should().Be(row.Type == "R_X86_64_64" ? expected : (uint)expected, row.ToString());
            checkedRows++;
        }

        checkedRows.Should().BeGreaterThan(8);
    }

    [Theory]
    [InlineData("--unresolved-symbols=ignore-all")]
    [InlineData("--warn-unresolved-symbols")]
    [InlineData("--noinhibit-exec")]
    public void KeptRelocations_OfAnUndefinedNameThatIsNoError_NameIt(string option)
    {
        string path = _shop.Link(_shop.Assemble("u", ".globl _start\n_start: call nosuch\n"), "-q", option);

        _shop.Tool("readelf", "-rsW", path).Output.Should().MatchRegex(@"R_X86_64_P\w+32 +0+ nosuch").And.MatchRegex(@"GLOBAL DEFAULT +UND nosuch");
    }

    [FactWithTool("ld.lld")]
    public void KeptRelocations_AllSections_AreThoseOfLld()
    {
        string ours = Link("--gc-sections"), theirs = _shop.Path("out.lld");
        _shop.Tool("ld.lld", "--emit-relocs", "--gc-sections", _shop.Path("first.o"), _shop.Path("second.o"), "-o", theirs);

        // Merged strings may stand in another order, and lld 14 keeps no relocations of .eh_frame under --gc-sections: GNU ld and mold do.
        Comparable(ours).Should().BeEquivalentTo(Comparable(theirs));
        Comparable(ours).Should().Contain(r => r.Contains("absent")).And.Contain(r => r.Contains("R_X86_64_NONE"));
    }

    [FactWithTool("gcc")]
    public void KeptRelocations_CompiledProgram_AreAllValid()
    {
        string source = _shop.Write("c.c", """
            struct s { const char *name; int (*f)(int); };
            static int twice(int x) { return 2 * x; }
            __attribute__((noinline)) int thrice(int x) { return 3 * x; }
            struct s table[] = { { "one", twice }, { "two", thrice } };
            static _Thread_local int counter = 5;
            void _start(void) {
                int code = table[0].f(9) + table[1].f(8);
                __asm__ volatile ("syscall" : : "a"(60), "D"(code));
            }
            """);
        string compiled = _shop.Path("c.o");
        _shop.Tool("gcc", "-c", "-O2", "-g", "-fno-pie", "-ffunction-sections", "-fdata-sections", "-fno-stack-protector", "-o", compiled, source);
        string path = _shop.Link("--emit-relocs", "--gc-sections", compiled);
        _shop.Run(path).Should().Be(42);
        foreach (Row row in Rows(path).Where(r => r.Type is "R_X86_64_64" or "R_X86_64_32"))
            Stored(path, row).Should().Be(row.Value + (ulong)row.Addend, row.ToString());
        Rows(path).Should().Contain(r => r.Section == ".eh_frame").And.Contain(r => r.Section == ".debug_info");
    }

    [Fact]
    public void EmitRelocs_SectionHeaders_LinkTargetAndSymbols()
    {
        string path = Link("--gc-sections");
        byte[] bytes = File.ReadAllBytes(path);
        int headers = (int)BitConverter.ToUInt64(bytes, 40), count = BitConverter.ToUInt16(bytes, 60), found = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = bytes.AsSpan(headers + (64 * i), 64);
            if (BitConverter.ToUInt32(header[4..]) != 4)
                continue;
            found++;
            BitConverter.ToUInt64(header[8..]).Should().Be(0x40, "SHF_INFO_LINK, and not loaded");
            int symtab = headers + (64 * (int)BitConverter.ToUInt32(header[40..])), target = headers + (64 * (int)BitConverter.ToUInt32(header[44..]));
            BitConverter.ToUInt32(bytes, symtab + 4).Should().Be(2);
            BitConverter.ToUInt32(bytes, target + 4).Should().Be(1);
            BitConverter.ToUInt64(header[56..]).Should().Be(24);
        }

        found.Should().Be(5);
    }

    [Fact]
    public void EmitRelocs_ConstructorsThatTurnAround_PlacesTurnToo()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: mov $60, %eax\n xor %edi, %edi\n syscall\na: ret\nb: ret\n.section .ctors,\"aw\"\n.quad a, b\n");
        string path = _shop.Link("--emit-relocs", main);
        foreach (Row row in Rows(path).Where(r => r.Section == ".init_array"))
            Stored(path, row).Should().Be(row.Value + (ulong)row.Addend);
        Rows(path).Count(r => r.Section == ".init_array").Should().Be(2);
    }

    [Theory]
    [InlineData("--strip-all")]
    [InlineData("-z", "nosectionheader")]
    public void EmitRelocs_WithoutSymbolTable_IsRefused(params string[] options) =>
        _shop.LinkFails([.. options, "--emit-relocs", _shop.Assemble("first", First)]).Should().ContainSingle(d => d.Id == DiagnosticId.InvalidOptionValue);

    private string Link(string option) => _shop.Link("-q", option, _shop.Assemble("first", First), _shop.Assemble("second", Second));

    private IEnumerable<string> Comparable(string path) => Rows(path)
        .Where(r => r.Section != ".eh_frame" && !r.Symbol.StartsWith(".rodata", StringComparison.Ordinal) && !r.Symbol.StartsWith(".debug_str", StringComparison.Ordinal))
        .Select(r => $"{r.Section} +0x{r.Place - (_shop.Section(path, r.Section)?.Address ?? 0):x} {r.Type} {r.Symbol} {r.Addend}");

    private ulong Stored(string path, Row row)
    {
        (ulong address, ulong offset, ulong _) = _shop.Section(path, row.Section)!.Value;
        byte[] bytes = File.ReadAllBytes(path);
        int at = (int)(row.Place - address + offset);
        return row.Type == "R_X86_64_64" ? BitConverter.ToUInt64(bytes, at) : BitConverter.ToUInt32(bytes, at);
    }

    private List<Row> Rows(string path)
    {
        var rows = new List<Row>();
        string section = "";
        foreach (string line in _shop.Tool("readelf", "-rW", path).Output.Split('\n'))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line.StartsWith("Relocation section", StringComparison.Ordinal))
                section = fields[2].Trim('\'')[".rela".Length..];
            else if (fields.Length >= 3 && fields[2].StartsWith("R_", StringComparison.Ordinal))
                rows.Add(RowOf(section, fields));
        }

        return rows;
    }

    private static Row RowOf(string section, string[] fields)
    {
        ulong place = Convert.ToUInt64(fields[0], 16);
        if (fields.Length < 7)
            return new Row(section, place, fields[2], 0, "", fields.Length > 3 ? Convert.ToInt64(fields[^1], 16) : 0);
        long addend = Convert.ToInt64(fields[6], 16);
        return new Row(section, place, fields[2], Convert.ToUInt64(fields[3], 16), fields[4], fields[5] == "-" ? -addend : addend);
    }

    private readonly record struct Row(string Section, ulong Place, string Type, ulong Value, string Symbol, long Addend);
}
