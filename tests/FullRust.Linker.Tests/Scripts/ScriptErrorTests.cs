// What is wrong with a script is named with file, line and column.

using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Linker.Tests.Scripts;

public sealed class ScriptErrorTests
{
    private static Diagnostic ErrorOf(string text, params (string Name, string Text)[] files)
    {
        using var folder = new LinkFolder();
        foreach ((string name, string content) in files)
            folder.Write(name, content);
        Diagnostic error = folder.Write("t.ld", text).Link("-T", "t.ld").ShouldFailOnce();
        return error with { Message = error.Message.Replace(folder.Path + "/", "") };
    }

    [Fact]
    public void Include_OfItself_IsAnError() => ErrorOf("INCLUDE a", ("a", "INCLUDE a")).Message.Should().Contain("includes itself");

    [Fact]
    public void Include_Doubling_IsLimited() =>
        ErrorOf("INCLUDE f0", [.. Enumerable.Range(0, 31).Select(i => ($"f{i}", i == 30 ? "" : $"INCLUDE f{i + 1} INCLUDE f{i + 1}"))]).Message.Should().Contain("too many files");

    [Fact]
    public void Include_Missing_IsAnErrorAtItsPlace() => ErrorOf("\n  INCLUDE nothere").Message.Should().Be("t.ld:2:3: cannot open nothere: No such file or directory");

    [Theory]
    [InlineData("FROBNICATE(x)", "t.ld:1:1: unknown command 'FROBNICATE'")]
    [InlineData("SECTIONS {\n  .a : { *(.a) }\n", "t.ld:1:10: '}' expected before the end of the file")]
    [InlineData("SECTIONS { .a { } }", "t.ld:1:15: expression expected instead of '{'")]
    [InlineData("SECTIONS { OVERLAY 0x100 : { } }", "OVERLAY without sections")]
    [InlineData("/* open", "t.ld:1:1: unclosed comment")]
    [InlineData("ENTRY(\"x", "t.ld:1:7: unclosed quote")]
    [InlineData("a = 1", "t.ld:1:6: ';' expected")]
    [InlineData("a = ;", "t.ld:1:5: expression expected instead of ';'")]
    [InlineData(". = 1;", "location counter can be set inside SECTIONS only")]
    [InlineData("PROVIDE(. = 1)", "unexpected '.'")]
    [InlineData("MEMORY { r : LENGTH = 1 }", "ORIGIN expected")]
    [InlineData("MEMORY { r (q) : ORIGIN = 0, LENGTH = 1 }", "unknown attribute 'q'")]
    [InlineData("PHDRS { t PT_LOAD NONSENSE; }", "unexpected 'NONSENSE'")]
    [InlineData("SECTIONS { .a : { *(SORT_BY_SIZE(.x)) } }", "unknown order 'SORT_BY_SIZE'")]
    [InlineData("SECTIONS { .a : { *() } }", "no section pattern")]
    [InlineData("SECTIONS { .a : SUBALIGNED(4) { } }", "unknown attribute 'SUBALIGNED'")]
    [InlineData("SECTIONS { } INSERT NEAR .x", "AFTER or BEFORE expected")]
    [InlineData("INPUT(AS_NEEDED(AS_NEEDED(x)))", "AS_NEEDED inside AS_NEEDED")]
    [InlineData("}", "unexpected '}'")]
    [InlineData("SECTIONS { .a (TYPE = SHT_WHAT) : { } }", "unknown section type 'SHT_WHAT'")]
    public void Error_NamesFileLineColumnAndCause(string text, string expected) => ErrorOf(text).Message.Should().Contain(expected);

    [Fact]
    public void Error_ShowsTheLineAndACaret() => ErrorOf("\nSECTIONS { .a : { *(.x) ) } }").Notes.Should().Equal(
        ">>> SECTIONS { .a : { *(.x) ) } }",
        ">>>                         ^");
}
