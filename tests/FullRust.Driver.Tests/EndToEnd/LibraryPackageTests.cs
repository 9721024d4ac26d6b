// The libraries outside of the repository: what is in their packages, and the sample that embeds them.

using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml.Linq;
using FluentAssertions;
using FullRust.TestKit;
using FullRust.TestKit.Linking;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class LibraryPackageTests
{
    [Theory]
    [InlineData("Elf", "")]
    [InlineData("Linker", "FullRust.Elf")]
    [InlineData("ElfVerify", "FullRust.Elf Iced")]
    public void Package_HasAssembliesDocumentationSymbolsAndReadme(string library, string dependencies)
    {
        using var folder = new TempFolder();
        string project = Path.Combine(Repository.Root, "src", $"FullRust.{library}");
        ToolResult packed = ToolRunner.Run("dotnet", ["pack", project, "--no-build", "-c", "Release", "-o", folder.Path, "-nologo", "-nodeReuse:false"]);
        packed.ExitCode.Should().Be(0, packed.ToString());
        string name = $"FullRust.{library}";
        using (ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(folder.Path, $"{name}.*.nupkg").Single()))
        {
            string[] entries = [.. package.Entries.Select(static e => e.FullName)];
            foreach (string framework in (string[])["net9.0", "net10.0"])
                entries.Should().Contain([$"lib/{framework}/{name}.dll", $"lib/{framework}/{name}.xml"]);
            entries.Should().Contain("README.md");
            using Stream specification = package.GetEntry($"{name}.nuspec")!.Open();
            XElement[] all = [.. XDocument.Load(specification).Descendants()];
            string Value(string element) => all.First(e => e.Name.LocalName == element).Value;
            Value("license").Should().Be("MIT OR Apache-2.0");
            Value("readme").Should().Be("README.md");
            Value("description").Should().NotBeEmpty();
            all.Where(static e => e.Name.LocalName == "dependency").Select(static e => e.Attribute("id")!.Value).Distinct().Order()
                .Should().Equal(dependencies.Split(' ', System.StringSplitOptions.RemoveEmptyEntries));
        }

        using ZipArchive symbols = ZipFile.OpenRead(Directory.GetFiles(folder.Path, $"{name}.*.snupkg").Single());
        symbols.Entries.Select(static e => e.FullName).Should().Contain([$"lib/net9.0/{name}.pdb", $"lib/net10.0/{name}.pdb"]);
    }

    [Fact]
    public void BuildTool_LinksObjectsOutOfAZipFile()
    {
        using var folder = new LinkFolder();
        using (ZipArchive zip = ZipFile.Open(folder["objects.zip"], ZipArchiveMode.Create))
        {
            foreach ((string name, string source) in ((string, string)[])
                [("start.o", ".globl _start\n_start: call seven\n mov %eax, %edi\n mov $60, %eax\n syscall"), ("seven.o", ".globl seven\nseven: mov $7, %eax\n ret")])
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(LinkFolder.AssembleBytes(source));
            }
        }

        string tool = Directory.GetFiles(Path.Combine(Repository.Root, "samples", "BuildTool", "bin", "Release"), "BuildTool.dll", SearchOption.AllDirectories).First();
        ToolResult linked = ToolRunner.Run("dotnet", [tool, "-o", "program", "objects.zip"], folder.Path);
        linked.ExitCode.Should().Be(0, linked.ToString());
        linked.Error.Should().Contain("Pass").And.Contain(" ms  ");
        ToolRunner.Run(folder["program"], []).ExitCode.Should().Be(7);
        ToolResult piped = ToolRunner.Run("/bin/sh", ["-c", $"dotnet '{tool}' -o - objects.zip > copy && cmp program copy"], folder.Path);
        piped.ExitCode.Should().Be(0, piped.ToString());
        ToolRunner.Run("dotnet", [tool, "-o", "program2", "-e", "nothing", "--no-such-option", "objects.zip"], folder.Path).ExitCode.Should().Be(1);
        File.Exists(folder["program2"]).Should().BeFalse();
    }
}
