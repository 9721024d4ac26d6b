// `cargo fullrust explain NAME`: after the guard-rail refused a program, which dependency needs the C symbol (or: who depends on the crate), and
// what is known to replace it.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;

namespace FullRust.Driver.Commands;

/// <summary>Explains where a need for C comes from.</summary>
internal static class ExplainCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>0 if something could be said, 1 if the name is neither a dependency nor needed by one.</returns>
    internal static int Run(CargoCommandLine line, ChildEnvironment environment)
    {
        string name = line.Arguments.FirstOrDefault(static a => !a.StartsWith('-')) ?? throw new UsageException("usage: cargo fullrust explain SYMBOL|CRATE");
        ProjectMetadata project = ProjectMetadata.Read(line, environment);
        if (project.Packages(name) is { Count: > 0 } packages)
        {
            ExplainCrates(project, packages);
            return ExitCode.Success;
        }

        return ExplainSymbol(project, name);
    }

    private static int ExplainSymbol(ProjectMetadata project, string symbol)
    {
        string[] crates = [.. project.Rlibs().Where(r => RlibSymbols.Needs(File.ReadAllBytes(r), symbol)).Select(CrateOf).Distinct().Order(StringComparer.Ordinal)];
        if (crates.Length == 0)
        {
            StandardStreams.OutLine($"no dependency that was built refers to `{symbol}`, and none is a crate of that name");
            StandardStreams.OutLine("  = build first, so that there is something to look at; a program's own code is not searched: look for it with grep");
            return ExitCode.Failure;
        }

        StandardStreams.OutLine($"`{symbol}` is referred to by: {string.Join(", ", crates)}");
        foreach (string crate in crates)
            ExplainCrates(project, project.Packages(crate));
        return ExitCode.Success;
    }

    private static void ExplainCrates(ProjectMetadata project, IReadOnlyList<(string Name, string Version)> packages)
    {
        foreach ((string name, string version) in packages)
        {
            StandardStreams.OutLine($"\n{name} {version} is there because of:");
            project.PrintDependents(name, version);
            StandardStreams.OutLine(KnownReplacements.For(name) is { } advice
                ? $"instead of {name}: {advice}"
                : $"nothing is known to replace {name}; look for a feature of it that avoids libc, or for a pure Rust crate");
        }
    }

    /// <summary><c>libNAME-HASH.rlib</c> holds the crate NAME.</summary>
    private static string CrateOf(string rlib)
    {
        string file = Path.GetFileNameWithoutExtension(rlib)["lib".Length..];
        int dash = file.LastIndexOf('-');
        return dash < 0 ? file : file[..dash];
    }
}
