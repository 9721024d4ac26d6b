// The encoding of function addresses, wherever a CIE's augmentation puts it.

using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.ElfVerify.Rules;
using Xunit;

namespace FullRust.ElfVerify.Tests.Rules;

public sealed class CieReaderTests
{
    // id, version, augmentation, code and data alignment, return address, length of the augmentation's data, data
    private static byte[] Cie(byte version, string augmentation, byte[] data, byte[]? returnAddress = null) =>
        [0, 0, 0, 0, version, .. Encoding.ASCII.GetBytes(augmentation), 0, 1, 0x78, .. returnAddress ?? [16], (byte)data.Length, .. data];

    private static byte EncodingOf(byte[] cie) => new CieReader(cie).FunctionEncoding();

    [Theory]
    [InlineData("zR", new byte[] { 0x1b }, 0x1b)]
    [InlineData("zLR", new byte[] { 0x0c, 0x1b }, 0x1b)]
    [InlineData("zSR", new byte[] { 0x1b }, 0x1b)]
    [InlineData("zBR", new byte[] { 0x1b }, 0x1b)]
    [InlineData("zPLR", new byte[] { 0x9b, 1, 2, 3, 4, 0x0c, 0x1b }, 0x1b)]
    [InlineData("zPR", new byte[] { 0x00, 1, 2, 3, 4, 5, 6, 7, 8, 0x1b }, 0x1b)]
    [InlineData("zPR", new byte[] { 0x04, 1, 2, 3, 4, 5, 6, 7, 8, 0x1b }, 0x1b)]
    [InlineData("zPR", new byte[] { 0x1c, 1, 2, 3, 4, 5, 6, 7, 8, 0x1b }, 0x1b)]
    [InlineData("zPR", new byte[] { 0x03, 1, 2, 3, 4, 0x1b }, 0x1b)]
    [InlineData("zPR", new byte[] { 0x0b, 1, 2, 3, 4, 0x1b }, 0x1b)]
    [InlineData("z", new byte[] { 7 }, 0)]
    [InlineData("zL", new byte[] { 7 }, 0)]
    [InlineData("zX", new byte[] { 7 }, 255)]
    [InlineData("zXR", new byte[] { 7, 0x1b }, 255)]
    [InlineData("", new byte[] { 7 }, 0)]
    [InlineData("R", new byte[] { 7 }, 0)]
    [InlineData("eh", new byte[] { 7 }, 0)]
    public void Augmentation_GivesTheEncoding(string augmentation, byte[] data, byte expected) => EncodingOf(Cie(1, augmentation, data)).Should().Be(expected);

    [Fact]
    public void ReturnAddress_IsAByteInVersion1AndANumberLater()
    {
        EncodingOf(Cie(1, "zR", [0x1b], [0x90])).Should().Be(0x1b);
        EncodingOf(Cie(3, "zR", [0x1b], [0x90, 0x01])).Should().Be(0x1b);
    }

    // The rule hands over no fewer than 9 bytes.
    [Fact]
    public void EveryPrefix_GivesAnAnswer()
    {
        byte[] whole = Cie(3, "zPLR", [0x9b, 1, 2, 3, 4, 0x0c, 0x1b], [0x90, 0x01]);
        for (int length = 9; length < whole.Length; length++)
            EncodingOf(whole[..length]).Should().BeOneOf(0, 255);
        EncodingOf([0, 0, 0, 0, 1, .. "zR"u8]).Should().NotBe(0x1b, "an augmentation without an end");
    }

    [Fact]
    public void NumbersOfManyBytes_AreSkipped() => EncodingOf([0, 0, 0, 0, 1, .. "zR\0"u8, 0x81, 0x80, 0x00, 0xff, 0x7f, 16, 0x81, 0x00, 0x1b]).Should().Be(0x1b);

    [Fact]
    public void NumberWithoutEnd_IsNoEncoding() => EncodingOf([0, 0, 0, 0, 1, .. "zR\0"u8, .. Enumerable.Repeat((byte)0x80, 9)]).Should().Be(255);
}
