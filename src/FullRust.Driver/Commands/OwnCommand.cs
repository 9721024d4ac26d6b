// The commands of `cargo fullrust` that cargo does not have: their names, how they are called, and where they are.

using System;
using System.Collections.Generic;
using System.Linq;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;
using FullRust.Driver.Toolchain;

namespace FullRust.Driver.Commands;

/// <summary>A command of ours. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">What it takes, as its usage shows it.</param>
/// <param name="Run">Runs it.</param>
internal sealed record OwnCommand(string Name, string Arguments, Func<CargoCommandLine, ChildEnvironment, int> Run)
{
    private static readonly OwnCommand[] s_all =
    [
        new("verify", "[OPTIONS] [FILE]...", VerifyCommand.Run),
        new("size", "[FILE] [--top N] [--html PAGE]", SizeCommand.Run),
        new("explain", "SYMBOL|CRATE|LIBRARY", ExplainCommand.Run),
        new("doctor", "", static (_, environment) => DoctorCommand.Run(environment)),
        new("cache", "list | clean [--older-than DAYS]", static (line, _) => CacheCommand.Run(line.Arguments)),
        new("sysroot", "", static (_, environment) => PrintSysroot(environment)),
    ];

    /// <summary>Their names.</summary>
    internal static IEnumerable<string> Names => s_all.Select(static c => c.Name);

    /// <summary>How it is called.</summary>
    internal string Usage => $"usage: cargo fullrust {Name} {Arguments}".TrimEnd();

    /// <summary>The command of a name, or null.</summary>
    internal static OwnCommand? Find(string name) => Array.Find(s_all, c => c.Name == name);

    /// <summary>Runs the command, or says how it is called. The verifier has a help of its own.</summary>
    internal int RunOrHelp(CargoCommandLine line, ChildEnvironment environment)
    {
        if (Name != "verify" && line.Arguments.Any(static a => a is "--help" or "-h"))
        {
            StandardStreams.OutLine(Usage);
            return ExitCode.Success;
        }

        return Arguments.Length == 0 && line.Arguments.Any(static a => !a.StartsWith('-')) ? throw new UsageException(Usage) : Run(line, environment);
    }

    /// <summary>Makes the sysroot if needed and prints its path, for scripts that call rustc themselves.</summary>
    private static int PrintSysroot(ChildEnvironment environment)
    {
        StandardStreams.OutLine(Sysroot.Ensure(RustToolchain.Find(environment), RuntimeSources.Find(), CacheFolder.OfUser(), environment));
        return ExitCode.Success;
    }
}
