// Lines of digest lists come back as they went in.

using FluentAssertions;
using FullRust.Linker.Reports;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Reports;

[NeedsLibrary("the reader of the lists is the verifier's part")]
public sealed class DigestListTests
{
    [Theory]
    [InlineData("a.o", "12  a.o\n")]
    [InlineData("two  blanks", "12  two  blanks\n")]
    [InlineData("a\nb", "\\12  a\\nb\n")]
    [InlineData("a\\nb\r", "\\12  a\\\\nb\\r\n")]
    public void Name_OfAnyCharacters_ComesBack(string name, string line)
    {
        DigestList.Line("12", name).Should().Be(line);
        DigestList.Parse(line[..^1]).Should().Be(("12", name));
    }

    [Theory]
    [InlineData("nothing", "", "nothing")]
    [InlineData("\\12  open\\", "12", "open\\")]
    public void WhatIsNoLine_IsTakenAsFarAsItGoes(string line, string digest, string name) => DigestList.Parse(line).Should().Be((digest, name));
}
