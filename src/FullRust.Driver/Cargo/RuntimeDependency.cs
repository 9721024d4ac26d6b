// In the explicit modes a crate says `fullrust = "0.1"`. That dependency is answered with the crate that belongs to this very driver, so that
// linker, runtime and driver are always of one version and nothing is downloaded.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using FullRust.Driver.Platform;
using FullRust.Driver.Toolchain;

namespace FullRust.Driver.Cargo;

/// <summary>Replaces the registry's <c>fullrust</c> by ours.</summary>
internal static class RuntimeDependency
{
    private const string Crate = "fullrust";

    /// <summary>Arguments for cargo; none where no package of the workspace asks a registry for the crate.</summary>
    internal static IReadOnlyList<string> Patch(CargoCommandLine line, RustToolchain toolchain, RuntimeSources sources, ChildEnvironment environment)
    {
        string? manifest = line.ValueOf("--manifest-path");
        string[] place = manifest is null ? [] : ["--manifest-path", manifest];
        (int exitCode, string output) = ChildProcess.Capture(
            [toolchain.Cargo, .. line.ConfigurationOptions(), "metadata", "--no-deps", "--offline", "--format-version", "1", .. place], environment, isSilent: true);
        return exitCode == 0 && AsksRegistry(output)
            ? ["--config", $"patch.crates-io.{Crate}.path={FlagSource.TomlString(sources.FullRustCrate)}"]
            : [];
    }

    /// <summary>Whether a package in cargo's metadata has the crate as a dependency from a registry.</summary>
    internal static bool AsksRegistry(string metadata)
    {
        using var document = JsonDocument.Parse(metadata);
        return document.RootElement.GetProperty("packages").EnumerateArray()
            .SelectMany(static p => p.GetProperty("dependencies").EnumerateArray())
            .Any(static d => d.GetProperty("name").GetString() == Crate
                && d.GetProperty("source") is { ValueKind: JsonValueKind.String } source
                && source.GetString()!.StartsWith("registry+", StringComparison.Ordinal));
    }
}
