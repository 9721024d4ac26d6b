// Generated links that grow along one axis: everything else stays small, so that the slope over 1×, 2×, 4×, 8× tells what one more of a
// thing costs. Objects are written byte by byte: no compiler decides what is in them, and every linker gets the same files.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Elf.Native;
using FullRust.TestKit.Elf;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Compare.Growth;

/// <summary>One axis.</summary>
/// <param name="Name">Its name, also of its folder.</param>
/// <param name="What">What there is at 1×.</param>
/// <param name="Write">Writes the inputs of a scale to a folder and returns the arguments that name them.</param>
internal sealed record GrowthAxis(string Name, string What, Func<string, int, IReadOnlyList<string>> Write)
{
    /// <summary>The scales.</summary>
    public static readonly int[] Scales = [1, 2, 4, 8];

    private const int Spread = 8;

    // Version 1, "zR", code 1, data -8, return address 16, pcrel sdata4; CFA is rsp+8, the return address at CFA-8.
    private static readonly byte[] s_cie =
    [
        20, 0, 0, 0, 0, 0, 0, 0, 1, (byte)'z', (byte)'R', 0, 1, 0x78, 16, 1, 0x1b, 0x0c, 7, 8, 0x90, 1, 0, 0,
    ];

    /// <summary>All axes.</summary>
    public static readonly IReadOnlyList<GrowthAxis> All =
    [
        new("objects", "500 objects, each a function that calls the next object's", (folder, scale) => Objects(folder, 500 * scale)),
        new("symbols", "40,000 global symbols of 50 characters, each asked for by another object", (folder, scale) => Symbols(folder, 40_000 * scale)),
        new("relocations", "400,000 relocations of code and data", (folder, scale) => Relocations(folder, 400_000 * scale)),
        new("strings", "100,000 mergeable strings of 40 characters, half of them twice", (folder, scale) => Strings(folder, 100_000 * scale)),
        new("groups", "2,000 COMDAT groups with a function each, in 16 objects alike", (folder, scale) => Groups(folder, 2_000 * scale)),
        new("frames", "20,000 functions with unwind records", (folder, scale) => Frames(folder, 20_000 * scale)),
        new("archives", "1,000 archive members in 10 archives, each found only by the one before it", (folder, scale) => Archives(folder, 1_000 * scale)),
    ];

    /// <summary>Makes the link of a scale, once.</summary>
    /// <returns>Its folder.</returns>
    public string Make(string root, int scale)
    {
        string folder = Path.Combine(root, $"{Name}-{scale}x");
        string response = Path.Combine(folder, "response.txt");
        if (File.Exists(response))
            return folder;
        Directory.CreateDirectory(Path.Combine(folder, "inputs"));
        IReadOnlyList<string> inputs = Write(folder, scale);
        File.WriteAllLines(response, [.. inputs, "-static"]);
        return folder;
    }

