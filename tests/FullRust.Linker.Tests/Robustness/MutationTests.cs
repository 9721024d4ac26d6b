// Damaged inputs: whatever the bytes, the linker answers with diagnostics or with an image that the kernel could load. It does not
// throw, hang, or take memory without bound. Seeds are fixed, so that every run tries the same; the message names seed and step.

using System;
using System.IO;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;
using static FullRust.Elf.Native.ElfConstants;
using static FullRust.Elf.Native.X86_64Reloc;

namespace FullRust.Linker.Tests.Robustness;

public sealed class MutationTests
{
    private const int Steps = 1500;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MutatedObject_GivesDiagnosticsOrASoundImage(int seed) => Mutate(DamagedInput.Object, "a.o", seed, ["a.o", "--gc-sections", "--eh-frame-hdr"]);

    [Fact]
    public void MutatedObject_WithoutCollection() => Mutate(DamagedInput.Object, "a.o", 4, ["a.o", "--build-id"]);

    // Found by the fuzzer: the scanner looks at the bytes around a relocation, and such a section has a size but no bytes.
    [Fact]
    public void RelocationsOfASectionWithoutBytes_AreRefused()
    {
        foreach (uint type in (uint[])[R_X86_64_GOTPCRELX, R_X86_64_TLSGD, R_X86_64_GOTTPOFF, R_X86_64_GOTPC32_TLSDESC, R_X86_64_PC32])
        {
            var builder = new ObjectBuilder();
            BuiltSection text = builder.Text(".text", new byte[16]);
            text.Type = SHT_NOBITS;
            text.Reloc(8, type, builder.Symbol("_start", (uint)text.Index), -4);
            using LinkFolder folder = DamagedInput.Folder();
            folder.Write("a.o", builder.Build());
            folder.Link("a.o").ShouldFailWith(DiagnosticId.BadRelocation);
        }
    }

    // Found by the fuzzer: relocations of debug sections are written to the output without being applied.
    [Theory]
    [InlineData("-r")]
    [InlineData("--emit-relocs")]
    public void RelocationOfADebugSection_WhoseSymbolDoesNotExist_IsRefused(string option)
    {
        var builder = new ObjectBuilder();
        BuiltSection text = builder.Text(".text", new byte[16]);
        builder.Symbol("_start", (uint)text.Index);
        foreach (int symbol in (int[])[99, int.MinValue, -1])
        {
            builder.Section(".debug_x", 0, new byte[16]).Reloc(0, R_X86_64_64, symbol);
            using LinkFolder folder = DamagedInput.Folder();
            folder.Write("a.o", builder.Build());
            folder.Link(option, "a.o").ShouldFailWith(DiagnosticId.BadRelocation);
        }
    }

    // Found by the fuzzer: the relocation of a thread-local access's call goes with the access and is not looked at by itself.
    [Theory]
    [InlineData(99)]
    [InlineData(-2)]
    public void CallOfAThreadLocalAccess_WhoseSymbolDoesNotExist_IsRefused(int symbol)
    {
        var builder = new ObjectBuilder();
        BuiltSection text = builder.Text(".text", [0x66, 0x48, 0x8d, 0x3d, 0, 0, 0, 0, 0x66, 0x66, 0x48, 0xe8, 0, 0, 0, 0]);
        int start = builder.Symbol("_start", (uint)text.Index);
        text.Reloc(4, R_X86_64_TLSGD, start, -4);
        text.Reloc(12, R_X86_64_PLT32, symbol, -4);
        using LinkFolder folder = DamagedInput.Folder();
        folder.Write("a.o", builder.Build());
        folder.Link("a.o", "--icf=all").ShouldFailWith(DiagnosticId.BadRelocation);
    }

    // Found by the fuzzer: entry 0 of a symbol table names no section, and the extent of a SHT_NULL header names no bytes.
    [Fact]
    public void SymbolZeroInASection_IsRefused()
    {
        byte[] bytes = [.. DamagedInput.Object];
        bytes[(int)new ElfReader(bytes).Section(".symtab").Offset + 7] = 0x20;
        using LinkFolder folder = DamagedInput.Folder();
        folder.Write("a.o", bytes);
        folder.Link("a.o", "--icf=all").ShouldFailWith(DiagnosticId.MalformedInput);
    }

    // Found by changing each field: what is in a section that nobody knows has no address.
    [Theory]
    [InlineData(SHN_LORESERVE)]
    [InlineData(0xff1f)]
    public void SymbolInAnUnknownReservedSection_IsRefused(int section)
    {
        var builder = new ObjectBuilder();
        BuiltSection text = builder.Text(".text", [0xe8, 0, 0, 0, 0, 0xc3]);
        int resolver = builder.Symbol("f", (uint)section, 0x400000, binding: STB_LOCAL, type: STT_GNU_IFUNC);
        builder.Symbol("_start", (uint)text.Index);
        text.Reloc(1, R_X86_64_PLT32, resolver, -4);
        using LinkFolder folder = DamagedInput.Folder();
        folder.Write("a.o", builder.Build());
        folder.Link("a.o").ShouldFailWith(DiagnosticId.MalformedInput);
    }

    [Fact]
    public void LineTableThatIsNoSection_IsNotRead()
    {
        byte[] bytes = LinkFolder.AssembleBytes(".globl _start\n_start: call missing\n", "-g");
        int header = (int)BitConverter.ToUInt64(bytes, 40) + (new ElfReader(bytes).Section(".debug_line").Index * 64);
        BitConverter.TryWriteBytes(bytes.AsSpan(header + 4), SHT_NULL);
        BitConverter.TryWriteBytes(bytes.AsSpan(header + 24), ulong.MaxValue / 2);
        using LinkFolder folder = DamagedInput.Folder();
        folder.Write("a.o", bytes);
        folder.Link("a.o").ShouldFailWith(DiagnosticId.UndefinedSymbol);
    }

