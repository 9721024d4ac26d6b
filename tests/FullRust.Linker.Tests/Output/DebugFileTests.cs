// --gdb-index and --separate-debug-file: what is made for debuggers is read by one.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Elf;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Tests.Scripts;
using FullRust.TestKit;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Output;

public sealed class DebugFileTests : IDisposable
{
    private const string First = """
        namespace shapes {
        enum class color { red, green };
        enum plain { one, two };
        struct square {
            typedef int measure;
            measure side;
            int area() const;
        };
        int counter = 3;
        static int hidden = 4;
        namespace { int nameless = 5; }
        template <class T> T twice(T x) { return x + x; }
        inline int folded(int x) { return x * 3; }
        }
        int shapes::square::area() const { return side * side + hidden + nameless; }
        int other(int);
        extern "C" void _start() {
            shapes::square s{other(2)};
            int code = s.area() + shapes::twice(shapes::counter) + shapes::folded((int)shapes::color::red) + shapes::one;
            __asm__ volatile("syscall" : : "a"(60), "D"(code));
        }
        """;

    private const string Second = "static int local(int x) { return x + 1; }\nint other(int x) { return local(x) * 2; }\nint dropped(int x) { return x; }\n";
    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("-gdwarf-4", "")]
    [InlineData("-gdwarf-5", "")]
    [InlineData("-gdwarf-5", "-O2")]
    [InlineData("-gdwarf-4", "-ggnu-pubnames")]
    [InlineData("-gdwarf-4", "-fdebug-types-section")]
    [InlineData("-gdwarf-5", "-fdebug-types-section")]
    [InlineData("-gdwarf-5", "-ffunction-sections")]
    public void GdbIndex_Names_AreFoundByReaders(string version, string option)
    {
        if (ToolRunner.Find("g++") is null)
            return;
        string path = _shop.Link(["--gdb-index", "--gc-sections", .. Compile(version, option)]);
        int exit = _shop.Run(path);
        exit.Should().Be(36 + 4 + 5 + 6 + 0);
        ToolResult read = _shop.Tool("readelf", "--debug-dump=gdb_index", path);
        (read.Output + read.Error).Should().NotContain("Warning").And.NotContain("Error").And.Contain("Version 7");
        string names = read.Output[read.Output.IndexOf("Symbol table", StringComparison.Ordinal)..];
        foreach (string name in (string[])["shapes::square::area: ", "shapes::counter: ", "shapes::hidden: ", "shapes::square: ", "_start: ", "other: ", "shapes::twice<int>: ", "local: "])
            names.Should().Contain("] " + name);
        Kind(names, "shapes::counter").Should().Be("global, variable");
        Kind(names, "shapes::hidden").Should().Be("static, variable");
        Kind(names, "shapes::square").Should().Be("global, type");
        Kind(names, "other").Should().Be("global, function");
        if (version == "-gdwarf-5" && option.Length == 0)
            names.Should().Contain("shapes::color::red").And.Contain("shapes::one:").And.Contain("shapes::(anonymous namespace)::nameless").And.Contain("shapes::square::measure");
    }

    [Fact]
    public void GdbIndex_Addresses_AreThoseOfTheProgram()
    {
        if (ToolRunner.Find("g++") is null)
            return;
        string path = _shop.Link(["--gdb-index", "--gc-sections", "--compress-debug-sections=zlib", .. Compile("-gdwarf-5", "-ffunction-sections")]);
        string dump = _shop.Tool("readelf", "--debug-dump=gdb_index", path).Output;
        string[] rows = dump.Split("Address table:")[1].Split("Symbol table:")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        (ulong text, ulong _, ulong size) = _shop.Section(path, ".text")!.Value;
        rows.Should().NotBeEmpty();
        foreach (string[] row in rows.Select(static r => r.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            Convert.ToUInt64(row[0], 16).Should().BeInRange(text, text + size, "the dropped function's tombstone is no address");
            Convert.ToUInt64(row[1], 16).Should().BeGreaterThan(Convert.ToUInt64(row[0], 16)).And.BeLessThanOrEqualTo(text + size);
        }

        ulong start = _shop.Symbol(path, "_start")!.Value.Value;
        rows.Any(r => Convert.ToUInt64(r.Split(' ')[0], 16) <= start && start < Convert.ToUInt64(r.Split(' ')[1], 16)).Should().BeTrue();
    }

    [FactWithTool("gdb", "g++")]
    public void GdbIndex_Debugger_UsesIt()
    {
        string path = _shop.Link(["--gdb-index", .. Compile("-gdwarf-5", "-O0")]);
        ToolResult run = _shop.Tool("gdb", "-nx", "-batch", "-ex", "set complaints 100", "-ex", "info functions area", "-ex", "info types square", "-ex", "info variables nameless",
            "-ex", "info line *other", "-ex", "info scope shapes::twice<int>", path);
        string said = run.Output + run.Error;
        said.Should().NotContain("warning").And.NotContain("During symbol reading").And.NotContain("Skipping");
        said.Should().Contain("int shapes::square::area() const;").And.Contain("shapes::square;").And.Contain("nameless;").And.Contain("second.cc");
    }

    [Fact]
    public void GdbIndex_WithoutDebugInformation_IsNotMade() =>
        _shop.Section(_shop.Link("--gdb-index", _shop.Assemble("main", ".globl _start\n_start: ret\n")), ".gdb_index").Should().BeNull();

    [Fact]
    public void GdbIndex_DamagedDebugInformation_IsLeftOut()
    {
        string main = _shop.Assemble("main", ".globl _start\n_start: mov $60, %eax\n xor %edi, %edi\n syscall\n.section .debug_info,\"\"\n.long 0x7fffffff\n.byte 5, 0, 1, 8\n.section .debug_gnu_pubnames,\"\"\n.long 99\n");
        string path = _shop.Link("--gdb-index", main);
        _shop.Run(path).Should().Be(0);
        _shop.Section(path, ".gdb_index").Should().NotBeNull();
    }

    [FactWithTool("g++", "gdb")]
    public void SeparateDebugFile_Debugger_FindsIt()
    {
        (string program, string debug) = Split("--build-id", "--gdb-index");
        _shop.Run(program).Should().Be(51);
        foreach (string file in (string[])[program, debug])
        {
            ToolResult read = _shop.Tool("readelf", "-hlSsnW", file);
            (read.Output + read.Error).Should().NotContain("Warning").And.NotContain("Error");
        }

        string[] headers = [.. _shop.Tool("readelf", "-SW", program).Output.Split('\n').Where(l => l.Contains("] ."))];
        headers.Should().NotContain(l => l.Contains(" .debug") || l.Contains(" .gdb_index")).And.Contain(l => l.Contains(" .gnu_debuglink")).And.Contain(l => l.Contains(" .symtab"));
        string[] debugHeaders = [.. _shop.Tool("readelf", "-SW", debug).Output.Split('\n')];
        debugHeaders.Single(l => l.Contains("] .text ")).Should().Contain("NOBITS");
        debugHeaders.Single(l => l.Contains("] .note.gnu.build-id ")).Should().NotContain("NOBITS");
        debugHeaders.Should().Contain(l => l.Contains(" .gdb_index")).And.Contain(l => l.Contains(" .debug_info"));
        _shop.Bytes(debug, ".note.gnu.build-id").Should().Equal(_shop.Bytes(program, ".note.gnu.build-id"));
        _shop.Tool("gdb", "-nx", "-batch", "-ex", "info line _start", program).Output.Should().Contain("first.cc");
        ((uint)File.GetUnixFileMode(debug) & 0x49).Should().Be(0);
    }

    [FactWithTool("g++")]
    public void SeparateDebugFile_Link_HasNameAndChecksum()
    {
        (string program, string debug) = Split();
        byte[] link = _shop.Bytes(program, ".gnu_debuglink");
        Encoding.UTF8.GetString(link[..^4]).TrimEnd('\0').Should().Be(Path.GetFileName(debug));
        BitConverter.ToUInt32(link, link.Length - 4).Should().Be(PlainCrc(File.ReadAllBytes(debug)));
    }

    [FactWithTool("g++")]
    public void SeparateDebugFile_StripAll_StripsTheProgramOnly()
    {
        (string program, string debug) = Split("-s");
        _shop.Run(program).Should().Be(51);
        _shop.Section(program, ".symtab").Should().BeNull();
        _shop.Section(debug, ".symtab").Should().NotBeNull();
        _shop.Section(debug, ".debug_line").Should().NotBeNull();
        _shop.Symbol(debug, "_start")!.Value.Section.Should().Be(_shop.Tool("readelf", "-SW", debug).Output.Split('\n').Single(l => l.Contains("] .text "))[2..].Split(']')[0].Trim(' ', '['));
    }

    [Theory]
    [InlineData("--emit-relocs")]
    [InlineData("--oformat=binary")]
    [InlineData("-r")]
    public void SeparateDebugFile_WithWhatItCannotSplit_IsRefused(string option) =>
        _shop.LinkFails("--separate-debug-file", option, _shop.Assemble("main", ".globl _start\n_start: ret\n")).Should().ContainSingle(d => d.Id == DiagnosticId.UnsupportedOption);

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xcbf43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414fa339u)]
    [NeedsLibrary("the sum by itself")]
    public void Crc32_KnownTexts_HaveKnownSums(string text, uint expected)
    {
        var whole = default(Crc32);
        whole.Add(Encoding.ASCII.GetBytes(text));
        whole.Value.Should().Be(expected);
        var parts = default(Crc32);
        foreach (byte b in Encoding.ASCII.GetBytes(text))
            parts.Add([b]);
        parts.Value.Should().Be(expected);
    }

    private static string Kind(string names, string name) =>
        names.Split('\n').First(l => l.Contains("] " + name + ": ")) is var line ? line[(line.LastIndexOf('[') + 1)..].TrimEnd(']') : "";

    private static uint PlainCrc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
        }

        return ~crc;
    }

    private (string Program, string Debug) Split(params string[] options)
    {
        string program = _shop.Path("program"), debug = _shop.Path("program.debug");
        _shop.Link([.. options, "--separate-debug-file=" + debug, "-o", program, .. Compile("-gdwarf-5", "-O0")]);
        return (program, debug);
    }

    private string[] Compile(string version, string option)
    {
        var objects = new List<string>();
        foreach ((string name, string text) in (ReadOnlySpan<(string, string)>)[("first", First), ("second", Second)])
        {
            string path = _shop.Path(name + ".o"), source = _shop.Write(name + ".cc", text);
            string[] options = option.Length == 0 ? [] : [option];
            _shop.Tool("g++", ["-g", version, .. options, "-c", "-fno-pie", "-fno-exceptions", "-fno-asynchronous-unwind-tables", "-fno-stack-protector", "-o", path, source]);
            objects.Add(path);
        }

        return [.. objects];
    }
}
