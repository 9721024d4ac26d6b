// Every number and rule that a user may meet has its entry in the documentation.

using System;
using System.IO;
using System.Linq;
using System.Text;
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
        foreach (string file in SourceFiles.Below("", ".cs", ".rs", ".md", ".toml", ".csproj", ".props", ".yml", ".sh", ".json"))
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(Repository.Root, file));
            bytes.Should().NotContain((byte)'\r', "{0} must have LF line ends", file);
            if (bytes.Length > 0)
                Encoding.UTF8.GetString(bytes).Should().EndWith("\n", "{0} must end with a newline", file).And.NotEndWith("\n\n", "of {0}", file);
        }
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
