// What is wrong with a script is named with file and line; the column stands below the text.

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
    public void Include_OfItself_IsAnError() => ErrorOf("INCLUDE a", ("a", "INCLUDE a")).Message.Should().Contain("cycle in linker script INCLUDEs");

    [Fact]
    public void Include_Doubling_IsLimited() =>
        ErrorOf("INCLUDE f0", [.. Enumerable.Range(0, 31).Select(i => ($"f{i}", i == 30 ? "" : $"INCLUDE f{i + 1} INCLUDE f{i + 1}"))]).Message.Should().Contain("too many files");

    [Fact]
    public void Include_Missing_IsAnErrorAtItsPlace() => ErrorOf("\n  INCLUDE nothere").Message.Should().Be("t.ld:2: cannot find linker script nothere: No such file or directory");

    [Theory]
    [InlineData("FROBNICATE(x)", "t.ld:1: unknown directive: FROBNICATE")]
    [InlineData("SECTIONS {\n  .a : { *(.a) }\n", "t.ld:3: unexpected EOF")]
    [InlineData("SECTIONS { .a { } }", "t.ld:1: malformed number: {")]
    [InlineData("SECTIONS { OVERLAY 0x100 : { } }", "OVERLAY without sections")]
    [InlineData("/* open", "t.ld:1: unclosed comment")]
    [InlineData("ENTRY(\"x", "t.ld:1: unclosed quote")]
    [InlineData("a = 1", "t.ld:1: unexpected EOF")]
    [InlineData("a = ;", "t.ld:1: malformed number: ;")]
    [InlineData("PROVIDE(. = 1)", "unexpected .")]
    [InlineData("MEMORY { r : LENGTH = 1 }", "expected one of: ORIGIN, org, or o")]
    [InlineData("MEMORY { r : ORIGIN = 0 }", "expected one of: LENGTH, len, or l")]
    [InlineData("MEMORY { r (q) : ORIGIN = 0, LENGTH = 1 }", "invalid memory region attribute")]
    [InlineData("REGION_ALIAS(a)", ", expected, but got )")]
    [InlineData("PHDRS { t PT_LOAD NONSENSE; }", "unexpected header attribute: NONSENSE")]
    [InlineData("PHDRS { t PT_NONSENSE; }", "invalid program header type: PT_NONSENSE")]
    [InlineData("SECTIONS { .a : { *(SORT_BY_SIZE(.x)) } }", "unknown order 'SORT_BY_SIZE'")]
    [InlineData("SECTIONS { .a : { *() } }", "no section pattern")]
    [InlineData("SECTIONS { .a : SUBALIGNED(4) { } }", "{ expected, but got SUBALIGNED")]
    [InlineData("SECTIONS { } INSERT NEAR .x", "expected AFTER/BEFORE, but got 'NEAR'")]
    [InlineData("INPUT(AS_NEEDED(AS_NEEDED(x)))", "AS_NEEDED inside AS_NEEDED")]
    [InlineData("}", "unexpected }")]
    [InlineData("SECTIONS { .a (TYPE = SHT_WHAT) : { } }", "unknown section type: SHT_WHAT")]
    public void Error_NamesFileLineAndCauseInTheShapeOfLld(string text, string expected) => ErrorOf(text).Message.Should().Contain(expected);

    [Fact]
    public void Error_ShowsTheLineAndACaret() => ErrorOf("\nSECTIONS { .a : { *(.x) ) } }").Notes.Should().Equal(
        ">>> SECTIONS { .a : { *(.x) ) } }",
        ">>>                         ^ column 25");
}
