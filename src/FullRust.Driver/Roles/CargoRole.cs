// `cargo fullrust …`: cargo's own subcommands with our flags, and a few of our own. Cargo takes our place wherever nothing is left to do
// afterwards, so that its exit status, signals and terminal are the user's.

using System;
using System.Collections.Generic;
using System.Linq;
using FullRust.Driver.Cargo;
using FullRust.Driver.Commands;
using FullRust.Driver.Platform;
using FullRust.Driver.Toolchain;

namespace FullRust.Driver.Roles;

/// <summary>The role <c>cargo-fullrust</c>.</summary>
internal static class CargoRole
{
    /// <summary>Runs the role.</summary>
    /// <param name="arguments">Everything after <c>cargo fullrust</c>.</param>
    /// <returns>Cargo's exit code; 2 for bad usage; 1 where a part is missing, a program is not verified or cargo was killed.</returns>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        try
        {
            CargoCommandLine line = CargoCommandLine.Parse(arguments);
            Status.IsQuiet = line.IsQuiet;
            return Dispatch(line);
        }
        catch (UsageException failure)
        {
            Status.Error(failure.Message);
            return ExitCode.Usage;
        }
        catch (Exception failure) when (failure is MissingPartException or SysrootException or CannotStartException)
        {
            Status.Error(failure.Message);
            return ExitCode.Failure;
        }
    }

    private static int Dispatch(CargoCommandLine line)
    {
        if (!line.HasSubcommand && line.Global.Any(static g => g is "--help" or "-h"))
            return Help.PrintCargo();
        if (!line.HasSubcommand && line.Global.Any(static g => g is "--version" or "-V"))
            return Help.PrintVersion("cargo-fullrust");
        return line.Subcommand switch
        {
            "help" when line.Arguments.Count == 0 => Help.PrintCargo(),
            "cache" => CacheCommand.Run(line.Arguments),
            "sysroot" => PrintSysroot(Environment(line)),
            "verify" => VerifyCommand.Run(line, Environment(line)),
            "explain" => ExplainCommand.Run(line, Environment(line)),
            "size" => SizeCommand.Run(line, Environment(line)),
            "doctor" => DoctorCommand.Run(Environment(line)),
            _ => RunCargo(line),
        };
    }

    /// <summary>Makes the sysroot if needed and prints its path, for scripts that call rustc themselves.</summary>
    private static int PrintSysroot(ChildEnvironment environment)
    {
        StandardStreams.OutLine(Sysroot.Ensure(RustToolchain.Find(environment), RuntimeSources.Find(), CacheFolder.OfUser(), environment));
        return ExitCode.Success;
    }

    private static int RunCargo(CargoCommandLine line)
    {
        ChildEnvironment environment = Environment(line);
        SubcommandKind kind = Subcommand.KindOf(line.Subcommand);
        if (kind == SubcommandKind.Other || line.Arguments.Any(static a => a is "--help" or "-h"))
            return ChildProcess.Exec([environment["CARGO"] ?? "cargo", .. line.Global, line.Subcommand, .. line.Arguments, .. line.Rest], environment);
        CargoBuild build = CargoBuild.Prepare(line, kind, RustToolchain.Find(environment), environment);
        return kind == SubcommandKind.Build ? BuildAndPlace(line, build) : ChildProcess.Exec(build.Command, build.Environment);
    }

    /// <summary>Our environment, with the toolchain that the command line asks for.</summary>
    private static ChildEnvironment Environment(CargoCommandLine line)
    {
        var environment = ChildEnvironment.OfThisProcess();
        if (line.Toolchain is not null)
        {
            environment["RUSTUP_TOOLCHAIN"] = line.Toolchain;
            environment["CARGO"] = null;
            environment["RUSTC"] = null;
        }

        return environment;
    }

    private static int BuildAndPlace(CargoCommandLine line, CargoBuild build)
    {
        bool wantsJson = line.MessageFormats.Any(CargoBuild.IsJson);
        var programs = new List<BuiltProgram>();
        int exitCode = ChildProcess.Run(build.Command, build.Environment, stream => CargoMessages.Read(stream, wantsJson, programs));
        if (exitCode >= ExitCode.SignalBase)
        {
            Status.Error($"cargo was ended by signal {exitCode - ExitCode.SignalBase}");
            exitCode = ExitCode.Failure;
        }

        bool isAllVerified = true;
        foreach (BuiltProgram program in programs)
            isAllVerified &= FinishedProgram.Finish(program.Path, wantsJson);
        return exitCode == ExitCode.Success && !isAllVerified ? ExitCode.Failure : exitCode;
    }
}
