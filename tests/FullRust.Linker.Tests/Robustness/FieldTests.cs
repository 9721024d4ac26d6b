// Every field of every header, symbol and relocation of an object, and of every member header of an archive, with every value at an edge
// of what fields hold: one field at a time, everything else as it was.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Robustness;

public sealed class FieldTests
{
    // Offset and width of each field (gABI: Elf64_Ehdr, Elf64_Shdr, Elf64_Sym, Elf64_Rela).
    private static readonly (int At, int Width)[] s_header = [(4, 1), (5, 1), (6, 1), (7, 1), (16, 2), (18, 2), (20, 4), (24, 8), (32, 8), (40, 8), (48, 4), (52, 2), (54, 2), (56, 2), (58, 2), (60, 2), (62, 2)];
    private static readonly (int At, int Width)[] s_section = [(0, 4), (4, 4), (8, 8), (16, 8), (24, 8), (32, 8), (40, 4), (44, 4), (48, 8), (56, 8)];
    private static readonly (int At, int Width)[] s_symbol = [(0, 4), (4, 1), (5, 1), (6, 2), (8, 8), (16, 8)];
    private static readonly (int At, int Width)[] s_relocation = [(0, 8), (8, 4), (12, 4), (16, 8)];

    private static readonly ulong[] s_values =
        [0, 1, 2, 3, 7, 8, 16, 0x18, 0x7f, 0x80, 0xff, 0xff00, 0xfff1, 0xfff2, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff, 1UL << 32, 1UL << 47, long.MaxValue, 1UL << 63, ulong.MaxValue - 7, ulong.MaxValue];

    private static readonly string[] s_texts = ["", "0", "1", "-1", "7", "59", "60", "9999999999", "4294967295", "4294967296", "/", "//", "/0", "/9999", "#1/20", "#1/99999999", "x", "`", "\0"];

    // name, date, owner, group, mode, size, end (ar(5))
    private static readonly (int At, int Width)[] s_member = [(0, 16), (16, 12), (28, 6), (34, 6), (40, 8), (48, 10), (58, 2)];

    [Theory]
    [InlineData("a.o", "--gc-sections", "--eh-frame-hdr", "--icf=all")]
    [InlineData("a.o", "-r", "--emit-relocs")]
    public void Object_EveryField_EveryEdge(params string[] arguments)
    {
        using LinkFolder folder = DamagedInput.Folder();
        foreach ((int at, int width) in Fields(DamagedInput.Object))
        {
            foreach (ulong value in Values(BitConverter.ToUInt64([.. DamagedInput.Object[at..(at + width)], .. new byte[8 - width]]), width))
            {
                byte[] bytes = [.. DamagedInput.Object];
                BitConverter.GetBytes(value).AsSpan(0, width).CopyTo(bytes.AsSpan(at));
                DamagedInput.Try(folder, "a.o", bytes, arguments, $"{width} bytes at {at} are 0x{value:x}");
            }
        }
    }

    [Fact]
    public void Archive_EveryMemberField_EveryText()
    {
        using LinkFolder folder = DamagedInput.Folder();
        byte[] archive = DamagedInput.Archive();
        foreach (int header in Members(archive))
        {
            foreach ((int at, int width) in s_member)
            {
                foreach (string text in s_texts.Where(text => text.Length <= width))
                {
                    byte[] bytes = [.. archive];
                    Encoding.ASCII.GetBytes(text.PadRight(width)).CopyTo(bytes, header + at);
                    DamagedInput.Try(folder, "lib.a", bytes, ["start.o", "lib.a"], $"\"{text}\" at {header + at}");
                }
            }
        }
    }

    // The values, those beside what is there, and each bit of small fields turned.
    private static IEnumerable<ulong> Values(ulong old, int width)
    {
        ulong mask = width == 8 ? ulong.MaxValue : (1UL << (width * 8)) - 1;
        IEnumerable<ulong> all = s_values.Append(unchecked(old + 1)).Append(unchecked(old - 1));
        if (width <= 2)
            all = all.Concat(Enumerable.Range(0, width * 8).Select(bit => old ^ (1UL << bit)));
        return all.Select(value => value & mask).Where(value => value != old).Distinct();
    }

    private static IEnumerable<(int At, int Width)> Fields(byte[] file)
    {
        const uint SymbolTable = 2, Relocations = 4;
        var reader = new ElfReader(file);
        int table = (int)BitConverter.ToUInt64(file, 40);
        IEnumerable<(int, int)> fields = s_header.Concat(Rows(table, reader.Sections.Count, 64, s_section));
        foreach (ElfSection section in reader.Sections)
        {
            if (section.Type == SymbolTable)
                fields = fields.Concat(Rows((int)section.Offset, (int)section.Size / 24, 24, s_symbol));
            else if (section.Type == Relocations)
                fields = fields.Concat(Rows((int)section.Offset, (int)section.Size / 24, 24, s_relocation));
        }

        return fields;
    }

    private static IEnumerable<(int At, int Width)> Rows(int start, int count, int size, (int At, int Width)[] fields) =>
        Enumerable.Range(0, count).SelectMany(row => fields.Select(field => (start + (row * size) + field.At, field.Width)));

    private static IEnumerable<int> Members(byte[] archive)
    {
        for (int at = 8; at + 60 <= archive.Length;)
        {
            yield return at;
            int size = int.Parse(Encoding.ASCII.GetString(archive, at + 48, 10), System.Globalization.CultureInfo.InvariantCulture);
            at += 60 + ((size + 1) & ~1);
        }
    }
}
