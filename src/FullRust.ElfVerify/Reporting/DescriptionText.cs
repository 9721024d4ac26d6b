// What a file tells about itself, in lines for people: who made it of what. Nothing of it is a finding.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace FullRust.ElfVerify.Reporting;

internal static class DescriptionText
{
    /// <summary>The lines; none for a file that tells nothing.</summary>
    internal static IEnumerable<string> Of(VerifyFacts facts)
    {
        if (facts.BuildId is { } id)
            yield return $"build id: {id}";
        if (facts.Producers.Count != 0)
            yield return $"producers: {string.Join("; ", facts.Producers)}";
        if (facts.Provenance is { } record)
        {
            yield return $"linked by: {PrintableText.Escape(record.Tool)}, policy {PrintableText.Escape(record.Policy)}, of {record.RustInputs} Rust, {record.ListedInputs} listed and {record.ForeignInputs} other objects";
            if (record.Crates.Count != 0)
                yield return $"crates: {string.Join(", ", record.Crates.Select(PrintableText.Escape))}";
        }

        if (facts.AuditableDependencies is { } list)
            yield return $"dependencies (.dep-v0): {Packages(list)}";
    }

    // The names and versions of cargo auditable's packages; the bytes themselves where they have another form.
    private static string Packages(string list)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(list);
            return string.Join(", ", document.RootElement.GetProperty("packages").EnumerateArray().Select(static package =>
                PrintableText.Escape($"{package.GetProperty("name").GetString()} {package.GetProperty("version").GetString()}")));
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return PrintableText.EscapeLong(list);
        }
    }
}
