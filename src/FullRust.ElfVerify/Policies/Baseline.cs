// A list of findings that are known today: a gate with a baseline fails on new ones only. A finding is known by rule, place and the
// file's name, so it survives a rebuild.

using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using FullRust.ElfVerify.Reporting;

namespace FullRust.ElfVerify.Policies;

/// <summary>A list of known findings. Immutable.</summary>
public sealed class Baseline
{
    /// <summary>Name and version of the format.</summary>
    public const string Schema = "fullrust-verify-baseline/1";

    private readonly HashSet<(string File, string Rule, string Place)> _known = [];

    /// <summary>Reads a baseline.</summary>
    /// <param name="json">The file.</param>
    /// <param name="baseline">The list, or null.</param>
    /// <param name="error">What is wrong with it, or an empty string.</param>
    /// <returns>False if it is wrong.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> json, out Baseline? baseline, out string error)
    {
        baseline = new Baseline();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            baseline.Read(document.RootElement);
            error = "";
            return true;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            error = PrintableText.EscapeLong(problem.Message);
        }

        baseline = null;
        return false;
    }

    /// <summary>Whether a finding is in the list.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="finding">The finding.</param>
    /// <returns>True if it is known.</returns>
    public bool Contains(string path, VerifyFinding finding) => _known.Contains((Path.GetFileName(path), RuleTable.CodeOf(finding.Rule), finding.Place));

    /// <summary>Writes the findings of a run as a baseline, sorted.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="run">The run.</param>
    public static void Write(Stream stream, VerifyRun run)
    {
        var entries = new SortedSet<(string File, string Rule, string Place)>();
        foreach (VerifiedFile file in run.Files)
        {
            foreach (VerifyFinding finding in file.Report?.Findings ?? [])
                entries.Add((Path.GetFileName(file.Path), RuleTable.CodeOf(finding.Rule), finding.Place));
        }

        using (var json = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("findings");
            foreach ((string file, string rule, string place) in entries)
            {
                json.WriteStartObject();
                json.WriteString("file", file);
                json.WriteString("place", place);
                json.WriteString("rule", rule);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("schema", Schema);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private void Read(JsonElement root)
    {
        if (root.GetProperty("schema").GetString() != Schema)
            throw new JsonException($"its schema is not \"{Schema}\"");
        foreach (JsonElement entry in root.GetProperty("findings").EnumerateArray())
            _known.Add((entry.GetProperty("file").GetString() ?? "", entry.GetProperty("rule").GetString() ?? "", entry.GetProperty("place").GetString() ?? ""));
    }
}
