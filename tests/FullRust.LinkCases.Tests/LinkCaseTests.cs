// Runs every file of tests/link-cases: linked by ours, verified, run; then by the other linkers on this machine, which must agree in
// success, exit code and output unless the case says why not.

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit;
using FullRust.TestKit.Elf;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.LinkCases.Tests;

public sealed class LinkCaseTests
{
    private static readonly string s_root = Path.Combine(Repository.Root, "tests", "link-cases");

    private static readonly string[] s_keys =
        ["link", "archive", "thin", "exit", "stdout", "fails", "message", "symbol", "section", "same", "distinct", "differs", "ours-only",
         "layout-like", "except", "no-run"];

    public static TheoryData<string> Cases
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (string path in Directory.EnumerateFiles(s_root, "*.case", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                data.Add(Path.GetRelativePath(s_root, path));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case(string name)
    {
        LinkCase @case = LinkCase.Parse(Path.Combine(s_root, name));
        @case.Directives.Select(static d => d.Key).Should().BeSubsetOf(s_keys);
        using var folder = new LinkFolder();
        @case.Prepare(folder);
        LinkOutcome outcome = folder.Link(@case.Arguments);
        CheckMessages(@case, outcome);
        if (@case.Get("fails") is { } id)
            outcome.ShouldFailWith(Enum.Parse<DiagnosticId>(id));
        else
            CheckOutput(@case, outcome.ShouldSucceed());
        if (@case.Get("layout-like") is not null)
            LayoutComparison.Compare(@case, folder, outcome);
        else if (@case.Get("ours-only") is null)
            CompareWithOthers(@case, folder);
    }

    private static void CheckMessages(LinkCase @case, LinkOutcome outcome)
    {
        foreach ((string key, string value) in @case.Directives)
        {
            if (key == "message")
                outcome.Text.Should().Contain(value);
        }
    }

    private static void CheckOutput(LinkCase @case, LinkOutcome outcome)
    {
        if (@case.Get("no-run") is null)
            CheckRun(@case, outcome.Run(), "ours");
        foreach (string[] words in @case.All("symbol"))
            CheckSymbol(outcome.Elf, words[0], words[1]);
        foreach (string[] words in @case.All("section"))
            CheckSection(outcome.Elf, words[0], words[1]);
        foreach (string[] words in @case.All("same"))
            outcome.Elf.Symbol(words[0]).Value.Should().Be(outcome.Elf.Symbol(words[1]).Value);
        foreach (string[] words in @case.All("distinct"))
            outcome.Elf.Symbol(words[0]).Value.Should().NotBe(outcome.Elf.Symbol(words[1]).Value);
    }

    private static void CheckRun(LinkCase @case, ToolResult result, string linker)
    {
        result.ExitCode.Should().Be(@case.ExitCode, "the program linked by {0} said {1}", linker, result);
        if (@case.Get("stdout") is { } text)
            result.Output.Should().Be(text.Replace("\\n", "\n", StringComparison.Ordinal), "that is what the program linked by {0} says", linker);
    }

    private static void CheckSymbol(ElfReader elf, string name, string state)
    {
        ElfSymbol[] found = [.. elf.Symbols.Where(s => s.Name == name && !s.IsUndefined)];
        if (state == "absent")
        {
            found.Should().BeEmpty();
            return;
        }

        ElfSymbol symbol = found.Should().ContainSingle("the symbol {0} is defined once", name).Which;
        if (state == "local")
            symbol.Binding.Should().Be(0);
        else if (state == "global")
            symbol.Binding.Should().Be(1);
        else if (state == "weak")
            symbol.Binding.Should().Be(2);
        else if (state[0] == '=')
            symbol.Value.Should().Be(Number(state[1..]));
        else if (state.StartsWith("size=", StringComparison.Ordinal))
            symbol.Size.Should().Be(Number(state[5..]));
        else if (state.StartsWith("type=", StringComparison.Ordinal))
            symbol.Type.Should().Be((byte)Number(state[5..]));
        else if (state.StartsWith("visibility=", StringComparison.Ordinal))
            symbol.Visibility.Should().Be((byte)Number(state[11..]));
        else if (state.StartsWith("in=", StringComparison.Ordinal))
            elf.Sections[symbol.Section].Name.Should().Be(state[3..]);
        else
            state.Should().Be("defined");
    }

    private static void CheckSection(ElfReader elf, string name, string state)
    {
        if (state is "absent" or "present")
            elf.HasSection(name).Should().Be(state == "present", "{0} should be {1}", name, state);
        else if (state.StartsWith("size=", StringComparison.Ordinal))
            elf.Section(name).Size.Should().Be(Number(state[5..]));
        else if (state.StartsWith("align=", StringComparison.Ordinal))
            elf.Section(name).Alignment.Should().Be(Number(state[6..]));
        else if (state.StartsWith("type=", StringComparison.Ordinal))
            elf.Section(name).Type.Should().Be((uint)Number(state[5..]));
        else if (state.StartsWith("link=", StringComparison.Ordinal))
            elf.Sections[(int)elf.Section(name).Link].Name.Should().Be(state[5..]);
        else
            Convert.ToHexStringLower(elf.Contents(name)).Should().Be(state["bytes=".Length..]);
    }

    private static void CompareWithOthers(LinkCase @case, LinkFolder folder)
    {
        string[] different = [.. @case.All("differs").Select(static w => w[0])];
        foreach (ReferenceLinker linker in ReferenceLinker.Installed.Where(l => !different.Contains(l.Name)))
        {
            (ToolResult result, string output) = folder.LinkWith(linker, @case.Arguments);
            bool fails = @case.Get("fails") is not null;
            (result.ExitCode != 0).Should().Be(fails, "{0} says {1}", linker.Name, result);
            if (!fails && @case.Get("no-run") is null)
                CheckRun(@case, ToolRunner.Run(output, [], limit: TimeSpan.FromSeconds(30)), linker.Name);
        }
    }

    private static ulong Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : ulong.Parse(text, CultureInfo.InvariantCulture);
}
