using System.Collections.Generic;
using System.Linq;
using FluentAssertions;
using FullRust.Driver.Cargo;
using Xunit;

namespace FullRust.Driver.Tests.Cargo;

public sealed class TomlStringsTests
{
    private static string? Find(string text, params string[] key) => TomlStrings.Read(text).GetValueOrDefault(TomlStrings.Key(key));

    [Theory]
    [InlineData("[profile.release]\npanic = \"unwind\"")]
    [InlineData("[ profile . release ] # comment\n  panic='unwind' # and \"more\"")]
    [InlineData("[profile]\nrelease.panic = \"unwind\"")]
    [InlineData("profile.release.panic = \"unwind\"")]
    [InlineData("profile.\"release\".'panic' = \"unwind\"")]
    [InlineData("[profile]\nrelease = { lto = true, x = [1, { y = \"z\" }], panic = \"unwind\" }")]
    [InlineData("[other]\na = 1\r\n[profile.release]\r\npanic = \"\\u0075nwind\"\r\n")]
    [InlineData("[[bin]]\npanic = \"abort\"\n[profile.release]\npanic = \"\"\"unwind\"\"\"")]
    [InlineData("a = [ # ]\n '[', \"\\\"\", [[]], ]\nb = 1979-05-27T07:32:00Z\nc = -1.5e3\n[profile.release]\npanic = \"unwind\"")]
    [InlineData("text = '''\n[profile.release]\npanic = \"abort\"\n'''\n[profile.release]\npanic = \"unwind\"")]
    public void Read_FindsAValue_HoweverItIsWritten(string text) => Find(text, "profile", "release", "panic").Should().Be("unwind");

    [Theory]
    [InlineData("[[profile.release]]\npanic = \"unwind\"")]
    [InlineData("profile.release = [{ panic = \"unwind\" }]")]
    [InlineData("# profile.release.panic = \"unwind\"")]
    [InlineData("profile.release.panic = unwind")]
    [InlineData("[profile.release\npanic = \"unwind\"")]
    [InlineData("profile.release.panic = \"unw\nind\"")]
    public void Read_DoesNotTake_WhatIsNoSuchString(string text) => Find(text, "profile", "release", "panic").Should().BeNull();

    [Fact]
    public void Read_Ends_WhateverTheText()
    {
        const string text = "[a.\"b\"]\nc = { d = [\"\\x\", '''y'''], e.f = 1 }\n[[g]]\nh=\"\\U0001F600\"\n";
        for (int length = 0; length <= text.Length; length++)
            TomlStrings.Read(text[..length]).Count.Should().BeLessThan(2);
        TomlStrings.Read(string.Concat(Enumerable.Repeat("a=[", 200_000))).Should().BeEmpty();
    }
}
