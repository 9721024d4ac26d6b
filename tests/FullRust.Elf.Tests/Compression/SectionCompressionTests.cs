// Both directions, against ourselves and against the zstd program where it is installed.

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Elf.Compression;
using FullRust.Elf.Tests.Tools;
using Xunit;

namespace FullRust.Elf.Tests.Compression;

public sealed class SectionCompressionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int> Contents
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string kind in new[] { "text", "words", "noise", "zeros", "library", "skewed", "repeats", "wide" })
            {
                foreach (int size in new[] { 0, 1, 40, 300, 5_000, 131_073, 300_000 })
                    data.Add(kind, size);
            }

            data.Add("library", 5_000_000);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void Contents_ComeBack(string kind, int size)
    {
        byte[] contents = Make(kind, size);
        foreach (CompressionKind compression in new[] { CompressionKind.Zlib, CompressionKind.Zstd })
        {
            foreach (int level in size > 1_000_000 ? [3] : new[] { 1, 3, 9 })
            {
                byte[]? section = SectionCompression.Compress(contents, compression, 8, level);
                if (section == null)
                    continue;
                section.Length.Should().BeLessThan(contents.Length);
                Decompress(section).AsSpan().SequenceEqual(contents).Should().BeTrue("{0} of level {1}", compression, level);
            }
        }
    }

    [Theory]
    [InlineData("library", 2_000_000, 1, 2.6)]
    [InlineData("library", 2_000_000, 3, 3.0)]
    [InlineData("words", 1_000_000, 3, 2.5)]
    [InlineData("zeros", 1_000_000, 1, 1000.0)]
    [InlineData("skewed", 1_000_000, 1, 1.5)]
    public void Zstd_CompressesWell(string kind, int size, int level, double ratio)
    {
        byte[] contents = Make(kind, size);
        byte[] section = SectionCompression.Compress(contents, CompressionKind.Zstd, 1, level)!;
        ((double)contents.Length / section.Length).Should().BeGreaterThan(ratio);
    }

    [Fact]
    public void Compression_IsDeterministic()
    {
        byte[] contents = Make("library", 500_000);
        foreach (CompressionKind kind in new[] { CompressionKind.Zlib, CompressionKind.Zstd })
            SectionCompression.Compress(contents, kind, 1).Should().Equal(SectionCompression.Compress(contents, kind, 1));
    }

    [Fact]
    public void IncompressibleContents_AreLeftAlone() =>
        SectionCompression.Compress(Make("noise", 10_000), CompressionKind.Zstd, 1).Should().BeNull();

    [Fact]
    public void Zstd_IsReadByTheZstdProgram()
    {
        if (!Tool.IsInstalled("zstd"))
            return;
        foreach ((string kind, int size) in Contents.Select(row => ((string)row[0], (int)row[1])))
        {
            byte[] contents = Make(kind, size);
            byte[]? section = SectionCompression.Compress(contents, CompressionKind.Zstd, 8, size > 100_000 ? 3 : 9);
            if (section == null)
                continue;
            string packed = Path.Combine(_folder.Path, "packed.zst");
            string plain = Path.Combine(_folder.Path, "plain");
            File.WriteAllBytes(packed, section[24..]);
            Tool.Run("zstd", "-q", "-d", "-f", packed, "-o", plain);
            File.ReadAllBytes(plain).AsSpan().SequenceEqual(contents).Should().BeTrue("{0} {1}", kind, size);
        }
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-3")]
    [InlineData("-9")]
    [InlineData("-19")]
    [InlineData("--ultra", "-22")]
    [InlineData("--fast=5")]
    [InlineData("--no-check")]
    [InlineData("-T2", "-B131072")]
    public void Zstd_ReadsTheZstdProgram(params string[] options)
    {
        if (!Tool.IsInstalled("zstd"))
            return;
        foreach ((string kind, int size) in Contents.Select(row => ((string)row[0], (int)row[1])).Where(row => row.Item2 < 1_000_000 && row.Item1 != "zeros" && row.Item1 != "text"))
        {
            byte[] contents = Make(kind, size);
            if (contents.Length == 0)
                continue;
            byte[] section = WithHeader(PackByTool(contents, options), CompressionKind.Zstd, contents.Length);
            Decompress(section).AsSpan().SequenceEqual(contents).Should().BeTrue("{0} {1}", kind, size);
        }
    }

    [Fact]
    public void Zstd_ReadsSeveralFramesAndSkippableOnes()
    {
        byte[] first = SectionCompression.Compress(Make("words", 5_000), CompressionKind.Zstd, 1)![24..];
        byte[] second = SectionCompression.Compress(Make("zeros", 3_000), CompressionKind.Zstd, 1)![24..];
        byte[] skippable = [0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
        byte[] section = WithHeader([.. first, .. skippable, .. second], CompressionKind.Zstd, 8_000);
        Decompress(section).Should().Equal([.. Make("words", 5_000), .. Make("zeros", 3_000)]);
    }

    [Fact]
    public void GnuHeader_IsRead()
    {
        byte[] contents = Make("words", 5_000);
        byte[] section = SectionCompression.Compress(contents, CompressionKind.Zlib, 1)!;
        byte[] old = [(byte)'Z', (byte)'L', (byte)'I', (byte)'B', 0, 0, 0, 0, 0, 0, 0x13, 0x88, .. section[24..]];
        SectionCompression.TryReadGnuHeader(old, out CompressedSectionHeader header).Should().BeTrue();
        header.Should().Be(new CompressedSectionHeader(CompressionKind.Zlib, 5_000, 1, 12));
        byte[] output = new byte[5_000];
        SectionCompression.TryDecompress(old, header, output).Should().BeTrue();
        output.Should().Equal(contents);
    }

    [Theory]
    [InlineData(CompressionKind.Zlib, 5_001)]
    [InlineData(CompressionKind.Zlib, 4_999)]
    [InlineData(CompressionKind.Zstd, 5_001)]
    [InlineData(CompressionKind.Zstd, 4_999)]
    public void WrongSize_IsRefused(CompressionKind kind, int size)
    {
        byte[] section = SectionCompression.Compress(Make("words", 5_000), kind, 1)!;
        BinaryPrimitives.WriteInt64LittleEndian(section.AsSpan(8), size);
        SectionCompression.TryReadHeader(section, out CompressedSectionHeader header).Should().BeTrue();
        SectionCompression.TryDecompress(section, header, new byte[size]).Should().BeFalse();
    }

    [Theory]
    [InlineData(1u, 1L << 40, 1UL)]
    [InlineData(2u, 1L << 40, 1UL)]
    [InlineData(1u, -1L, 1UL)]
    [InlineData(3u, 10L, 1UL)]
    [InlineData(0u, 10L, 1UL)]
    [InlineData(1u, 10L, 3UL)]
    public void ImpossibleHeader_IsRefused(uint kind, long size, ulong alignment)
    {
        byte[] section = new byte[60];
        BinaryPrimitives.WriteUInt32LittleEndian(section, kind);
        BinaryPrimitives.WriteInt64LittleEndian(section.AsSpan(8), size);
        BinaryPrimitives.WriteUInt64LittleEndian(section.AsSpan(16), alignment);
        SectionCompression.TryReadHeader(section, out _).Should().BeFalse();
        SectionCompression.TryReadHeader(section.AsSpan(0, 23), out _).Should().BeFalse();
    }

    [Fact]
    public void WrongChecksum_IsRefused()
    {
        byte[] section = SectionCompression.Compress(Make("words", 5_000), CompressionKind.Zstd, 1)!;
        section[^1] ^= 1;
        SectionCompression.TryReadHeader(section, out CompressedSectionHeader header).Should().BeTrue();
        SectionCompression.TryDecompress(section, header, new byte[5_000]).Should().BeFalse();
    }

    [Theory]
    [InlineData(CompressionKind.Zlib, 1)]
    [InlineData(CompressionKind.Zstd, 2)]
    public void DamagedData_NeverThrows(CompressionKind kind, int seed)
    {
        var random = new Random(seed);
        byte[][] originals = new[] { "words", "library", "skewed", "repeats" }.Select(name => SectionCompression.Compress(Make(name, 3_000), kind, 1)!).ToArray();
        byte[] output = new byte[3_000];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] section = originals[random.Next(originals.Length)].ToArray();
            for (int change = random.Next(1, 4); change > 0; change--)
                section[random.Next(24, section.Length)] = (byte)random.Next(256);
            int length = random.Next(4) == 0 ? random.Next(25, section.Length) : section.Length;
            try
            {
                SectionCompression.TryDecompress(section.AsSpan(0, length), new CompressedSectionHeader(kind, 3_000, 1, 24), output);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, {Convert.ToHexString(section.AsSpan(0, length))}", e);
            }
        }
    }

    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void XxHash64_GivesKnownValues(string text, ulong hash) =>
        XxHash64.Hash(Encoding.ASCII.GetBytes(text)).Should().Be(hash);

    private static byte[] Decompress(byte[] section)
    {
        SectionCompression.TryReadHeader(section, out CompressedSectionHeader header).Should().BeTrue();
        byte[] contents = new byte[header.Size];
        SectionCompression.TryDecompress(section, header, contents).Should().BeTrue();
        return contents;
    }

    private byte[] PackByTool(byte[] contents, string[] options)
    {
        string plain = Path.Combine(_folder.Path, "in");
        string packed = Path.Combine(_folder.Path, "in.zst");
        File.WriteAllBytes(plain, contents);
        Tool.Run("zstd", ["-q", "-f", .. options, plain, "-o", packed]);
        return File.ReadAllBytes(packed);
    }

    private static byte[] WithHeader(byte[] data, CompressionKind kind, int size)
    {
        byte[] section = new byte[24 + data.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(section, (uint)kind);
        BinaryPrimitives.WriteInt64LittleEndian(section.AsSpan(8), size);
        BinaryPrimitives.WriteInt64LittleEndian(section.AsSpan(16), 1);
        data.CopyTo(section, 24);
        return section;
    }

    private static byte[] Make(string kind, int size)
    {
        var random = new Random(size);
        byte[] data = new byte[size];
        switch (kind)
        {
            case "noise":
                random.NextBytes(data);
                break;
            case "text":
                for (int i = 0; i < size; i++)
                    data[i] = (byte)('a' + (i % 23));
                break;
            case "skewed":
                for (int i = 0; i < size; i++)
                    data[i] = (byte)(Math.Log(1 - random.NextDouble()) * -9);
                break;
            case "wide":
                for (int i = 0; i < size; i++)
                    data[i] = (byte)(128 + (random.NextDouble() * random.NextDouble() * 127));
                break;
            case "words":
                Fill(data, Enumerable.Range(0, 400).Select(_ => Encoding.ASCII.GetBytes(random.Next(100_000) + " ")).ToArray(), random);
                break;
            case "repeats":
                Fill(data, Enumerable.Range(0, 12).Select(i => Make("noise", (i * 37) + 3)).ToArray(), random);
                break;
            case "library":
                byte[] library = File.ReadAllBytes(typeof(Uri).Assembly.Location);
                for (int i = 0; i < size; i++)
                    data[i] = library[(i + (i / library.Length)) % library.Length];
                break;
        }

        return data;
    }

    private static void Fill(byte[] data, IReadOnlyList<byte[]> pieces, Random random)
    {
        for (int i = 0; i < data.Length;)
        {
            byte[] piece = pieces[random.Next(pieces.Count)];
            int length = Math.Min(piece.Length, data.Length - i);
            piece.AsSpan(0, length).CopyTo(data.AsSpan(i));
            i += length;
        }
    }
}
