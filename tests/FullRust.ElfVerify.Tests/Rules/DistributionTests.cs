// Every executable of this machine's distribution is judged without a failure, and the verdict agrees with readelf on what it can see
// (interpreter, dynamic section, segments, entry) and with file on what it calls them.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FluentAssertions;
using FullRust.TestKit;
using Xunit;

namespace FullRust.ElfVerify.Tests.Rules;

public sealed class DistributionTests
{
    // Enough for every kind of program; FULLRUST_SWEEP=all takes all.
    private const int QuickCount = 150;

    [FactWithTool("readelf", "file")]
    public void Verify_ProgramsOfTheDistribution_AgreeWithReadelfAndFile()
    {
        bool isFull = Environment.GetEnvironmentVariable("FULLRUST_SWEEP") == "all";
        List<string> programs = Programs().Take(isFull ? int.MaxValue : QuickCount).ToList();
        programs.Should().NotBeEmpty();
        foreach (string[] batch in programs.Chunk(50))
        {
            Dictionary<string, string> views = ReadelfViews(batch);
            string[] words = ToolRunner.Run("file", ["-b", .. batch]).Output.TrimEnd().Split('\n');
            foreach ((string path, string word) in batch.Zip(words))
                Compare(path, views[path], word);
        }
    }

    private static void Compare(string path, string view, string word)
    {
        VerifyReport report = Verifier.Verify(File.ReadAllBytes(path), VerifyOptions.Default);

        bool hasInterpreter = view.Contains("\n  INTERP", StringComparison.Ordinal), hasDynamic = view.Contains("\n  DYNAMIC", StringComparison.Ordinal);
        (report.Facts.Interpreter is not null).Should().Be(hasInterpreter, path);
        report.Facts.HasDynamic.Should().Be(hasDynamic, path);
        report.Facts.LoadCount.Should().Be(view.Split("\n  LOAD").Length - 1, path);
        view.Should().Contain($"Entry point 0x{report.Facts.Entry:x}\n", path);
        if (hasInterpreter || hasDynamic)
            report.IsVerified.Should().BeFalse(path);
        else
            report.Findings.Where(static finding => finding.Level == FindingLevel.Error).Select(static finding => finding.Rule)
                .Should().BeSubsetOf([RuleId.C01, RuleId.H04], $"{path} is static");
        string called = hasInterpreter ? "dynamically linked" : report.Facts.Type == "ET_DYN" ? "static-pie linked" : "statically linked";
        word.Should().Contain(called, path);
        report.ResultOf(RuleId.K01).Should().Be(RuleResult.Pass, path);
        report.ResultOf(RuleId.Z02).Should().NotBe(RuleResult.Fail, $"{path}: {string.Join("; ", report.Findings.Where(static f => f.Rule == RuleId.Z02))}");
    }

    private static Dictionary<string, string> ReadelfViews(string[] paths)
    {
        string output = paths.Length == 1 ? $"File: {paths[0]}\n" : "";
        output += ToolRunner.Run("readelf", ["-lW", .. paths]).Output;
        return output.Split("File: ", StringSplitOptions.RemoveEmptyEntries).Where(static part => part.Contains('\n'))
            .ToDictionary(static part => part[..part.IndexOf('\n')].Trim(), static part => part);
    }

    private static IEnumerable<string> Programs()
    {
        foreach (string folder in (string[])["/usr/bin", "/usr/sbin"])
        {
            foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles().OrderBy(static file => file.FullName, StringComparer.Ordinal))
            {
                if (file.LinkTarget is null && file.Length is > 64 and < 64 << 20 && StartsAsElf(file.FullName))
                    yield return file.FullName;
            }
        }
    }

    private static bool StartsAsElf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[4];
        return stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic.SequenceEqual("\u007fELF"u8);
    }
}
