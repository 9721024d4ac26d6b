// `cargo fullrust explain NAME`: after the guard-rail refused a program, which dependency needs the C symbol or library (or: who depends on the crate),
// and what is known to replace it.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;
using FullRust.Linker.GuardRail;

namespace FullRust.Driver.Commands;

/// <summary>Explains where a need for C comes from.</summary>
internal static class ExplainCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>0 if something could be said, 1 if the name is neither a dependency nor needed by one.</returns>
    internal static int Run(CargoCommandLine line, ChildEnvironment environment)
    {
        string name = line.Arguments.FirstOrDefault(static a => !a.StartsWith('-') || a.StartsWith("-l", StringComparison.Ordinal))
            ?? throw new UsageException(OwnCommand.Find("explain")!.Usage);
        ProjectMetadata project = ProjectMetadata.Read(line, environment);
        return ExplainCrates(project, project.Packages(name)) || ExplainSymbol(project, name) || ExplainLibrary(project, name) ? ExitCode.Success : Nothing(name);
    }

    private static int Nothing(string name)
    {
        StandardStreams.OutLine($"no dependency that was built refers to `{name}` or asks for a library of that name, and none is a crate of that name");
        StandardStreams.OutLine("  = build first, so that there is something to look at; a program's own code is not searched: look for it with grep");
        return ExitCode.Failure;
    }

    private static bool ExplainSymbol(ProjectMetadata project, string symbol)
    {
        string[] crates = [.. project.Rlibs().Where(r => RlibSymbols.Needs(File.ReadAllBytes(r), symbol)).Select(CrateOf).Distinct().Order(StringComparer.Ordinal)];
        if (crates.Length == 0)
            return false;
        if (WellKnownNames.TryFind(Encoding.UTF8.GetBytes(symbol), out WellKnownName known))
            StandardStreams.OutLine($"`{symbol}` belongs to {known.Library}" + (known.Advice.Length > 0 ? $": {known.Advice}" : ""));
        StandardStreams.OutLine($"`{symbol}` is referred to by: {string.Join(", ", crates)}");
        foreach (string crate in crates)
            ExplainCrates(project, project.Packages(crate));
        return true;
    }

    private static bool ExplainLibrary(ProjectMetadata project, string name)
    {
        string library = BareName(name);
        string[] packages = [.. project.LibrariesOfBuildScripts().Where(l => l.Library == library).Select(static l => l.Package).Distinct().Order(StringComparer.Ordinal)];
        if (packages.Length == 0)
            return false;
        StandardStreams.OutLine($"the library `{library}` is asked for by the build script of: {string.Join(", ", packages)}");
        foreach (string package in packages)
            ExplainCrates(project, project.Packages(package));
        return true;
    }

    /// <summary><c>ssl</c> of <c>-lssl</c>, <c>libssl</c> and <c>libssl.so.3</c>.</summary>
    private static string BareName(string name)
    {
        string bare = name.StartsWith("-l", StringComparison.Ordinal) ? name[2..] : name.StartsWith("lib", StringComparison.Ordinal) ? name[3..] : name;
        return bare.Split(".so", 2)[0];
    }

    private static bool ExplainCrates(ProjectMetadata project, IReadOnlyList<(string Name, string Version)> packages)
    {
        foreach ((string name, string version) in packages)
        {
            StandardStreams.OutLine($"\n{name} {version} is there because of:");
            project.PrintDependents(name, version);
            StandardStreams.OutLine(KnownReplacements.For(name) is { } advice
                ? $"instead of {name}: {advice}"
                : $"nothing is known to replace {name}; look for a feature of it that avoids libc, or for a pure Rust crate");
        }

        return packages.Count > 0;
    }

    /// <summary><c>libNAME-HASH.rlib</c> holds the crate NAME.</summary>
    private static string CrateOf(string rlib)
    {
        string file = Path.GetFileNameWithoutExtension(rlib)["lib".Length..];
        int dash = file.LastIndexOf('-');
        return dash < 0 ? file : file[..dash];
    }
}
