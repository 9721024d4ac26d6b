// What the user's cargo configuration says about flags, runner and aliases for our target. Cargo itself reads its files: `cargo config get`
// merges them with `--config`, but not with CARGO_* variables. The command is unstable in name only; RUSTC_BOOTSTRAP is set for this one query and
// reaches no build.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using FullRust.Driver.Platform;
using FullRust.Driver.Toolchain;

namespace FullRust.Driver.Cargo;

/// <summary>The parts of cargo's merged configuration that our own settings must be joined with. Immutable.</summary>
internal sealed class CargoConfiguration
{
    private readonly JsonElement _root;
    private readonly string _triple;
    private readonly IReadOnlySet<string> _facts;

    private CargoConfiguration(JsonElement root, string triple, IReadOnlySet<string> facts) => (_root, _triple, _facts) = (root, triple, facts);

    /// <summary>Asks cargo.</summary>
    /// <param name="toolchain">The toolchain in use.</param>
    /// <param name="target">What is built for.</param>
    /// <param name="options"><c>--config</c> and <c>-C</c> of the user's command line.</param>
    /// <param name="environment">The environment of the build.</param>
    /// <returns>The configuration; an empty one where cargo does not know the query or the files are broken, which the build then reports.</returns>
    internal static CargoConfiguration Read(RustToolchain toolchain, BuildTarget target, IReadOnlyList<string> options, ChildEnvironment environment)
    {
        var query = ChildEnvironment.Of(environment.Entries);
        query["RUSTC_BOOTSTRAP"] = "1";
        (int exitCode, string output) = ChildProcess.Capture(
            [toolchain.Cargo, .. options, "-Zunstable-options", "config", "get", "--format", "json-value"], query, isSilent: true);
        return FromJson(exitCode == 0 && output.Length > 0 ? output : "{}", target.Triple, toolchain.CfgFacts(target, environment));
    }

    /// <summary>Takes a configuration as cargo prints it.</summary>
    internal static CargoConfiguration FromJson(string json, string triple, IReadOnlySet<string> facts)
    {
        using var document = JsonDocument.Parse(json);
        return new CargoConfiguration(document.RootElement.Clone(), triple, facts);
    }

    /// <summary><c>build.rustflags</c>, which cargo ignores as soon as a <c>target</c> table has flags.</summary>
    internal IReadOnlyList<string> BuildRustFlags => Strings(Get(_root, "build", "rustflags"));

    /// <summary><c>build.rustdocflags</c>.</summary>
    internal IReadOnlyList<string> BuildRustdocFlags => Strings(Get(_root, "build", "rustdocflags"));

    /// <summary><c>rustflags</c> of all <c>target</c> tables that apply to us, or null where none has any.</summary>
    internal IReadOnlyList<string>? TargetRustFlags
    {
        get
        {
            JsonElement[] tables = [.. TargetTables().Where(static t => t.TryGetProperty("rustflags", out _))];
            return tables.Length == 0 ? null : [.. tables.SelectMany(static t => Strings(t.GetProperty("rustflags")))];
        }
    }

    /// <summary>A setting of a profile, or null.</summary>
    internal string? ProfileSetting(string profile, string key) =>
        Get(_root, "profile", profile, key) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Whether the table of our triple has <c>rustdocflags</c>.</summary>
    internal bool HasTargetRustdocFlags => TargetTables().Any(static t => t.TryGetProperty("rustdocflags", out _));

    /// <summary>The user's runner for our target: program and arguments, or empty.</summary>
    internal IReadOnlyList<string> Runner =>
        TargetTables().Where(static t => t.TryGetProperty("runner", out _)).Select(static t => Strings(t.GetProperty("runner"))).FirstOrDefault([]);

    /// <summary>Whether the runner of our very triple is written as one string, which cargo does not merge with a list.</summary>
    internal bool IsRunnerOneString => Get(_root, "target", _triple, "runner").ValueKind == JsonValueKind.String;

    /// <summary>What an alias of the user's stands for, or null.</summary>
    internal IReadOnlyList<string>? Alias(string name) => Get(_root, "alias", name) is { ValueKind: not JsonValueKind.Undefined } value ? Strings(value) : null;

    private IEnumerable<JsonElement> TargetTables()
    {
        JsonElement tables = Get(_root, "target");
        if (tables.ValueKind != JsonValueKind.Object)
            return [];
        return tables.EnumerateObject()
            .Where(p => p.Value.ValueKind == JsonValueKind.Object && CfgExpression.Applies(p.Name, _triple, _facts))
            .OrderByDescending(p => p.Name == _triple)
            .Select(static p => p.Value);
    }

    private static JsonElement Get(JsonElement element, params string[] path)
    {
        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return default;
        }

        return element;
    }

    /// <summary>Cargo takes lists of strings and, for most lists, one string with blanks between its parts.</summary>
    private static IReadOnlyList<string> Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(static e => e.ToString())],
        JsonValueKind.String => value.GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        _ => [],
    };
}
