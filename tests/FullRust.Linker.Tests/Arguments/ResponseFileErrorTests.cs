// Response files that cannot be expanded.

using System;
using System.IO;
using System.Linq;
using System.Text;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Arguments;

public sealed class ResponseFileErrorTests : IDisposable
{
    private readonly LinkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cycle_IsAnError()
    {
        string path = _folder["a"];
        _folder.Write("b", "@" + path).Write("a", "x.o @" + _folder["b"]);
        Refusal("@" + path).Should().Match<Diagnostic>(d => d.Id == DiagnosticId.ResponseFile && d.Message.Contains("contains itself"));
    }

    [Fact]
    public void DeepNesting_IsAnError()
    {
        for (int i = 0; i < 100; i++)
            _folder.Write("f" + i, "@" + _folder["f" + (i + 1)]);
        Refusal("@" + _folder["f0"]).Message.Should().Contain("inside each other");
    }

    [Fact]
    public void ManyFilesByDoubling_AreLimited()
    {
        for (int i = 0; i < 30; i++)
            _folder.Write("f" + i, string.Join(' ', Enumerable.Repeat("@" + _folder["f" + (i + 1)], 2)));
        _folder.Write("f30", "x.o");
        _folder.Link("@f0").ShouldFailWith(DiagnosticId.ResponseFile);
    }

    [Fact]
    public void Missing_IsAnErrorThatSaysSo() =>
        Refusal("@" + _folder["none"]).Message.Should().Contain("No such file or directory");

    [Fact]
    public void Folder_IsAnError() => Refusal("@" + _folder.Path).Id.Should().Be(DiagnosticId.ResponseFile);

    [Fact]
    public void ByteOrderMark_IsAnErrorThatSaysSo()
    {
        string path = _folder["bom"];
        File.WriteAllText(path, "a.o", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Refusal("@" + path).Message.Should().Contain("byte order mark");
    }

    [Fact]
    public void EmptyQuotedArgument_IsKeptAndRefused()
    {
        _folder.Write("quoted", "a.o ''");
        Refusal("@" + _folder["quoted"]).Message.Should().Contain("''");
    }

    private Diagnostic Refusal(string argument) => _folder.Link(argument).ShouldFailOnce();
}
