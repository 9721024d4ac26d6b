using System;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Linker.Tests.Scripts;
using Xunit;

namespace FullRust.Linker.Tests.Reports;

public sealed class ReportTests : IDisposable
{
    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    private string[] Inputs()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: mov value(%rip), %edi\nmov $60, %eax\nsyscall\n.section .unused,\"ax\"\nnop\n");
        _shop.Assemble("v", ".data\n.globl value\nvalue: .long 7\n");
        _shop.Assemble("w", ".data\n.globl other\nother: .long 7\n");
        _shop.Tool("ar", "rcs", "libv.a", "v.o", "w.o");
        return [main, _shop.Path("libv.a"), "--gc-sections"];
    }

    private string Report(string option, string path)
    {
        (string? output, _, LinkResult? result) = _shop.TryLink([.. Inputs(), option + path]);
        output.Should().NotBeNull();
        return Encoding.UTF8.GetString(result!.Reports.Single(r => r.Path == path).Bytes);
    }

    [Fact]
    public void Map_HasLldsShape()
    {
        string[] lines = Report("-Map=", _shop.Path("m")).Split('\n');
        lines[0].Should().Be("             VMA              LMA     Size Align Out     In      Symbol");
        lines.Should().Contain(l => l.EndsWith(" .text")).And.Contain(l => l.EndsWith("libv.a(v.o):(.data)")).And.Contain(l => l.EndsWith("                value"));
        lines.Should().Contain(l => l.Contains(":(.unused) unused")).And.Contain(l => l.Contains("libv.a(v.o) by") && l.EndsWith("for value"));
    }

    [Fact]
    public void WhyExtract_NamesWhoAsked() => Report("--why-extract=", "-").Should().Be(
        $"reference\textracted\tsymbol\n{_shop.Path("main.o")}\t{_shop.Path("libv.a")}(v.o)\tvalue\n");

    [Fact]
    public void ArchiveStats_CountMembers() => Report("--print-archive-stats=", "-").Should().Be($"members\textracted\tarchive\n2\t1\t{_shop.Path("libv.a")}\n");

    [Fact]
    public void Trace_NamesObjectsAndMembers()
    {
        (_, _, LinkResult? result) = _shop.TryLink([.. Inputs(), "--trace"]);
        result!.Output.Should().Be($"{_shop.Path("main.o")}\n{_shop.Path("libv.a")}(v.o)\n");
    }

    [Fact]
    public void TraceSymbol_NamesReferencesAndDefinitions()
    {
        (_, _, LinkResult? result) = _shop.TryLink([.. Inputs(), "-y", "value", "--trace-symbol=other"]);
        result!.Output.Split('\n').Should().Contain($"{_shop.Path("main.o")}: reference to value")
            .And.Contain($"{_shop.Path("libv.a")}(v.o): definition of value").And.Contain($"{_shop.Path("libv.a")}: lazy definition of other");
    }

    [Fact]
    public void Cref_PutsTheDefinitionFirst()
    {
        (_, _, LinkResult? result) = _shop.TryLink([.. Inputs(), "--cref"]);
        string[] lines = result!.Output.Split('\n');
        int at = Array.FindIndex(lines, l => l.StartsWith("value ", StringComparison.Ordinal));
        lines[at].Should().EndWith("libv.a(v.o)");
        lines[at + 1].Trim().Should().EndWith("main.o");
    }

    [Fact]
    public void DependencyFile_NamesInputsAndEscapes()
    {
        string[] inputs = Inputs();
        string odd = _shop.Path("a $b#c.o");
        File.Copy(_shop.Path("w.o"), odd);
        (_, _, LinkResult? result) = _shop.TryLink([.. inputs, odd, "--dependency-file=d"]);
        string text = Encoding.UTF8.GetString(result!.Reports.Single().Bytes);
        text.Should().StartWith(_shop.Path("out") + ": \\\n  ").And.Contain($"  {_shop.Path("libv.a")} \\\n").And.Contain("a\\ $$b\\#c.o\n").And.Contain($"\n{_shop.Path("main.o")}:\n");
    }

    [Fact]
    public void Reproduce_ReplaysAndIsReproducible()
    {
        string[] inputs = [.. Inputs()[..1], "-L" + _shop.Folder, "-lv", "--reproduce", _shop.Path("r.tar")];
        byte[] tar = _shop.TryLink(inputs).Result!.Reports.Single().Bytes;
        _shop.TryLink(inputs).Result!.Reports.Single().Bytes.Should().Equal(tar);
        string expected = _shop.Path("expected");
        File.Copy(_shop.Path("out"), expected);
        string folder = _shop.Path("unpacked");
        Directory.CreateDirectory(folder);
        TarFile.ExtractToDirectory(new MemoryStream(tar), folder, overwriteFiles: false);
        string[] arguments = File.ReadAllLines(Path.Combine(folder, "r", "response.txt"));
        File.ReadAllText(Path.Combine(folder, "r", "version.txt")).Should().Contain("compatible with GNU linkers");
        arguments.Should().NotContain(a => a.Contains("reproduce")).And.Contain("-lv");
        _shop.Tool("ld.bfd", ["-o", _shop.Path("replayed"), .. arguments.Select(a => a.StartsWith('-') || a == "out" ? a : Path.Combine(folder, "r", a)).Where(a => a is not ("-o" or "out"))]);
        _shop.Run(_shop.Path("replayed")).Should().Be(_shop.Run(expected));
    }

    [Fact]
    public void MemoryUsage_HasGnusColumns()
    {
        string main = _shop.Assemble("m", ".section .x,\"a\"\n.zero 512\n");
        (_, _, LinkResult? result) = _shop.TryLink(main, "-e", "0", "--print-memory-usage", "-T", _shop.Write("s.ld", "MEMORY { rom : ORIGIN = 0x10000, LENGTH = 1K } SECTIONS { .x : { *(.x) } >rom }"));
        result!.Output.Should().Be("Memory region         Used Size  Region Size  %age Used\n             rom:         512 B         1 KB     50.00%\n");
    }
}
