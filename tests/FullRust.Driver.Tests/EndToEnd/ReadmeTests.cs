// Follows README.md: its own code blocks, in their order, byte for byte.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.Driver.Tests.EndToEnd;

public sealed class ReadmeTests
{
    private const string Wordcount = "{\"brown\": 1, \"fox\": 2, \"quick\": 1, \"the\": 2}\n";

    private static readonly IReadOnlyList<(string Language, string Text)> s_blocks = Blocks(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void Wordcount_GoesFromCargoNewToLdd()
    {
        using var run = new DriverRun();
        run.WithVariable("PATH", Path.Combine(Repository.Root, "artifacts", "bin") + ":" + Environment.GetEnvironmentVariable("PATH"));
        string create = Block("sh", "cargo new wordcount");
        string source = Block("rust", "split_whitespace");
        string build = Block("sh", "cargo fullrust build --release");
        string script = string.Join('\n', "set -e", create, "cat > src/main.rs <<'END'", source, "END", build.Replace("ldd ", "! ldd ", StringComparison.Ordinal));

        ToolResult result = run.Run("/bin/sh", "-c", script);
        result.ExitCode.Should().Be(0, result.ToString());
        string everything = result.Output + result.Error;
        foreach (string line in Block("text", "dynamic section").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (string part in line.Split(',', StringSplitOptions.TrimEntries))
                everything.Should().Contain(part);
        }

        string program = run["wordcount", "target", "x86_64-fullrust-linux", "release", "wordcount"];
        ToolRunner.Run(program, []).Output.Should().Be(Wordcount);
    }

    [Fact]
    public void ExplicitProgram_BuildsAndPrints()
    {
        using DriverRun run = SampleCrates.Single(isExplicit: true).With("src/main.rs", Block("rust", "fullrust::entry!"));
        ToolResult result = run.Cargo("--stable", "run");
        result.Output.Should().Be("hello from libc-free rust\n", result.ToString());
    }

    [Fact]
    public void FirstCommand_PrintsWhatTheReadmeSays()
    {
        string command = Block("sh", "./x run").Split('\n')[0];
        ToolResult result = ToolRunner.Run("/bin/sh", ["-c", command], Repository.Root);
        result.Output.Should().Be(Block("text", "hello"), result.ToString());
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public void EveryExample_IsBuilt_AndTheOrdinaryOneIsTheWordcount()
    {
        string x = Path.Combine(Repository.Root, "x");
        ToolResult built = ToolRunner.Run(x, ["build"]);
        built.ExitCode.Should().Be(0, built.ToString());
        foreach (string folder in Directory.GetDirectories(Path.Combine(Repository.Root, "runtime", "examples")))
            built.Error.Should().Contain($"/debug/{Path.GetFileName(folder)} (");
        File.ReadAllText(Path.Combine(Repository.Root, "runtime", "examples", "plain", "src", "main.rs")).Should().EndWith(Block("rust", "split_whitespace").Split('\n', 2)[1]);
        ToolRunner.Run(x, ["run", "-p", "plain", "-q"]).Output.Should().Be(Wordcount);
        ToolRunner.Run(x, ["run", "-q", "-p", "args", "--", "a", "b c"]).Output.Should().Contain("b c");
    }

    private static string Block(string language, string containing) =>
        s_blocks.First(b => b.Language == language && b.Text.Contains(containing, StringComparison.Ordinal)).Text;

    private static List<(string Language, string Text)> Blocks(string path)
    {
        var blocks = new List<(string, string)>();
        string? language = null;
        var text = new List<string>();
        foreach (string line in File.ReadLines(path))
        {
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                text.Add(line);
                continue;
            }

            if (language is not null)
                blocks.Add((language, string.Join('\n', text) + "\n"));
            language = language is null ? line[3..] : null;
            text.Clear();
        }

        return blocks;
    }
}
