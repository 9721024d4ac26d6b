// A policy file: which profile, which levels, which limits, what is waived. Strict: an unknown key, rule or value is an error, so that a
// misspelt word never loosens a gate.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using FullRust.ElfVerify.Reporting;

namespace FullRust.ElfVerify.Policies;

/// <summary>A policy file. Immutable.</summary>
public sealed class Policy
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 8, CommentHandling = JsonCommentHandling.Skip };

    private readonly Dictionary<RuleId, FindingLevel> _levels = [];
    private readonly Dictionary<string, ulong> _limits = [];
    private readonly List<Waiver> _waivers = [];

    /// <summary>The profile that the policy starts from, or null.</summary>
    public VerifyProfile? Profile { get; private set; }

    /// <summary>The oldest kernel that must load the files, or null.</summary>
    public KernelVersion? MinKernel { get; private set; }

    /// <summary>Levels of single rules.</summary>
    public IReadOnlyDictionary<RuleId, FindingLevel> Levels => _levels;

    /// <summary>Limits by name: <c>memory</c>, <c>heap</c>, <c>tls</c>, <c>tlsAlignment</c>, <c>isa</c>, <c>fileSize</c>, <c>text</c>, <c>rodata</c>, <c>data</c>, <c>bss</c>.</summary>
    public IReadOnlyDictionary<string, ulong> Limits => _limits;

    /// <summary>Whether a build id is required.</summary>
    public bool RequireBuildId { get; private set; }

    /// <summary>Whether the linker's record of its inputs is required.</summary>
    public bool RequireProvenance { get; private set; }

    /// <summary>The accepted findings.</summary>
    public IReadOnlyList<Waiver> Waivers => _waivers;

    /// <summary>Reads a policy.</summary>
    /// <param name="json">The file.</param>
    /// <param name="today">The day on which waivers must hold.</param>
    /// <param name="policy">The policy, or null.</param>
    /// <param name="error">What is wrong with it, or an empty string.</param>
    /// <returns>False if it is wrong.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> json, DateOnly today, out Policy? policy, out string error)
    {
        policy = new Policy();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, s_options);
            policy.Read(document.RootElement, today);
            error = "";
            return true;
        }
        catch (JsonException problem)
        {
            error = PrintableText.EscapeLong(problem.Message);
        }

        policy = null;
        return false;
    }

    private void Read(JsonElement root, DateOnly today)
    {
        foreach (JsonProperty property in Members(root, "the policy"))
        {
            switch (property.Name)
            {
                case "extends": Profile = ReadProfile(property.Value); break;
                case "minKernel": MinKernel = ReadKernel(property.Value); break;
                case "rules": ReadLevels(property.Value); break;
                case "limits": ReadLimits(property.Value); break;
                case "require": ReadDemands(property.Value); break;
                case "waivers": ReadWaivers(property.Value, today); break;
                case "description": Text(property); break;
                default: throw Unknown("key", property.Name, "extends, minKernel, rules, limits, require, waivers or description");
            }
        }
    }

    private static VerifyProfile ReadProfile(JsonElement value)
    {
        string name = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return ProfileNames.TryParse(name, out VerifyProfile profile) ? profile : throw Unknown("profile", name, ProfileNames.List);
    }

    private static KernelVersion ReadKernel(JsonElement value)
    {
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return KernelVersion.TryParse(text, out KernelVersion version) ? version : throw Unknown("kernel", text, "a text such as \"6.1\"");
    }

    private void ReadLevels(JsonElement value)
    {
        foreach (JsonProperty property in Members(value, "rules"))
        {
            RuleId rule = ReadRule(property.Name);
            FindingLevel level = Text(property) switch
            {
                "error" => FindingLevel.Error,
                "warning" => FindingLevel.Warning,
                "info" => FindingLevel.Information,
                string other => throw Unknown("level", other, "error, warning or info"),
            };
            if (RuleTable.IsFixed(rule) && level != FindingLevel.Error)
                throw new JsonException($"{RuleTable.CodeOf(rule)} cannot be lowered: what breaks it is no loadable static executable");
            _levels[rule] = level;
        }
    }

    private void ReadLimits(JsonElement value)
    {
        foreach (JsonProperty property in Members(value, "limits"))
        {
            if (property.Name is not ("memory" or "heap" or "tls" or "tlsAlignment" or "isa" or "fileSize" or "text" or "rodata" or "data" or "bss"))
                throw Unknown("limit", property.Name, "memory, heap, tls, tlsAlignment, isa, fileSize, text, rodata, data or bss");
            if (property.Value.ValueKind != JsonValueKind.Number || !property.Value.TryGetUInt64(out ulong limit) || (property.Name == "isa" && limit is 0 or > 4))
                throw new JsonException($"limits.{property.Name} needs a whole number that is not negative{(property.Name == "isa" ? ", from 1 to 4" : "")}");
            _limits[property.Name] = limit;
        }
    }

    private void ReadDemands(JsonElement value)
    {
        foreach (JsonProperty property in Members(value, "require"))
        {
            if (property.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                throw new JsonException($"require.{PrintableText.Escape(property.Name)} needs true or false");
            if (property.Name == "buildId")
                RequireBuildId = property.Value.GetBoolean();
            else if (property.Name == "provenance")
                RequireProvenance = property.Value.GetBoolean();
            else
                throw Unknown("demand", property.Name, "buildId or provenance");
        }
    }

    private void ReadWaivers(JsonElement value, DateOnly today)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw new JsonException("waivers must be a list");
        foreach (JsonElement item in value.EnumerateArray())
        {
            Waiver waiver = ReadWaiver(item);
            if (RuleTable.IsFixed(waiver.Rule))
                throw new JsonException($"{RuleTable.CodeOf(waiver.Rule)} cannot be waived: what breaks it is no loadable static executable");
            if (waiver.Expires < today)
                throw new JsonException($"the waiver of {RuleTable.CodeOf(waiver.Rule)} for \"{PrintableText.Escape(waiver.Path)}\" expired on {waiver.Expires:yyyy-MM-dd}");
            _waivers.Add(waiver);
        }
    }

    private static Waiver ReadWaiver(JsonElement item)
    {
        RuleId? rule = null;
        DateOnly? expires = null;
        string path = "", reason = "";
        string? sha256 = null;
        foreach (JsonProperty property in Members(item, "a waiver"))
        {
            switch (property.Name)
            {
                case "rule": rule = ReadRule(Text(property)); break;
                case "path": path = Text(property); break;
                case "sha256": sha256 = Text(property); break;
                case "reason": reason = Text(property).Trim(); break;
                case "expires": expires = ReadDate(Text(property)); break;
                default: throw Unknown("key of a waiver", property.Name, "rule, path, sha256, reason or expires");
            }
        }

        if (rule is null || path.Length == 0 || reason.Length == 0 || expires is null)
            throw new JsonException("a waiver needs rule, path, reason and expires");
        if (sha256 is { Length: not 64 })
            throw new JsonException("sha256 of a waiver needs 64 hexadecimal digits");
        return new Waiver(rule.Value, path, sha256, reason, expires.Value);
    }

    private static DateOnly ReadDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
        ? date
        : throw Unknown("date", text, "YYYY-MM-DD");

    private static RuleId ReadRule(string code) => RuleTable.TryParse(code, out RuleId rule) ? rule : throw Unknown("rule", code, "--list-rules");

    private static string Text(JsonProperty property) => property.Value.ValueKind == JsonValueKind.String
        ? property.Value.GetString()!
        : throw new JsonException($"\"{PrintableText.Escape(property.Name)}\" needs a text");

    private static IEnumerable<JsonProperty> Members(JsonElement value, string what)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new JsonException($"{what} must be an object");
        var seen = new HashSet<string>();
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!seen.Add(property.Name))
                throw new JsonException($"\"{PrintableText.Escape(property.Name)}\" occurs twice in {what}");
            yield return property;
        }
    }

    private static JsonException Unknown(string what, string found, string known) => new($"unknown {what} \"{PrintableText.Escape(found)}\" (known: {known})");
}
