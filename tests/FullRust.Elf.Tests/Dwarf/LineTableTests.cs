// Line tables made by the assembler from .loc directives, so that the expected lines stand in the source.

using System;
using System.IO;
using System.Text;
using FluentAssertions;
using FullRust.Elf.Dwarf;
using FullRust.Elf.Tests.Tools;
using Xunit;

namespace FullRust.Elf.Tests.Dwarf;

public sealed class LineTableTests : IDisposable
{
    private const string Source = """
            .file 1 "src/main.rs"
            .file 2 "lib.rs"
            .file 3 "/abs/dir/deep.rs"
            .section .text.first,"ax",@progbits
        first:
            .loc 1 5 9
            nop
            nop
            .loc 1 7
            nop
            .loc 2 1
            nop
            .section .text.second,"ax",@progbits
            nop
        second:
            .loc 3 4000000 1
            nop
            .loc 1 2
            nop
            .skip 70000, 0x90
            .loc 2 9 70
            nop
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Object_GivesLinesOfEachSection(int version)
    {
        ObjectSections elf = Assemble(version);
        uint first = elf.IndexOf(".text.first");
        uint second = elf.IndexOf(".text.second");

        Find(elf, first, 0).Should().Be("main.rs:5 (src/main.rs:5)");
        Find(elf, first, 1).Should().Be("main.rs:5 (src/main.rs:5)");
        Find(elf, first, 2).Should().Be("main.rs:7 (src/main.rs:7)");
        Find(elf, first, 3).Should().EndWith("lib.rs:1" + (version == 5 ? ")" : ""));
        Find(elf, first, 4).Should().BeNull("the section ends there");
        Find(elf, second, 0).Should().BeNull("no line was given yet");
        Find(elf, second, 1).Should().Be("deep.rs:4000000 (/abs/dir/deep.rs:4000000)");
        Find(elf, second, 70_002).Should().Be("main.rs:2 (src/main.rs:2)");
        Find(elf, second, 70_003).Should().EndWith("lib.rs:9" + (version == 5 ? ")" : ""));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Image_GivesLinesOfAddresses(int version)
    {
        string path = Path.Combine(_folder.Path, "image");
        Assemble(version);
        Tool.Run("ld", "-o", path, "--section-start=.text.first=0x401000", "-e", "0x401000", Path.Combine(_folder.Path, "t.o"));
        var elf = new ObjectSections(File.ReadAllBytes(path));
        var table = new LineTable(elf[".debug_line"], elf[".debug_line_str"], elf[".debug_str"]);

        table.TryFind(0x401002, out SourceLocation location).Should().BeTrue();
        location.Line.Should().Be(7);
        location.Path.Should().Be("src/main.rs");
        table.TryFind(0x400000, out _).Should().BeFalse();
    }

    [Fact]
    public void Column_IsKept()
    {
        ObjectSections elf = Assemble(5);
        Table(elf).TryFind(elf.IndexOf(".text.first"), 0, out SourceLocation location).Should().BeTrue();
        location.Column.Should().Be(9);
    }

    [Fact]
    public void LineZero_IsNoLocation()
    {
        byte[] table =
        [
            45, 0, 0, 0, 2, 0, 17, 0, 0, 0, 1, 1, 0, 1, 4, 0, 1, 1,
            0, (byte)'a', (byte)'.', (byte)'s', 0, 0, 0, 0, 0,
            0, 9, 2, 0, 16, 0, 0, 0, 0, 0, 0,
            1, 2, 4, 3, 0x7f, 1, 2, 4, 0, 1, 1,
        ];
        var lines = new LineTable(table, default, default);
        lines.TryFind(0x1000, out SourceLocation location).Should().BeTrue();
        location.ToString().Should().Be("a.s:1");
        lines.TryFind(0x1004, out _).Should().BeFalse();
    }

    [Fact]
    public void Location_WithoutFolder_IsShownOnce() =>
        new SourceLocation("main.c", 3, 0).ToString().Should().Be("main.c:3");

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    public void DamagedTables_NeverThrow(int version, int seed)
    {
        ObjectSections elf = Assemble(version);
        byte[] original = elf[".debug_line"].ToArray();
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] line = original.AsSpan(0, random.Next(4) == 0 ? random.Next(original.Length) : original.Length).ToArray();
            for (int change = random.Next(1, 6); change > 0 && line.Length > 0; change--)
                line[random.Next(line.Length)] = random.Next(3) == 0 ? (byte)0xff : (byte)random.Next(256);
            Action find = () => new LineTable(line, elf[".debug_line_str"], elf[".debug_str"], elf.Relocations(".debug_line"), elf.TryResolve)
                .TryFind(elf.IndexOf(".text.second"), 70_003, out _);
            find.Should().NotThrow("seed {0}, {1}", seed, Convert.ToHexString(line));
        }
    }

    private ObjectSections Assemble(int version)
    {
        string source = Path.Combine(_folder.Path, "t.s");
        string target = Path.Combine(_folder.Path, "t.o");
        File.WriteAllText(source, Source + "\n", Encoding.ASCII);
        Tool.Run("as", $"--gdwarf-{version}", "-o", target, source);
        return new ObjectSections(File.ReadAllBytes(target));
    }

    private static LineTable Table(ObjectSections elf) =>
        new(elf[".debug_line"], elf[".debug_line_str"], elf[".debug_str"], elf.Relocations(".debug_line"), elf.TryResolve);

    private static string? Find(ObjectSections elf, uint section, ulong offset) =>
        Table(elf).TryFind(section, offset, out SourceLocation location) ? location.ToString() : null;
}
