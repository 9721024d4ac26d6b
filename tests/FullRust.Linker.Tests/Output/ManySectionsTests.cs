// gABI, "Sections": more sections than the 16-bit fields of the ELF header and of symbols can name.

using System;
using System.IO;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Linker.Tests.Scripts;
using Xunit;

namespace FullRust.Linker.Tests.Output;

public sealed class ManySectionsTests : IDisposable
{
    private const int Count = 65_400;
    private readonly LinkWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void OutputSections_BeyondReservedIndices_AreNumberedInSymtabShndx()
    {
        string path = _shop.Link(_shop.Assemble("many", Source()));
        byte[] bytes = File.ReadAllBytes(path);
        BitConverter.ToUInt16(bytes, 60).Should().Be(0, "e_shnum is in section header 0");
        BitConverter.ToUInt16(bytes, 62).Should().Be(0xffff, "so is e_shstrndx");
        ToolResultOf("-hSsW", path).Should().NotContain("Warning").And.NotContain("Error");
        _shop.Run(path).Should().Be(42);

        // An unrelated reader finds the sections of symbols on both sides of the border.
        string symbols = ToolResultOf("-sW", path);
        foreach (string line in symbols.Split('\n'))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 8 && (fields[7] is "marker" or "local_marker" or "v00007" or "v65399"))
                SectionName(path, int.Parse(fields[6])).Should().Be(fields[7].StartsWith('v') ? "s" + fields[7][1..] : "zlast");
        }

        symbols.Should().Contain("local_marker");
        string copy = _shop.Path("copy");
        _shop.Tool("objcopy", path, copy);
        _shop.Run(copy).Should().Be(42);
    }

    [Fact]
    public void OutputSections_BelowReservedIndices_NeedNoTable() =>
        _shop.Section(_shop.Link(_shop.Assemble("few", "_start: .globl _start\n nop\n")), ".symtab_shndx").Should().BeNull();

    [Fact]
    public void Segments_MoreThanLinuxLoads_AreAnError()
    {
        int[] all = [.. Enumerable.Range(0, 1300)];
        string source = "_start: .globl _start\n ret\n" + string.Concat(all.Select(static i => $".section s{i},\"aw\"\n.byte 1\n"));
        string[] addresses = [.. all.Select(static i => $"--section-start=s{i}=0x{0x1000000 + (i * 0x1000):x}")];
        string main = _shop.Assemble("main", source);
        _shop.LinkFails([main, .. addresses]).Should().ContainSingle().Which.Message.Should().Contain("at most 1170");
        _shop.TryLink([main, .. addresses[..200]]).Diagnostics.Should().BeEmpty();
    }

    private string ToolResultOf(string flags, string path) => _shop.Tool("readelf", flags, path) is var result ? result.Output + result.Error : "";

    private static string SectionName(string path, int index)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int headers = (int)BitConverter.ToUInt64(bytes, 40);
        int names = (int)BitConverter.ToUInt64(bytes, headers + ((int)BitConverter.ToUInt32(bytes, headers + 40) * 64) + 24);
        int at = names + (int)BitConverter.ToUInt32(bytes, headers + (index * 64));
        return Encoding.ASCII.GetString(bytes, at, Array.IndexOf(bytes, (byte)0, at) - at);
    }

    private static string Source()
    {
        var text = new StringBuilder(".globl _start\n_start: mov $60, %eax\n mov marker, %edi\n syscall\n");
        for (int i = 0; i < Count; i++)
            text.Append($".section s{i:d5},\"aw\"\n.globl v{i:d5}\nv{i:d5}: .byte 1\n");
        return text.Append(".section zlast,\"aw\"\n.globl marker\nmarker: .long 42\nlocal_marker: .byte 7").ToString();
    }
}
