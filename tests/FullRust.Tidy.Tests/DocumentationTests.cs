// Every number and rule that a user may meet has its entry in the documentation.

using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using FluentAssertions;
using FullRust.ElfVerify;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Tidy.Tests;

public sealed class DocumentationTests
{
    [Fact]
    public void EachDiagnosticId_HasAnEntry()
    {
        string text = SourceFiles.Read("docs/diagnostics.md");
        foreach (DiagnosticId id in Enum.GetValues<DiagnosticId>())
            text.Should().Contain($"FRL{(int)id}", "{0} needs an entry in docs/diagnostics.md", id);
    }

    [Fact]
    public void EachRule_HasAnEntry()
    {
        string text = SourceFiles.Read("docs/verifier-rules.md");
        foreach (RuleId rule in RuleTable.All)
            text.Should().Contain($"## {RuleTable.CodeOf(rule)}: {RuleTable.Describe(rule).Title}\n", "`./x docs` writes docs/verifier-rules.md anew");
    }

    [Fact]
    public void TextFiles_EndWithOneNewline_AndHaveNoCarriageReturns()
    {
        SourceFiles.Below("", ".cs", ".rs", ".md", ".toml", ".csproj", ".props", ".yml", ".sh", ".json").Where(static f => !IsTidy(f)).Should().BeEmpty();
    }

    private static bool IsTidy(string file)
    {
        string text = SourceFiles.Read(file);
        return !text.Contains('\r') && (text.Length == 0 || (text.EndsWith('\n') && !text.EndsWith("\n\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void MarkdownLinks_LeadSomewhere()
    {
        foreach (string file in SourceFiles.Below("", ".md"))
        {
            string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, file))!;
            foreach (string target in Regex.Matches(SourceFiles.Read(file), @"\]\(([^)#:\s]+)(#[^)]*)?\)").Select(m => m.Groups[1].Value))
                Path.Exists(Path.Combine(folder, target)).Should().BeTrue("{0} links to {1}", file, target);
        }
    }

    [Fact]
    public void EnvironmentVariables_AreInTheReadme()
    {
        string code = SourceFiles.Read("src/FullRust.Driver/EnvironmentVariables.cs");
        string text = SourceFiles.Read("README.md") + SourceFiles.Read("CONTRIBUTING.md");
        foreach (string name in Regex.Matches(code, "\"(FULLRUST_[A-Z_]+)\"").Select(m => m.Groups[1].Value))
            text.Should().Contain($"`{name}", "{0} needs a line", name);
    }
}
