// As much of JSON Schema (draft 2020-12) as docs/verify-report.schema.json uses. A keyword that is not known here is an error, so that
// nothing in the schema goes unchecked.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FullRust.ElfVerify.Tests.Reporting;

internal sealed class JsonSchema(JsonElement root)
{
    /// <summary>Says where a document breaks the schema; nothing if it keeps it.</summary>
    internal IEnumerable<string> Check(JsonElement document) => Check(root, document, "$");

    private IEnumerable<string> Check(JsonElement schema, JsonElement value, string place) =>
        schema.EnumerateObject().SelectMany(keyword => Check(schema, keyword, value, place));

    private IEnumerable<string> Check(JsonElement schema, JsonProperty keyword, JsonElement value, string place)
    {
        JsonElement rule = keyword.Value;
        return keyword.Name switch
        {
            "$schema" or "$defs" or "title" or "description" => [],
            "$ref" => Check(Resolve(rule.GetString()!), value, place),
            "type" => Require(Types(rule).Any(type => IsOfType(value, type)), $"{place} is {value.ValueKind}"),
            "const" => Require(JsonElement.DeepEquals(rule, value), $"{place} is not {rule}"),
            "enum" => Require(rule.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)), $"{place} is {value}"),
            "oneOf" => CheckOneOf(rule, value, place),
            "required" => rule.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{place} lacks {name}"),
            "properties" => rule.EnumerateObject().Where(p => value.TryGetProperty(p.Name, out _)).SelectMany(p => Check(p.Value, value.GetProperty(p.Name), $"{place}.{p.Name}")),
            "additionalProperties" when rule.ValueKind == JsonValueKind.False => value.EnumerateObject().Where(p => !schema.GetProperty("properties").TryGetProperty(p.Name, out _)).Select(p => $"{place} has {p.Name}"),
            "items" => value.EnumerateArray().SelectMany((item, i) => Check(rule, item, $"{place}[{i}]")),
            "pattern" => Require(value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!), $"{place} is {value}"),
            "minLength" => Require(value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= rule.GetInt32(), $"{place} is too short"),
            "minimum" => Require(value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal(), $"{place} is {value}"),
            _ => throw new NotSupportedException($"the keyword {keyword.Name}"),
        };
    }

    private IEnumerable<string> CheckOneOf(JsonElement choices, JsonElement value, string place)
    {
        List<string>[] problems = [.. choices.EnumerateArray().Select(choice => Check(choice, value, place).ToList())];
        return problems.Count(static p => p.Count == 0) == 1 ? [] : problems.OrderBy(static p => p.Count).First(static p => p.Count >= 0).DefaultIfEmpty($"{place} is of two kinds");
    }

    private static IEnumerable<string> Require(bool holds, string problem) => holds ? [] : [problem];

    private static IEnumerable<string> Types(JsonElement rule) =>
        rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Select(static t => t.GetString()!) : [rule.GetString()!];

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"the type {type}"),
    };

    private JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(root, static (element, name) => element.GetProperty(name));
}