    // Errors of names do not stop such a link; malformed relocations must.
    [Fact]
    public void MutatedObject_LinkedInSpiteOfErrors() => Mutate(DamagedInput.Object, "a.o", 8, ["a.o", "--noinhibit-exec", "--unresolved-symbols=ignore-all"]);

    [Fact]
    public void MutatedObject_KeptRelocations() => Mutate(DamagedInput.Object, "a.o", 8, ["a.o", "--gc-sections", "--emit-relocs", "-z", "rewrite-endbr"], steps: 500);

    [Fact]
    public void MutatedObject_Relocatable() => Mutate(DamagedInput.Object, "a.o", 9, ["a.o", "-r"], steps: 1000);

    [Fact]
    public void MutatedObject_RelocatableCollected() => Mutate(DamagedInput.Object, "a.o", 10, ["a.o", "start.o", "-r", "-d", "--gc-sections", "-e", "_start", "--relocatable-merge-sections"], steps: 500);

    [FactWithTool("gcc")]
    public void MutatedDebugInformation_IndexedAndSplit()
    {
        using LinkFolder folder = DamagedInput.Folder();
        folder.Write("c.c", System.Text.Encoding.ASCII.GetBytes("struct s { int a; enum { x, y } e; }; static int f(struct s *p) { return p->a; }\nint v = 3; int g(struct s *p) { return f(p) + v; }\nvoid _start(void) { struct s t = { 1, x }; g(&t); }\n"));
        ToolRunner.Run("gcc", ["-c", "-g", "-O1", "-ffunction-sections", "-fno-pie", "-fno-asynchronous-unwind-tables", "-o", folder["c.o"], folder["c.c"]], folder.Path).ExitCode.Should().Be(0);
        byte[] good = File.ReadAllBytes(folder["c.o"]);
        Mutate(good, "a.o", 11, ["a.o", "--gdb-index"], steps: 1000, anywhere: true);
        Mutate(good, "a.o", 12, ["a.o", "--gdb-index", "--separate-debug-file"], steps: 300, anywhere: true);
    }

    [Fact]
    public void MutatedArchive() => Mutate(DamagedInput.Archive(), "lib.a", 5, ["start.o", "lib.a"]);

    [Fact]
    public void MutatedThinArchive()
    {
        byte[] thin = [.. new ArchiveBuilder("!<thin>").Raw("//", "start.o/\na.o/\n"u8).Build(), .. new ArchiveBuilder().Raw("/9", [], DamagedInput.Object.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)).Build()[8..]];
        Mutate(thin, "lib.a", 6, ["start.o", "lib.a", "--whole-archive", "lib.a"]);
    }

    [Fact]
    public void MutatedCompactRelocations()
    {
        var builder = new ObjectBuilder();
        BuiltSection text = builder.Text(".text", new byte[64]);
        text.UsesCrel = true;
        builder.Symbol("_start", (uint)text.Index);
        for (ulong i = 0; i < 12; i++)
            text.Reloc(i * 5, i % 3 == 0 ? R_X86_64_32 : R_X86_64_PC32, 1, (long)i - 5);
        Mutate(builder.Build(), "a.o", 7, ["a.o"]);
    }

    [Fact]
    public void EveryPrefixOfAnObject()
    {
        using LinkFolder folder = DamagedInput.Folder();
        for (int length = 0; length < DamagedInput.Object.Length; length++)
            DamagedInput.Try(folder, "a.o", DamagedInput.Object[..length], ["a.o", "--gc-sections", "--eh-frame-hdr"], $"the first {length} bytes").Should().BeFalse("a cut-off object of {0} bytes is no object", length);
    }

    [Fact]
    public void EveryPrefixOfAnArchive()
    {
        using LinkFolder folder = DamagedInput.Folder();
        byte[] archive = DamagedInput.Archive();
        for (int length = 0; length < archive.Length; length += 3)
            DamagedInput.Try(folder, "lib.a", archive[..length], ["start.o", "lib.a"], $"the first {length} bytes");
    }

    private static void Mutate(byte[] good, string name, int seed, string[] arguments, int steps = Steps, bool anywhere = false)
    {
        using LinkFolder folder = DamagedInput.Folder();
        var random = new Random(seed);
        for (int step = 0; step < steps; step++)
        {
            byte[] bytes = [.. good];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                Change(bytes, random, anywhere);
            DamagedInput.Try(folder, name, bytes, arguments, $"seed {seed}, step {step}");
        }
    }

    private static void Change(byte[] bytes, Random random, bool anywhere)
    {
        ReadOnlySpan<ulong> interesting = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 1UL << 32, 1UL << 47, 1UL << 63, ulong.MaxValue];

        // Headers and tables stand at both ends; contents between them matter less.
        int at = anywhere || random.Next(3) == 0 ? random.Next(bytes.Length) : bytes.Length - 1 - random.Next(Math.Min(bytes.Length, 64 * 40));
        switch (random.Next(4))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                BitConverter.TryWriteBytes(bytes.AsSpan(Math.Min(at & ~7, bytes.Length - 8)), interesting[random.Next(interesting.Length)]);
                break;
            default:
                BitConverter.TryWriteBytes(bytes.AsSpan(Math.Min(at & ~3, bytes.Length - 4)), (uint)interesting[random.Next(interesting.Length)]);
                break;
        }
    }
}
