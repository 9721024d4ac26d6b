// What cargo knows of the project in the current folder: packages, and where programs end up.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;

namespace FullRust.Driver.Commands;

/// <summary>A project as <c>cargo metadata</c> describes it. Immutable.</summary>
internal sealed class ProjectMetadata
{
    private readonly JsonElement _root;
    private readonly string _cargo;
    private readonly ChildEnvironment _environment;
    private readonly IReadOnlyList<string> _place;

    private ProjectMetadata(JsonElement root, string cargo, ChildEnvironment environment, IReadOnlyList<string> place) =>
        (_root, _cargo, _environment, _place) = (root, cargo, environment, place);

    /// <summary>The target folder.</summary>
    internal string TargetFolder => _root.GetProperty("target_directory").GetString()!;

    /// <summary>Asks cargo, which says itself what is wrong if there is no project.</summary>
    /// <exception cref="UsageException">There is no usable project here.</exception>
    internal static ProjectMetadata Read(CargoCommandLine line, ChildEnvironment environment)
    {
        string cargo = environment["CARGO"] ?? "cargo";
        IReadOnlyList<string> place = line.ValueOf("--manifest-path") is { } manifest ? ["--manifest-path", manifest] : [];
        (int exitCode, string output) = ChildProcess.Capture(
            [cargo, .. line.ConfigurationOptions(), "metadata", "--format-version", "1", .. place], environment);
        if (exitCode != 0)
            throw new UsageException("there is no project to look at (`cargo metadata` failed)");
        using var document = JsonDocument.Parse(output);
        return new ProjectMetadata(document.RootElement.Clone(), cargo, environment, place);
    }

    /// <summary>Programs of ours that were built, in ordinal order.</summary>
    internal IReadOnlyList<string> Programs()
    {
        string folder = Path.Combine(TargetFolder, TargetTriple.FullRust);
        if (!Directory.Exists(folder))
            return [];
        return [.. Directory.EnumerateDirectories(folder)
            .SelectMany(static profile => (IEnumerable<string>)[profile, Path.Combine(profile, "examples")])
            .Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .Where(static f => (File.GetUnixFileMode(f) & UnixFileMode.UserExecute) != 0)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Libraries that were built for our target, in ordinal order.</summary>
    internal IReadOnlyList<string> Rlibs() => Intermediates("*.rlib");

    /// <summary>Libraries that build scripts ask for (Cargo Book, "rustc-link-lib"), by the packages that these belong to.</summary>
    internal IEnumerable<(string Package, string Library)> LibrariesOfBuildScripts()
    {
        foreach (string output in Intermediates("output"))
        {
            string folder = Path.GetFileName(Path.GetDirectoryName(output)!);
            foreach (string line in File.ReadLines(output).Where(static l => l.StartsWith("cargo:", StringComparison.Ordinal) && l.Contains("rustc-link-lib=", StringComparison.Ordinal)))
                yield return (folder[..Math.Max(0, folder.LastIndexOf('-'))], line[(line.LastIndexOf('=') + 1)..]);
        }
    }

    /// <summary>Files of a build for our target, wherever cargo keeps what is not asked for by name.</summary>
    private IReadOnlyList<string> Intermediates(string pattern)
    {
        string root = _root.TryGetProperty("build_directory", out JsonElement own) && own.GetString() is { } given ? given : TargetFolder;
        string folder = Path.Combine(root, TargetTriple.Gnu);
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Versions of a package among all dependencies; <c>-</c> and <c>_</c> are alike.</summary>
    internal IReadOnlyList<(string Name, string Version)> Packages(string name) =>
        [.. _root.GetProperty("packages").EnumerateArray()
            .Select(static p => (p.GetProperty("name").GetString()!, p.GetProperty("version").GetString()!))
            .Where(p => p.Item1.Replace('-', '_') == name.Replace('-', '_'))];

    /// <summary>Prints which packages depend on one, as <c>cargo tree -i</c> does.</summary>
    internal void PrintDependents(string name, string version) =>
        ChildProcess.Run([_cargo, "tree", "--target", TargetTriple.Gnu, "--edges", "normal", "-i", $"{name}@{version}", .. _place], _environment);
}
