// Subcommands that we have no part in. Cargo's own take our place; a name that nobody knows gets an answer that names our commands too; and whoever runs a
// tool that builds by itself is told that fullrust does not reach it.

using System;
using System.Collections.Generic;
using System.Linq;
using FullRust.Driver.Cargo;
using FullRust.Driver.Commands;
using FullRust.Driver.Platform;
using FullRust.Linker.GuardRail;

namespace FullRust.Driver.Roles;

/// <summary>Passes subcommands on to cargo.</summary>
internal static class OtherSubcommand
{
    /// <summary>Runs cargo in our place; returns only if cargo does not know the subcommand.</summary>
    internal static int Run(CargoCommandLine line, ChildEnvironment environment)
    {
        string cargo = environment["CARGO"] ?? "cargo", name = line.Subcommand;
        if (line.HasSubcommand && Subcommand.MayBeAlias(name) && !name.Contains('.', StringComparison.Ordinal))
        {
            IReadOnlyList<string> known = Known(cargo, environment);
            if (known.Count > 0 && !known.Contains(name))
                return Refuse(name, known);
            Status.Note($"`cargo {name}` is run as it is: what it builds are ordinary programs");
        }

        return ChildProcess.Exec([cargo, .. line.Global, name, .. line.Arguments, .. line.Rest], environment);
    }

    /// <summary>With cargo's own exit code for this.</summary>
    private static int Refuse(string name, IReadOnlyList<string> known)
    {
        string hint = NearestName.Find(name, [.. OwnCommand.Names, .. known]) is { } nearest ? $"; did you mean `{nearest}`?" : "";
        Status.Error($"no such command: `{name}`{hint}");
        StandardStreams.ErrorLine("  = `cargo fullrust --help` lists the commands of fullrust, `cargo --list` those of cargo");
        return ExitCode.Cargo;
    }

    /// <summary>What <c>cargo --list</c> names: a line per command, its name first.</summary>
    private static List<string> Known(string cargo, ChildEnvironment environment)
    {
        (int exitCode, string output) = ChildProcess.Capture([cargo, "--list"], environment, isSilent: true);
        return exitCode != 0 ? [] : [.. output.Split('\n').Where(static l => l.StartsWith("    ", StringComparison.Ordinal)).Select(static l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])];
    }
}
