using System;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Tests.Scripts;
using FullRust.TestKit;
using FullRust.TestKit.Linking;
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
        LinkOutcome outcome = _shop.TryLink([.. Inputs(), option + path]).ShouldSucceed();
        return path == "-" ? outcome.Printed : File.ReadAllText(path);
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
    public void Map_NamesCommonSymbolsAndTheirObjects()
    {
        string main = _shop.Assemble("common", ".globl _start\n_start: ret\n.comm shared,8,4\n");
        string[] lines = _shop.TryLink([main, "-Map=-"]).ShouldSucceed().Printed.Split('\n');
        int at = Array.FindIndex(lines, l => l.EndsWith($"        8     4         {main}:(COMMON)", StringComparison.Ordinal));
        at.Should().BePositive();
        lines[at + 1].Should().EndWith("        8     1                 shared");
    }

    [Fact]
    public void WhyExtract_NamesWhoAsked() => Report("--why-extract=", "-").Should().Be(
        $"reference\textracted\tsymbol\n{_shop.Path("main.o")}\t{_shop.Path("libv.a")}(v.o)\tvalue\n");

    [Fact]
    public void ArchiveStats_CountMembers() => Report("--print-archive-stats=", "-").Should().Be($"members\textracted\tarchive\n2\t1\t{_shop.Path("libv.a")}\n");

    [Fact]
    public void Trace_NamesObjectsAndMembers()
    {
        string printed = _shop.TryLink([.. Inputs(), "--trace"]).Printed;
        printed.Should().Be($"{_shop.Path("main.o")}\n{_shop.Path("libv.a")}(v.o)\n");
    }

    [Fact]
    public void TraceSymbol_NamesReferencesAndDefinitions()
    {
        string printed = _shop.TryLink([.. Inputs(), "-y", "value", "--trace-symbol=other"]).Printed;
        printed.Split('\n').Should().Contain($"{_shop.Path("main.o")}: reference to value")
            .And.Contain($"{_shop.Path("libv.a")}(v.o): definition of value").And.Contain($"{_shop.Path("libv.a")}: lazy definition of other");
    }

    [Fact]
    public void Cref_PutsTheDefinitionFirst()
    {
        string printed = _shop.TryLink([.. Inputs(), "--cref"]).Printed;
        string[] lines = printed.Split('\n');
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
        string output = _shop.Link([.. inputs, odd, "--dependency-file=d", "-o", _shop.Path("out")]);
        string text = File.ReadAllText(_shop.Path("d"));
        text.Should().StartWith(output + ": \\\n  ").And.Contain($"  {_shop.Path("libv.a")} \\\n").And.Contain("a\\ $$b\\#c.o\n").And.Contain($"\n{_shop.Path("main.o")}:\n");
    }

    [Fact]
    public void Reproduce_ReplaysAndIsReproducible()
    {
        string[] inputs = [.. Inputs()[..1], "-L" + _shop.Folder, "-lv", "--reproduce", _shop.Path("r.tar")];
        byte[] expected = File.ReadAllBytes(_shop.Link(inputs)), tar = File.ReadAllBytes(_shop.Path("r.tar"));
        _shop.Link(inputs);
        File.ReadAllBytes(_shop.Path("r.tar")).Should().Equal(tar);
        string folder = _shop.Path("unpacked");
        Directory.CreateDirectory(folder);
        TarFile.ExtractToDirectory(new MemoryStream(tar), folder, overwriteFiles: false);
        string[] arguments = File.ReadAllLines(Path.Combine(folder, "r", "response.txt"));
        File.ReadAllText(Path.Combine(folder, "r", "version.txt")).Should().Contain("compatible with GNU linkers");
        arguments.Should().NotContain(a => a.Contains("reproduce")).And.Contain("-lv");
        LinkerUnderTest.Link(arguments, Path.Combine(folder, "r")).ShouldSucceed().Bytes.Should().Equal(expected);
    }

    [Fact]
    public void Reproduce_DigestsOfNamesWithLineEnds_AreChecked()
    {
        string odd = _shop.Path("a\nb\\c.o");
        File.Copy(Inputs()[0], odd);
        _shop.Link(odd, _shop.Path("libv.a"), "--reproduce", _shop.Path("r.tar"));
        TarFile.ExtractToDirectory(_shop.Path("r.tar"), _shop.Folder, overwriteFiles: false);
        ToolResult check = ToolRunner.Run("sha256sum", ["-c", "inputs.sha256"], _shop.Path("r"));
        check.ExitCode.Should().Be(0, check.ToString());
        check.Output.Should().Contain("a\\nb\\\\c.o: OK").And.Contain("libv.a: OK");
    }

    [Fact]
    public void MemoryUsage_HasGnusColumns()
    {
        string main = _shop.Assemble("m", ".section .x,\"a\"\n.zero 512\n");
        string printed = _shop.TryLink(main, "-e", "0", "--print-memory-usage", "-T", _shop.Write("s.ld", "MEMORY { rom : ORIGIN = 0x10000, LENGTH = 1K } SECTIONS { .x : { *(.x) } >rom }")).Printed;
        printed.Should().Be("Memory region         Used Size  Region Size  %age Used\n             rom:         512 B         1 KB     50.00%\n");
    }
}
