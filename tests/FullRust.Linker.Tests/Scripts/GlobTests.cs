using System.Text;
using FluentAssertions;
using FullRust.Linker.Scripts;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Scripts;

[NeedsLibrary("the matching of patterns by itself")]
public sealed class GlobTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", ".text", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData(".text", ".text", true)]
    [InlineData(".text", ".text.a", false)]
    [InlineData(".text.*", ".text.a", true)]
    [InlineData(".text.*", ".text", false)]
    [InlineData(".text*", ".text", true)]
    [InlineData("*crt?.o", "/usr/lib/crt1.o", true)]
    [InlineData("a*b*c", "axxbyybzzc", true)]
    [InlineData("a*b*c", "axxbyybzz", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[^a-c]x", "ax", false)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("[a-]x", "-x", true)]
    [InlineData("[ax", "[ax", true)]
    [InlineData("\\*x", "*x", true)]
    [InlineData("\\*x", "ax", false)]
    [InlineData("x\\", "x\\", true)]
    [InlineData(".data.[0-9]*", ".data.7abc", true)]
    public void Pattern_MatchesAsFnmatch(string pattern, string name, bool expected)
    {
        var glob = new Glob(pattern);
        glob.Matches(Encoding.UTF8.GetBytes(name)).Should().Be(expected);
        glob.Matches(name).Should().Be(expected);
    }

    [Fact]
    public void ManyStars_TakePolynomialTime()
    {
        var glob = new Glob(string.Concat(System.Linq.Enumerable.Repeat("*a", 200)) + "b");
        glob.Matches(new string('a', 20000)).Should().BeFalse();
    }
}