    private static List<string> Objects(string folder, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Save(folder, $"o{i}.o", Caller(i, i + 1 < count ? Function(i + 1) : null)))];

    private static List<string> Symbols(string folder, int count)
    {
        int each = count / Spread;
        var inputs = new List<string> { Save(folder, "start.o", Caller(0, null)) };
        for (int part = 0; part < Spread; part++)
        {
            var builder = new ObjectBuilder();
            BuiltSection data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[each]);
            for (int i = 0; i < each; i++)
                builder.Symbol(LongName(part, i), (uint)data.Index, (ulong)i, 1, type: STT_OBJECT);
            for (int i = 0; i < each; i++)
                builder.Undefined(LongName((part + 1) % Spread, i));
            inputs.Add(Save(folder, $"s{part}.o", builder));
        }

        return inputs;
    }

    private static List<string> Relocations(string folder, int count)
    {
        const int Targets = 1000;
        int each = count / Spread / 2;
        var inputs = new List<string> { Save(folder, "start.o", Caller(0, null)) };
        for (int part = 0; part < Spread; part++)
        {
            var builder = new ObjectBuilder();
            BuiltSection text = builder.Text(".text", new byte[each * 5]), data = builder.Section(".data", SHF_ALLOC | SHF_WRITE, new byte[each * 8]);
            data.Alignment = 8;
            var symbols = new int[Targets];
            for (int i = 0; i < Targets; i++)
                symbols[i] = builder.Symbol(LongName(part, i), (uint)text.Index, (ulong)(i * 5), 5, type: STT_FUNC);
            for (int i = 0; i < each; i++)
            {
                text.Bytes[i * 5] = 0xe8; // call
                text.Reloc(((ulong)i * 5) + 1, X86_64Reloc.R_X86_64_PLT32, symbols[i * 7 % Targets], -4);
                data.Reloc((ulong)i * 8, X86_64Reloc.R_X86_64_64, symbols[i * 13 % Targets]);
            }

            inputs.Add(Save(folder, $"r{part}.o", builder));
        }

        return inputs;
    }

    private static List<string> Strings(string folder, int count)
    {
        int each = count / Spread;
        var inputs = new List<string> { Save(folder, "start.o", Caller(0, null)) };
        for (int part = 0; part < Spread; part++)
        {
            var text = new StringBuilder();
            for (int i = 0; i < each; i++)
            {
                int number = i % 2 == 0 ? i : (part * each) + i;
                text.Append(CultureInfo.InvariantCulture, $"a string of {number:d9} that inputs may share\0");
            }

            var builder = new ObjectBuilder();
            BuiltSection strings = builder.Section(".debug_str", SHF_MERGE | SHF_STRINGS, Encoding.ASCII.GetBytes(text.ToString()));
            strings.EntrySize = 1;
            inputs.Add(Save(folder, $"t{part}.o", builder));
        }

        return inputs;
    }

    private static List<string> Groups(string folder, int count)
    {
        const int Copies = 16;
        var inputs = new List<string> { Save(folder, "start.o", Caller(0, null)) };
        for (int part = 0; part < Copies; part++)
        {
            var builder = new ObjectBuilder();
            for (int i = 0; i < count; i++)
            {
                BuiltSection text = builder.Text($".text.{LongName(0, i)}", [0xc3, 0x90, 0x90, 0x90]);
                text.Flags |= SHF_GROUP;
                int symbol = builder.Symbol(LongName(0, i), (uint)text.Index, 0, 1, STB_WEAK, STT_FUNC);
                BuiltSection group = builder.Section(".group", 0, [1, 0, 0, 0, .. BitConverter.GetBytes(text.Index)]);
                (group.Type, group.EntrySize, group.Alignment, group.Info) = (SHT_GROUP, 4, 4, (uint)symbol);
            }

            inputs.Add(Save(folder, $"g{part}.o", builder));
        }

        return inputs;
    }

    private static List<string> Frames(string folder, int count)
    {
        int each = count / Spread;
        var inputs = new List<string> { Save(folder, "start.o", Caller(0, null)) };
        for (int part = 0; part < Spread; part++)
        {
            var builder = new ObjectBuilder();
            BuiltSection text = builder.Text(".text", new byte[each * 16]);
            int symbol = builder.SectionSymbol(text);
            var records = new MemoryStream();
            records.Write(s_cie);
            BuiltSection frames = builder.Section(".eh_frame", SHF_ALLOC);
            (frames.Type, frames.Alignment) = (SHT_X86_64_UNWIND, 8);
            for (int i = 0; i < each; i++)
            {
                frames.Reloc((ulong)records.Length + 8, X86_64Reloc.R_X86_64_PC32, symbol, i * 16L);
                records.Write([20, 0, 0, 0, .. BitConverter.GetBytes((int)records.Length + 4), 0, 0, 0, 0, 16, 0, 0, 0, 0, 0x41, 0x0e, 0x10, 0, 0, 0, 0]);
            }

            frames.Bytes = records.ToArray();
            inputs.Add(Save(folder, $"u{part}.o", builder));
        }

        inputs.Add("--eh-frame-hdr");
        return inputs;
    }

    private static List<string> Archives(string folder, int count)
    {
        const int Files = 10;
        var inputs = new List<string> { Save(folder, "start.o", Caller(0, Function(1))) };
        for (int file = 0; file < Files; file++)
        {
            // Neighbours in the chain are in different archives.
            IEnumerable<int> members = Enumerable.Range(1, count).Where(i => i % Files == file);
            string path = $"inputs/lib{file}.a";
            File.WriteAllBytes(Path.Combine(folder, path), Archive([.. members.Select(i => (Function(i), Caller(i, i < count ? Function(i + 1) : null).Build()))]));
            inputs.Add(path);
        }

        return inputs;
    }

    private static byte[] Archive(IReadOnlyList<(string Name, byte[] Bytes)> members)
    {
        const int HeaderSize = 60, Magic = 8;
        int indexSize = ArchiveBuilder.GnuIndex(4, [.. members.Select(m => (m.Name, 0L))]).Length;
        long at = Magic + HeaderSize + indexSize + (indexSize & 1);
        var entries = new List<(string Name, long Offset)>();
        foreach ((string name, byte[] bytes) in members)
        {
            entries.Add((name, at));
            at += HeaderSize + bytes.Length + (bytes.Length & 1);
        }

        ArchiveBuilder archive = new ArchiveBuilder().Raw("/", ArchiveBuilder.GnuIndex(4, entries));
        foreach ((string name, byte[] bytes) in members)
            archive.Raw(name + ".o/", bytes);
        return archive.Build();
    }

    // Function 0 is the program's start. Each calls another one, or the instruction behind the call, and ends the process.
    private static ObjectBuilder Caller(int number, string? callee)
    {
        var builder = new ObjectBuilder();
        string name = Function(number);
        BuiltSection text = builder.Text(".text." + name, 0xe8, 0, 0, 0, 0, 0x31, 0xff, 0xb8, 60, 0, 0, 0, 0x0f, 0x05);
        text.Alignment = 16;
        builder.Symbol(name, (uint)text.Index, 0, (ulong)text.Bytes.Length, type: STT_FUNC);
        if (callee is not null)
            text.Reloc(1, X86_64Reloc.R_X86_64_PLT32, builder.Undefined(callee), -4);
        return builder;
    }

    private static string Function(int number) => number == 0 ? "_start" : $"f{number:d8}";

    private static string LongName(int part, int number) => $"_ZN6growth11of_a_linker4part{part:d2}6symbol{number:d10}17hE";

    private static string Save(string folder, string name, ObjectBuilder builder)
    {
        string path = "inputs/" + name;
        File.WriteAllBytes(Path.Combine(folder, path), builder.Build());
        return path;
    }
}
