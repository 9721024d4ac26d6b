using System;
using System.Security.Cryptography;
using FluentAssertions;
using Xunit;

namespace FullRust.Elf.Tests;

public sealed class Sha256Tests
{
    [Fact]
    public void Compute_EveryLengthAroundTheBlocks_AgreesWithTheBaseLibrary()
    {
        var random = new Random(1);
        for (int length = 0; length < 300; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            byte[] digest = new byte[Sha256.DigestSize];
            Sha256.Compute(bytes, digest);
            digest.Should().Equal(SHA256.HashData(bytes), "of {0} bytes", length);
        }
    }

    [Fact]
    public void Append_InPieces_GivesTheDigestOfTheWhole()
    {
        var random = new Random(2);
        byte[] bytes = new byte[20_000];
        random.NextBytes(bytes);
        for (int round = 0; round < 50; round++)
        {
            var hash = new Sha256();
            for (int at = 0, size; at < bytes.Length; at += size)
                hash.Append(bytes.AsSpan(at, size = random.Next(0, Math.Min(bytes.Length - at, 400) + 1)));
            byte[] digest = new byte[Sha256.DigestSize];
            hash.Finish(digest);
            digest.Should().Equal(SHA256.HashData(bytes));
        }
    }

    [Fact]
    public void HexOf_TheSpecificationsExample() =>
        Sha256.HexOf("abc"u8).Should().Be("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
