using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using Xunit;

namespace FullRust.Linker.Tests.Arguments;

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

    [Fact]
    public void Cycle_IsAnError()
    {
        string path = Path.Combine(_folder, "a");
        Write("a", "x.o @" + Write("b", "@" + path));
        CommandLine.Parse("@" + path).Diagnostics.Should().ContainSingle().Which.Should().Match<Diagnostic>(d => d.Id == DiagnosticId.ResponseFile && d.Message.Contains("contains itself"));
    }

    [Fact]
    public void DeepNesting_IsAnError()
    {
        for (int i = 0; i < 100; i++)
            Write("f" + i, "@" + Path.Combine(_folder, "f" + (i + 1)));
        CommandLine.Parse("@" + Path.Combine(_folder, "f0")).Diagnostics.Should().ContainSingle().Which.Message.Should().Contain("inside each other");
    }

    [Fact]
    public void ManyFilesByDoubling_AreLimited()
    {
        for (int i = 0; i < 30; i++)
            Write("f" + i, string.Join(' ', Enumerable.Repeat("@" + Path.Combine(_folder, "f" + (i + 1)), 2)));
        Write("f30", "x.o");
        CommandLine.Parse("@" + Path.Combine(_folder, "f0")).Diagnostics.Should().NotBeEmpty();
    }

    [Fact]
    public void Missing_IsAnErrorThatSaysSo() =>
        CommandLine.Parse("@" + Path.Combine(_folder, "none")).Diagnostics.Should().ContainSingle().Which.Message.Should().Contain("No such file or directory");

    [Fact]
    public void Folder_IsAnError() => CommandLine.Parse("@" + _folder).Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.ResponseFile);

    [Fact]
    public void ByteOrderMark_IsAnErrorThatSaysSo()
    {
        string path = Path.Combine(_folder, "bom");
        File.WriteAllText(path, "a.o", new UTF8Encoding(true));
        CommandLine.Parse("@" + path).Diagnostics.Should().ContainSingle().Which.Message.Should().Contain("byte order mark");
    }

    [Fact]
    public void EmptyQuotedArgument_IsKeptAndRefused() => CommandLine.Parse("@" + Write("e", "a.o ''")).Diagnostics.Should().ContainSingle().Which.Message.Should().Contain("''");
}
