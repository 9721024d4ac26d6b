// The rules of DESIGN.md and CONTRIBUTING.md that a compiler does not hold. A list of exceptions names each with its reason.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using FluentAssertions;
using Xunit;

namespace FullRust.Tidy.Tests;

public sealed class ArchitectureTests
{
    /// <summary>Folders of the linker that phases are in: they run over millions of rows.</summary>
    private static readonly string[] s_phaseFolders = ["Inputs", "Objects", "Symbols", "Sections", "Relocations", "Layout", "Writing"];

    [Theory]
    [InlineData("FullRust.Elf")]
    [InlineData("FullRust.Linker", "FullRust.Elf")]
    [InlineData("FullRust.ElfVerify", "FullRust.Elf")]
    [InlineData("FullRust.Driver", "FullRust.ElfVerify", "FullRust.Linker")]
    public void Project_RefersOnlyToWhatItMayKnow(string project, params string[] known)
    {
        string text = SourceFiles.Read($"src/{project}/{project}.csproj");
        Regex.Matches(text, @"<ProjectReference Include=""[^""]*/([^/""]+)\.csproj""").Select(m => m.Groups[1].Value).Order()
            .Should().Equal(known);
    }

    [Fact]
    public void UnsafeCode_IsOnlyInElfMemory()
    {
        foreach (string file in SourceFiles.Below("src", ".cs").Where(f => !f.StartsWith("src/FullRust.Elf/Memory/", StringComparison.Ordinal)))
            Regex.IsMatch(CodeOf(file), @"\bunsafe\b").Should().BeFalse("{0} may not use unsafe code", file);
    }

    [Fact]
    public void UnsafeBlocks_AreAllowedInOneProject()
    {
        SourceFiles.Below("", ".csproj", ".props").Where(f => SourceFiles.Read(f).Contains("<AllowUnsafeBlocks>true", StringComparison.Ordinal))
            .Should().Equal("src/FullRust.Elf/FullRust.Elf.csproj");
    }

    // Orders that only an option asks for: a stable sort by a key is what they need, and no link without the option runs them.
    private static readonly string[] s_mayUseLinq =
        ["Layout/RequestedOrder.cs", "Layout/CallGraphOrder.cs", "Layout/Synthetic/CommonBlock.cs"];

    [Fact]
    public void PhaseFolders_UseNoLinq()
    {
        foreach (string file in s_phaseFolders.SelectMany(f => SourceFiles.Below("src/FullRust.Linker/" + f, ".cs")).Where(f => !s_mayUseLinq.Any(f.EndsWith)))
            CodeOf(file).Should().NotContain("using System.Linq;", "{0} is in a phase folder", file);
    }

    [Fact]
    public void Libraries_LeaveProcessAndConsoleToTheDriver()
    {
        foreach (string file in ((string[])["src/FullRust.Elf", "src/FullRust.Linker", "src/FullRust.ElfVerify"]).SelectMany(f => SourceFiles.Below(f, ".cs")))
        {
            Regex.IsMatch(CodeOf(file), @"\bConsole\.|\bEnvironment\.(Exit|GetEnvironmentVariable|CommandLine|GetCommandLineArgs)|\bProcess\.Start\b")
                .Should().BeFalse("{0} is in a library", file);
        }
    }

    [Fact]
    public void LinkerTests_ThatCallTheLibrary_SaySo()
    {
        foreach (string file in SourceFiles.Below("tests/FullRust.Linker.Tests", "Tests.cs"))
        {
            if (Regex.IsMatch(CodeOf(file), @"\bLinker\.Link\(|\bArgumentParser\b|\bCommandLine\.Parse\b|\bnew DiagnosticSink\b|\bnew LinkOptions\b"))
                CodeOf(file).Should().Contain("[NeedsLibrary(", "{0} cannot be put to an executable", file);
        }
    }

    [Fact]
    public void Namespaces_AreFolders()
    {
        foreach (string file in SourceFiles.Below("src", ".cs"))
        {
            string folder = System.IO.Path.GetDirectoryName(file)!["src/".Length..].Replace('/', '.');
            Match declared = Regex.Match(SourceFiles.Read(file), @"^namespace ([\w.]+)", RegexOptions.Multiline);
            if (declared.Success)
                declared.Groups[1].Value.Should().Be(folder, "it is the folder of {0}", file);
        }
    }

    [Fact]
    public void Runtime_HasNoDependencyFromOutside()
    {
        foreach (string file in SourceFiles.Below("runtime", "Cargo.lock"))
            SourceFiles.Read(file).Should().NotContain("source = ", "{0} must only name crates of this repository", file);
    }

    [Fact]
    public void ArchitectureCfgs_AreOnlyBesideTheAssembly()
    {
        IEnumerable<string> files = SourceFiles.Below("runtime", ".rs").Where(f => f.Contains("/src/", StringComparison.Ordinal));
        string[] exceptions =
        [
            "runtime/builtins/src/mem/mod.rs", // chooses the memory routines written in assembly
        ];
        files.Where(f => !f.Contains("/arch", StringComparison.Ordinal) && Regex.IsMatch(CodeOf(f), @"#!?\[cfg\([^\]]*target_arch"))
            .Should().Equal(exceptions);
    }

    /// <summary>A file without comments and strings, as far as one line tells.</summary>
    private static string CodeOf(string file) =>
        string.Join('\n', SourceFiles.Read(file).Split('\n').Select(static l => Regex.Replace(Regex.Replace(l, @"""([^""\\]|\\.)*""", "\"\""), "//.*$", "")));
}
