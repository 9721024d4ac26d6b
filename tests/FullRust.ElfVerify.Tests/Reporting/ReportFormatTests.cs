// Machine-readable reports: what their readers demand, for passes, failures and inputs that could not be judged.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using FluentAssertions;
using FullRust.ElfVerify.Reporting;
using FullRust.HostileElf;
using FullRust.TestKit;
using Xunit;

namespace FullRust.ElfVerify.Tests.Reporting;

public sealed class ReportFormatTests
{
    private static VerifyRun Run(params VerifiedFile[] files) => new("0.1.0", files, null, "/srv/project");

    private static VerifiedFile Judge(string path, byte[] bytes, Func<VerifyFinding, string?>? waive = null)
    {
        VerifyReport report = Verifier.Verify(bytes, VerifyOptions.Default);
        return new VerifiedFile(path, waive is null ? report : report.Waive(waive), new string('a', 64), default, "");
    }

    private static VerifiedFile Hostile(string name, Func<VerifyFinding, string?>? waive = null) => Judge(name, SingleFaults.All().Single(item => item.Name == name).Bytes, waive);

    private static JsonElement ParseJson(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    // The sample with a dependency list as cargo auditable writes it.
    private static byte[] Auditable(string list)
    {
        using var packed = new MemoryStream();
        using (var stream = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(System.Text.Encoding.UTF8.GetBytes(list));
        ElfEdit edit = SampleElf.Build();
        ulong end = (ulong)edit.Bytes.Length;
        edit.Put(edit.Bytes.AsSpan().IndexOf(".comment\0"u8), ".dep-v0\0"u8).Append(packed.ToArray());
        return edit.WithSection(SampleElf.SecComment, (ref FullRust.Elf.Native.Elf64_Shdr s) => (s.sh_offset, s.sh_size) = (end, (ulong)packed.Length)).Bytes;
    }

    private static string VerboseText(byte[] bytes)
    {
        using var text = new StringWriter { NewLine = "\n" };
        TextReport.Write(text, "file", Verifier.Verify(bytes, VerifyOptions.Default), null, isVerbose: true);
        return text.ToString();
    }

    [Fact]
    public void DependencyList_IsShownInTextAndKeptWholeInJson()
    {
        string[] packages = [.. Enumerable.Range(0, 50).Select(static i => $"{{\"name\":\"crate-{i}\",\"version\":\"1.{i}.0\",\"source\":\"registry\"}}")];
        string list = $"{{\"packages\":[{string.Join(',', packages)}]}}";
        byte[] file = Auditable(list);

        VerboseText(file).Should().Contain("  dependencies (.dep-v0): crate-0 1.0.0, crate-1 1.1.0, ").And.Contain(", crate-49 1.49.0\n");
        ParseJson(stream => JsonReport.Write(stream, Run(Judge("file", file)))).GetProperty("files")[0].GetProperty("facts").GetProperty("dependencies").GetString().Should().Be(list);
    }

    [Theory]
    [InlineData("no JSON \u001b[31m", "dependencies (.dep-v0): no JSON \\x1b[31m")]
    [InlineData("{\"packages\":5}", "dependencies (.dep-v0): {\"packages\":5}")]
    [InlineData("{\"packages\":[{\"name\":3}]}", "dependencies (.dep-v0): {")]
    [InlineData("[]", "dependencies (.dep-v0): []")]
    public void DependencyList_OfAnotherForm_IsShownAsItIs(string list, string expected) => VerboseText(Auditable(list)).Should().Contain(expected);

    [Fact]
    public void VerboseText_NamesBuildIdAndProducers() =>
        VerboseText(SampleElf.Build().Bytes).Should().Contain("  build id: abab").And.Contain("  producers: demo linker 1.0\n");

    [Fact]
    public void Json_AnyRun_HasSortedKeysAndTheSameBytesTwice()
    {
        VerifyRun run = Run(Judge("good", SampleElf.Build().Bytes), Hostile("offset-wraps"), VerifiedFile.Undecided("missing", RuleId.I01, "No such file"));
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        JsonReport.Write(first, run);
        JsonReport.Write(second, run);

        first.ToArray().Should().Equal(second.ToArray());
        JsonElement root = JsonDocument.Parse(first.ToArray()).RootElement;
        CheckSorted(root);
        root.GetProperty("verdict").GetString().Should().Be("undecided");
        root.GetProperty("files").EnumerateArray().Select(static file => file.GetProperty("verdict").GetString()).Should().Equal("verified", "not-verified", "undecided");
    }

    [Fact]
    public void Json_EveryHostileFile_KeepsThePublishedSchema()
    {
        var schema = new JsonSchema(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "docs", "verify-report.schema.json"))).RootElement);
        VerifiedFile[] files = [Judge("good", SampleElf.Build().Bytes), .. SingleFaults.All().Select(static item => Judge(item.Name, item.Bytes)),
            Hostile("offset-wraps", static _ => "known"), VerifiedFile.Undecided("missing", RuleId.I01, "No such file")];

