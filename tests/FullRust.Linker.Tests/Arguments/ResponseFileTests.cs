using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Linker.Arguments;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Arguments;

[NeedsLibrary("the arguments that a file stands for")]
public sealed class ResponseFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fullrust-rsp").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

    private IEnumerable<string> Expand(string text, params string[] more) =>
        CommandLine.Parse(["@" + Write("args", text), .. more]).Options.Arguments;

    [Theory]
    [InlineData("a b\tc\nd\r\ne", "a|b|c|d|e")]
    [InlineData("a\\ b c\\\\d", "a b|c\\d")]
    [InlineData("'a b' \"c d\" x'y z'w", "a b|c d|xy zw")]
    [InlineData("\"a\\\"b\" \"c\\\\d\"", "a\"b|c\\d")]
    [InlineData("'' a \"\"", "|a|")]
    [InlineData("a 'open to the end", "a|open to the end")]
    [InlineData("", "")]
    public void GnuQuoting_IsThatOfBuildargv(string text, string expected)
    {
        var arguments = new List<string>();
        ResponseFileTokenizer.SplitGnu(text, arguments);
        string.Join('|', arguments).Should().Be(expected);
    }

    [Theory]
    [InlineData("a\\b \"c d\" e\\\\f", "a\\b|c d|e\\\\f")]
    [InlineData("\"a\\\\\" b\\\"c \"d\"\"e\"", "a\\|b\"c|d\"e")]
    [InlineData("'a b'", "'a|b'")]
    [InlineData("\"\"", "")]
    public void WindowsQuoting_IsThatOfTheCRuntime(string text, string expected)
    {
        var arguments = new List<string>();
        ResponseFileTokenizer.SplitWindows(text, arguments);
        string.Join('|', arguments).Should().Be(expected);
    }

    [Fact]
    public void FileAsRustcWritesIt_GivesTheArguments() =>
        Expand("/tmp/a\\ b.o\n-L\n/c\\\\d\n--gc-sections").Should().Equal("/tmp/a b.o", "-L", "/c\\d", "--gc-sections");

    [Fact]
    public void WindowsQuoting_IsChosenByTheCommandLine() => Expand("a\\b.o", "--rsp-quoting=windows").Should().Equal("a\\b.o", "--rsp-quoting=windows");

    [Fact]
    public void Nested_IsExpandedInPlace()
    {
        string inner = Write("inner", "b.o c.o");
        CommandLine line = CommandLine.Parse("a.o", "@" + Write("outer", $"x.o @{inner} y.o"), "z.o");
        line.Options.Inputs.Select(i => i.Name).Should().Equal("a.o", "x.o", "b.o", "c.o", "y.o", "z.o");
        line.Options.ResponseFiles.Should().HaveCount(2);
    }

    [Fact]
    public void SameFileTwice_IsNoCycle() => CommandLine.Parse("@" + Write("a", "x.o"), "@" + Path.Combine(_folder, "a")).Options.Inputs.Should().HaveCount(2);
}
