// The report as SARIF 2.1.0 in the form that GitHub code scanning takes: every result has a message and a location with a relative URI,
// every rule help, every result a fingerprint; at most 5000 results, errors first.

using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using FullRust.Elf;

namespace FullRust.ElfVerify.Reporting;

/// <summary>Writes reports as SARIF. Thread-safe as long as the stream is used by one thread.</summary>
public static class SarifReport
{
    private const int MaxResults = 5000;

    /// <summary>Writes a run.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="run">The run.</param>
    public static void Write(Stream stream, VerifyRun run)
    {
        using (var json = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, run);
            WriteInvocation(json, run);
            json.WriteString("columnKind", "utf16CodeUnits");
            WriteResults(json, run);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>The relative URI of a path: counted from the working folder where it lies below it, else from the root.</summary>
    /// <param name="path">The path.</param>
    /// <param name="workingFolder">The working folder; absolute.</param>
    /// <returns>A URI reference with each segment percent-encoded.</returns>
    public static string UriOf(string path, string workingFolder)
    {
        if (path == "-")
            return "stdin";
        string full = Path.GetFullPath(path, workingFolder);
        string root = workingFolder.TrimEnd('/') + "/";
        string relative = full.StartsWith(root, StringComparison.Ordinal) ? full[root.Length..] : full.TrimStart('/');
        var uri = new StringBuilder();
        foreach (string segment in relative.Split('/'))
            uri.Append(uri.Length == 0 ? "" : "/").Append(Uri.EscapeDataString(segment));
        return uri.ToString();
    }

    private static void WriteTool(Utf8JsonWriter json, VerifyRun run)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "fullrust-verify");
        json.WriteString("semanticVersion", run.ToolVersion);
        json.WriteString("version", run.ToolVersion);
        json.WriteStartArray("rules");
        foreach (RuleId rule in RuleTable.All)
            WriteRule(json, RuleTable.Describe(rule));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, RuleDescription rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Code);
        json.WriteString("name", rule.Code);
        WriteText(json, "shortDescription", rule.Title);
        WriteText(json, "fullDescription", rule.Why);
        json.WriteStartObject("help");
        json.WriteString("text", $"{rule.Why}. {rule.Fix}.");
        json.WriteString("markdown", $"{rule.Why}.\n\n**Fix:** {rule.Fix}.");
        json.WriteEndObject();
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", LevelOf(rule.Level));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, VerifyRun run)
    {
        bool anyVerdict = false;
        foreach (VerifiedFile file in run.Files)
            anyVerdict |= file.Report is not null;
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", anyVerdict);
        json.WriteNumber("exitCode", run.ExitCode);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResults(Utf8JsonWriter json, VerifyRun run)
    {
        int written = 0;
        json.WriteStartArray("results");
        foreach (FindingLevel level in (ReadOnlySpan<FindingLevel>)[FindingLevel.Error, FindingLevel.Warning, FindingLevel.Information])
        {
            foreach (VerifiedFile file in run.Files)
            {
                foreach (VerifyFinding finding in FindingsOf(file))
                {
                    if (finding.Level == level && written++ < MaxResults)
                        WriteResult(json, run, file, finding);
                }
            }
        }

        json.WriteEndArray();
    }

    private static IReadOnlyList<VerifyFinding> FindingsOf(VerifiedFile file) => file.Report is { } report
        ? report.Findings
        : [new VerifyFinding(file.Rule, FindingLevel.Error, RuleResult.Unknown, "file", PrintableText.Escape(file.Error), 0, 0)];

    private static void WriteResult(Utf8JsonWriter json, VerifyRun run, VerifiedFile file, VerifyFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", RuleTable.CodeOf(finding.Rule));
        json.WriteNumber("ruleIndex", (int)finding.Rule);
        json.WriteString("level", LevelOf(finding.Level));
        WriteText(json, "message", $"{finding.Place}: {finding.Message}");
        WriteLocation(json, UriOf(file.Path, run.WorkingFolder), finding);
        json.WriteStartObject("partialFingerprints");
        json.WriteString("fullrustVerify/v1", FingerprintOf(file.Path, finding));
        json.WriteEndObject();
        if (finding.WaivedBecause is not null)
            WriteSuppression(json, finding.WaivedBecause);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, string uri, VerifyFinding finding)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", uri);
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        if (finding.FileOffset <= int.MaxValue && finding.Size is > 0 and <= int.MaxValue)
        {
            json.WriteNumber("byteOffset", finding.FileOffset);
            json.WriteNumber("byteLength", finding.Size);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSuppression(Utf8JsonWriter json, string reason)
    {
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", "external");
        json.WriteString("status", "accepted");
        json.WriteString("justification", PrintableText.Escape(reason));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string LevelOf(FindingLevel level) => level switch
    {
        FindingLevel.Error => "error",
        FindingLevel.Warning => "warning",
        _ => "note",
    };

    // Stable while the file keeps its name and the finding its place: GitHub follows a result from run to run by it.
    private static string FingerprintOf(string path, VerifyFinding finding) =>
        Sha256.HexOf(Encoding.UTF8.GetBytes($"{RuleTable.CodeOf(finding.Rule)}\n{finding.Place}\n{Path.GetFileName(path)}"))[..32];
}