        schema.Check(ParseJson(stream => JsonReport.Write(stream, Run(files)))).Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"tool\"", "\"tools\"")]
    [InlineData("\"verified\"", "\"fine\"")]
    [InlineData("\"loadCount\": 3", "\"loadCount\": -1")]
    [InlineData("\"size\": ", "\"extra\": 1, \"size\": ")]
    [InlineData("FRV-S01", "S01")]
    public void Json_ReportThatIsChanged_BreaksThePublishedSchema(string from, string to)
    {
        var schema = new JsonSchema(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "docs", "verify-report.schema.json"))).RootElement);
        using var stream = new MemoryStream();
        JsonReport.Write(stream, Run(Judge("good", SampleElf.Build().Bytes)));
        string text = Encoding.UTF8.GetString(stream.ToArray());
        text.Should().Contain(from);

        schema.Check(JsonDocument.Parse(text.Replace(from, to, StringComparison.Ordinal)).RootElement).Should().NotBeEmpty();
    }

    private static void CheckSorted(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
                CheckSorted(item);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            value.EnumerateObject().Select(static member => member.Name).Should().BeInAscendingOrder(StringComparer.Ordinal);
            foreach (JsonProperty member in value.EnumerateObject())
                CheckSorted(member.Value);
        }
    }

    [Fact]
    public void Sarif_EveryResult_HasWhatGithubDemands()
    {
        VerifyRun run = Run(Hostile("interp-size-6"), Hostile("stack-flags-1", static _ => "known"), VerifiedFile.Undecided("/abs/mis sing", RuleId.I01, "No such file"));

        JsonElement root = ParseJson(stream => SarifReport.Write(stream, run));

        root.GetProperty("version").GetString().Should().Be("2.1.0");
        JsonElement single = root.GetProperty("runs")[0];
        var rules = single.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        rules.Should().OnlyContain(static rule => rule.GetProperty("help").GetProperty("text").GetString()!.Length > 0);
        single.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean().Should().BeTrue();
        List<JsonElement> results = [.. single.GetProperty("results").EnumerateArray()];
        results.Should().HaveCountGreaterThan(2);
        foreach (JsonElement result in results)
        {
            result.GetProperty("message").GetProperty("text").GetString().Should().NotBeNullOrEmpty();
            rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString().Should().Be(result.GetProperty("ruleId").GetString());
            JsonElement location = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            location.GetProperty("artifactLocation").GetProperty("uri").GetString().Should().NotStartWith("/").And.NotContain(" ");
            location.GetProperty("region").GetProperty("startLine").GetInt32().Should().Be(1);
            result.GetProperty("partialFingerprints").GetProperty("fullrustVerify/v1").GetString().Should().HaveLength(32);
        }

        results.Where(static result => result.TryGetProperty("suppressions", out _)).Should().ContainSingle();
    }

    [Theory]
    [InlineData("a b/c%d", "a%20b/c%25d")]
    [InlineData("/srv/project/x", "x")]
    [InlineData("/srv/other/x", "srv/other/x")]
    [InlineData("../x", "srv/x")]
    [InlineData("-", "stdin")]
    public void SarifUri_AnyPath_IsRelativeAndEncoded(string path, string uri) => SarifReport.UriOf(path, "/srv/project").Should().Be(uri);

    [Fact]
    public void Junit_Suite_CountsFailuresErrorsAndSkipped()
    {
        VerifyRun run = Run(Hostile("stack-flags-1"), Hostile("stack-flags-7", static _ => "needed by a JIT"), VerifiedFile.Undecided("missing", RuleId.I01, "No such file"));
        using var stream = new MemoryStream();
        JunitReport.Write(stream, run);
        stream.Position = 0;

        List<XElement> suites = [.. XDocument.Load(stream).Root!.Elements("testsuite")];

        suites.Select(static suite => (string)suite.Attribute("failures")!).Should().Equal("1", "0", "0");
        suites.Select(static suite => (string)suite.Attribute("skipped")!).Should().Equal("0", "1", "0");
        suites.Select(static suite => (string)suite.Attribute("errors")!).Should().Equal("0", "0", "1");
        foreach (XElement suite in suites)
            suite.Elements("testcase").Should().HaveCount((int)suite.Attribute("tests")!);
        suites[0].Descendants("failure").Single().Attribute("type")!.Value.Should().Be("FRV-X04");
        suites[1].Descendants("skipped").Single().Attribute("message")!.Value.Should().Contain("needed by a JIT");
    }

    [Fact]
    public void Github_HostileNames_CannotEndTheCommand()
    {
        using var writer = new StringWriter();
        GithubReport.Write(writer, Run(Hostile("interp-size-6") with { Path = "a,b:c%\n::error::forged" }));

        string[] lines = writer.ToString().TrimEnd('\n').Split('\n');

        lines.Should().OnlyContain(static line => line.StartsWith("::error file=") || line.StartsWith("::warning file=") || line.StartsWith("::notice file="));
        lines[0].Should().Contain("a%2Cb%3Ac%25").And.Contain("title=FRV-S01");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[31mred", "\\x1b[31mred")]
    [InlineData("a\u202eb", "a\\u{202e}b")]
    [InlineData("tab\tnul\0", "tab\\x09nul\\x00")]
    [InlineData("größe", "größe")]
    public void Escape_Names_ShowsWhatCouldDeceive(string text, string shown) => PrintableText.Escape(text).Should().Be(shown);

    [Fact]
    public void Escape_InvalidUtf8_ShowsTheBytes() => PrintableText.Escape([0xff, (byte)'a', 0xc3]).Should().Be("\\xffa\\xc3");

    [Fact]
    public void Text_Failure_SaysWhatTheKernelDoesAndWhatHelps()
    {
        using var writer = new StringWriter();
        VerifiedFile file = Hostile("interp-size-6");
        TextReport.Write(writer, file.Path, file.Report!, file.Sha256, isVerbose: false);

        writer.ToString().Should().StartWith("NOT VERIFIED: interp-size-6").And.Contain("error[FRV-S01]").And.Contain("hello").And.Contain("-static");
    }

    [Fact]
    public void Text_Pass_IsOneLineOfEvidence()
    {
        using var writer = new StringWriter();
        VerifiedFile file = Judge("app", SampleElf.Build().Bytes);
        TextReport.Write(writer, file.Path, file.Report!, file.Sha256, isVerbose: false);

        writer.ToString().TrimEnd().Split('\n').Should().ContainSingle().Which.Should().StartWith("verified: app  ET_EXEC x86-64, 3 PT_LOAD, no PT_INTERP, no PT_DYNAMIC")
            .And.Contain("entry .text+0x0").And.Contain("libc: no evidence (this is not a proof)");
    }
}
