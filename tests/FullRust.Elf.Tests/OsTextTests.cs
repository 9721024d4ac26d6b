using System;
using FluentAssertions;
using FullRust.Elf.Memory;
using Xunit;

namespace FullRust.Elf.Tests;

public sealed class OsTextTests
{
    [Fact]
    public void Decode_KeepsEveryByteSequence_ThroughEncode()
    {
        var random = new Random(7);
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = new byte[random.Next(12)];
            random.NextBytes(bytes);
            OsText.Encode(OsText.Decode(bytes)).Should().Equal(bytes, "round {0}", round);
        }
    }

    [Fact]
    public void Decode_ReadsUtf8AsText() => OsText.Decode("grüß 🦀"u8).Should().Be("grüß 🦀");

    [Theory]
    [InlineData("")]
    [InlineData("a/grüß 🦀.o")]
    [InlineData("a\ud800b\udc7f\udcff")]
    [InlineData("seven..")]
    [InlineData("eight...")]
    public void EncodeTerminated_GivesTheSameBytes_WhereverThereIsRoom(string text)
    {
        byte[] expected = OsText.EncodeTerminated(text);
        expected.Should().Equal([.. OsText.Encode(text), 0]);
        foreach (int room in (int[])[0, 1, 8, 64])
            OsText.EncodeTerminated(text, new byte[room]).ToArray().Should().Equal(expected);
    }

    [Fact]
    public void SplitTerminated_KeepsEmptyStrings() => OsText.SplitTerminated("a\0\0b c\0"u8).Should().Equal("a", "", "b c");

    [Fact]
    public void Encode_ReplacesOtherLoneSurrogates() => OsText.Encode("a\ud800b\udc7f\udcff").Should().Equal([(byte)'a', 0xef, 0xbf, 0xbd, (byte)'b', 0xef, 0xbf, 0xbd, 0xff]);
}
