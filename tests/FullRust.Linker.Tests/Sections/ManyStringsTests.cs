// Strings of debug information that are so many that threads merge them together: each is there once, each reference finds its own, and
// the bytes do not depend on the threads.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using FluentAssertions;
using FullRust.Elf.Native;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;
using static FullRust.Elf.Native.ElfConstants;

namespace FullRust.Linker.Tests.Sections;

public sealed class ManyStringsTests
{
    // Above what one thread merges alone, in strings and in bytes.
    private const int PerObject = 50_000, Shared = 20_000;
    private const string Exit = ".globl _start\n_start: mov $60, %eax\n xor %edi, %edi\n syscall\n";

    [Fact]
    public void ManyDebugStrings_AreMergedAlikeByAnyNumberOfThreads()
    {
        using LinkFolder folder = Folder();
        byte[] alone = folder.Link("start.o", "a.o", "b.o", "--threads=1").ShouldExitWith(0).Bytes;
        foreach (string threads in (string[])["2", "3", "16", "40"])
            folder.Link("start.o", "a.o", "b.o", "--threads=" + threads).ShouldSucceed().Bytes.Should().Equal(alone);
    }

    [Fact]
    public void ManyDebugStrings_AreThereOnceAndFoundByTheirReferences()
    {
        using LinkFolder folder = Folder();
        var elf = new ElfReader(folder.Link("start.o", "a.o", "b.o").ShouldSucceed().Bytes);
        byte[] strings = elf.Contents(".debug_str"), offsets = elf.Contents(".debug_str_offsets");
        offsets.Length.Should().Be(2 * PerObject * sizeof(uint));
        var found = new HashSet<string>();
        for (int i = 0; i < 2 * PerObject; i++)
        {
            int at = (int)BinaryPrimitives.ReadUInt32LittleEndian(offsets.AsSpan(i * sizeof(uint)));
            int number = i < PerObject ? i : i - Shared;
            string text = Encoding.ASCII.GetString(strings.AsSpan(at, strings.AsSpan(at).IndexOf((byte)0)));
            text.Should().Be(Text(number));
            found.Add(text);
        }

        found.Count.Should().Be((2 * PerObject) - Shared);
        strings.AsSpan().Count((byte)0).Should().Be(found.Count);
    }

    private static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"a::name::of::{number}");

    private static LinkFolder Folder() => new LinkFolder()
        .Assemble("start.o", Exit)
        .Write("a.o", Object(first: 0))
        .Write("b.o", Object(first: PerObject - Shared));

    private static byte[] Object(int first)
    {
        var text = new StringBuilder();
        var starts = new int[PerObject];
        for (int i = 0; i < PerObject; i++)
        {
            starts[i] = text.Length;
            text.Append(Text(first + i)).Append('\0');
        }

        var builder = new ObjectBuilder();
        BuiltSection strings = builder.Section(".debug_str", SHF_MERGE | SHF_STRINGS, Encoding.ASCII.GetBytes(text.ToString()));
        strings.EntrySize = 1;
        BuiltSection offsets = builder.Section(".debug_str_offsets", 0, new byte[PerObject * sizeof(uint)]);
        int symbol = builder.SectionSymbol(strings);
        for (int i = 0; i < PerObject; i++)
            offsets.Reloc((ulong)i * sizeof(uint), X86_64Reloc.R_X86_64_32, symbol, starts[i]);
        return builder.Build();
    }
}
