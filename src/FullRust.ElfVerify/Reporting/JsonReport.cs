// The report as JSON: one document, keys in alphabetical order, numbers beyond 2^53 as hexadecimal strings, the same bytes for the same
// run. docs/verify-report.schema.json describes it.

using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace FullRust.ElfVerify.Reporting;

/// <summary>Writes reports as JSON. Thread-safe as long as the stream is used by one thread.</summary>
public static class JsonReport
{
    /// <summary>Name and version of the format.</summary>
    public const string Schema = "fullrust-verify-report/1";

    /// <summary>Writes a run.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="run">The run.</param>
    public static void Write(Stream stream, VerifyRun run)
    {
        using (var json = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("files");
            foreach (VerifiedFile file in run.Files)
                WriteFile(json, file);
            json.WriteEndArray();
            json.WriteString("policySha256", run.PolicySha256);
            json.WriteString("schema", Schema);
            json.WriteString("tool", "fullrust-verify");
            json.WriteString("verdict", VerifiedFile.WordFor(run.ExitCode));
            json.WriteString("version", run.ToolVersion);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteFile(Utf8JsonWriter json, VerifiedFile file)
    {
        json.WriteStartObject();
        if (file.Report is null)
        {
            json.WriteString("error", PrintableText.Escape(file.Error));
            json.WriteString("file", PrintableText.Escape(file.Path));
            json.WriteString("rule", RuleTable.CodeOf(file.Rule));
        }
        else
        {
            WriteFacts(json, file.Report.Facts);
            json.WriteString("file", PrintableText.Escape(file.Path));
            WriteFindings(json, file.Report);
            json.WriteString("profile", ProfileNames.Of(file.Report.Options.Profile));
            WriteRules(json, file.Report);
            json.WriteString("sha256", file.Sha256);
            json.WriteNumber("size", file.Report.Facts.FileSize);
        }

        json.WriteString("verdict", file.Verdict);
        json.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter json, VerifyReport report)
    {
        json.WriteStartArray("findings");
        foreach (VerifyFinding finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("level", TextReport.WordFor(finding.Level));
            json.WriteString("message", finding.Message);
            WriteNumber(json, "offset", finding.FileOffset);
            json.WriteString("place", finding.Place);
            json.WriteString("result", WordFor(finding.Result));
            json.WriteString("rule", RuleTable.CodeOf(finding.Rule));
            WriteNumber(json, "size", finding.Size);
            if (finding.WaivedBecause is not null)
                json.WriteString("waivedBecause", finding.WaivedBecause);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRules(Utf8JsonWriter json, VerifyReport report)
    {
        json.WriteStartArray("rules");
        foreach (RuleId rule in RuleTable.All)
        {
            RuleResult result = report.ResultOf(rule);
            if (result == RuleResult.NotRun)
                continue;
            json.WriteStartObject();
            json.WriteString("id", RuleTable.CodeOf(rule));
            json.WriteString("level", TextReport.WordFor(RuleLevels.Of(rule, report.Options)));
            json.WriteString("result", WordFor(result));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFacts(Utf8JsonWriter json, VerifyFacts facts)
    {
        json.WriteStartObject("facts");
        WriteNumber(json, "bssBytes", facts.BssBytes);
        json.WriteString("buildId", facts.BuildId);
        WriteNumber(json, "dataBytes", facts.DataBytes);
        WriteNumber(json, "debugBytes", facts.DebugBytes);
        json.WriteString("dependencies", facts.AuditableDependencies);
        WriteNumber(json, "entry", facts.Entry);
        json.WriteString("entryPlace", facts.EntryPlace);
        json.WriteBoolean("hasDynamic", facts.HasDynamic);
        WriteNumber(json, "imageEnd", facts.ImageEnd);
        WriteNumber(json, "imageStart", facts.ImageStart);
        json.WriteString("interpreter", facts.Interpreter);
        json.WriteNumber("isaLevel", facts.IsaLevel);
        json.WriteString("libc", EvidenceLine.WordsFor(facts.Libc));
        WriteTexts(json, "libcTraces", facts.LibcTraces);
        json.WriteString("load", facts.Load?.ToString());
        json.WriteNumber("loadCount", facts.LoadCount);
        WriteTexts(json, "needed", facts.Needed);
        WriteTexts(json, "producers", facts.Producers);
        WriteProvenance(json, facts);
        WriteNumber(json, "rodataBytes", facts.RodataBytes);
        json.WriteNumber("sectionCount", facts.SectionCount);
        json.WriteNumber("segmentCount", facts.SegmentCount);
        if (facts.StackFlags is { } flags)
            json.WriteNumber("stackFlags", flags);
        json.WriteNumber("symbolCount", facts.SymbolCount);
        WriteNumber(json, "textBytes", facts.TextBytes);
        if (facts.TlsSize is { } tls)
            WriteNumber(json, "tlsBytes", tls);
        WriteNumber(json, "trailingBytes", facts.TrailingBytes);
        json.WriteString("type", facts.Type);
        if (facts.UnwindEntries is { } entries)
            json.WriteNumber("unwindEntries", entries);
        json.WriteEndObject();
    }

    private static void WriteProvenance(Utf8JsonWriter json, VerifyFacts facts)
    {
        if (facts.Provenance is not { } record)
            return;
        json.WriteStartObject("provenance");
        WriteTexts(json, "compilers", record.Compilers, escape: true);
        WriteTexts(json, "crates", record.Crates, escape: true);
        json.WriteNumber("foreignInputs", record.ForeignInputs);
        json.WriteString("inputsSha256", Convert.ToHexStringLower(record.InputsDigest.Span));
        json.WriteNumber("listedInputs", record.ListedInputs);
        json.WriteString("policy", PrintableText.Escape(record.Policy));
        json.WriteNumber("rustInputs", record.RustInputs);
        json.WriteString("tool", PrintableText.Escape(record.Tool));
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts, bool escape = false)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(escape ? PrintableText.Escape(text) : text);
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, ulong value)
    {
        if (value <= 1UL << 53)
            json.WriteNumber(name, value);
        else
            json.WriteString(name, $"0x{value:x}");
    }

    internal static string WordFor(RuleResult result) => result switch
    {
        RuleResult.Pass => "pass",
        RuleResult.Fail => "fail",
        RuleResult.NotApplicable => "not-applicable",
        RuleResult.Unknown => "unknown",
        _ => "not-run",
    };
}
