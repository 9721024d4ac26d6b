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
            Status.Follow(line.IsQuiet, line.ValueOf("--color"));
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
        if (line.Subcommand == "help" && line.Arguments.Count == 0)
            return Help.PrintCargo();
        return OwnCommand.Find(line.Subcommand) is { } own ? own.RunOrHelp(line, Environment(line)) : RunCargo(line);
    }

    private static int RunCargo(CargoCommandLine line)
    {
        ChildEnvironment environment = Environment(line);
        line = ExpandAliases(line, environment);
        Status.Follow(line.IsQuiet, line.ValueOf("--color"));
        SubcommandKind kind = Subcommand.KindOf(line.Subcommand);
        if (kind == SubcommandKind.Other || line.Arguments.Any(static a => a is "--help" or "-h"))
            return OtherSubcommand.Run(line, environment);
        RustToolchain toolchain = RustToolchain.Find(environment);
        bool isTest = kind == SubcommandKind.Test || line.SelectsTests;
        if (kind == SubcommandKind.Build)
            return BuildAndPlace(line, isTest, toolchain, environment);
        CargoBuild build = CargoBuild.Prepare(line, kind, isTest, toolchain, environment);
        return ChildProcess.Exec(build.Command, build.Environment);
    }

    /// <summary>Replaces aliases of the user's, which would otherwise reach cargo without our flags; an alias may lead to another one.</summary>
    private static CargoCommandLine ExpandAliases(CargoCommandLine line, ChildEnvironment environment)
    {
        var seen = new HashSet<string>();
        while (line.HasSubcommand && Subcommand.MayBeAlias(line.Subcommand) && seen.Add(line.Subcommand))
        {
            CargoConfiguration configuration = CargoConfiguration.Read(RustToolchain.Find(environment), BuildTarget.Precompiled, line.ConfigurationOptions(), environment);
            string variable = "CARGO_ALIAS_" + line.Subcommand.ToUpperInvariant().Replace('-', '_');
            IReadOnlyList<string>? words = environment[variable]?.Split(' ', System.StringSplitOptions.RemoveEmptyEntries) ?? configuration.Alias(line.Subcommand);
            if (words is not { Count: > 0 })
                return line;
            line = line.WithAlias(words);
        }

        return line;
    }

    /// <summary>Test programs unwind while others abort, and every crate of a build has one strategy: with both selected, cargo runs twice.</summary>
    private static int BuildAndPlace(CargoCommandLine line, bool hasTests, RustToolchain toolchain, ChildEnvironment environment)
    {
        CargoCommandLine? programs = hasTests ? line.WithoutTests() : line;
        int exitCode = programs is null ? ExitCode.Success : BuildAndPlaceOne(programs, isTest: false, toolchain, environment);
        return exitCode == ExitCode.Success && hasTests ? BuildAndPlaceOne(line, isTest: true, toolchain, environment) : exitCode;
    }

    /// <summary>Our environment, with the toolchain that the command line asks for.</summary>
    private static ChildEnvironment Environment(CargoCommandLine line)
    {
        var environment = ChildEnvironment.OfThisProcess();
        if (line.Toolchain is not null)
        {
            RequireRustup(line.Toolchain, environment);
            environment["RUSTUP_TOOLCHAIN"] = line.Toolchain;
            environment["CARGO"] = null;
            environment["RUSTC"] = null;
        }

        return environment;
    }

    /// <summary>Without rustup, the one toolchain that is there would take the place of the one that was asked for.</summary>
    private static void RequireRustup(string toolchain, ChildEnvironment environment)
    {
        try
        {
            ChildProcess.Capture(["rustup", "--version"], environment, isSilent: true);
        }
        catch (CannotStartException)
        {
            throw new MissingPartException($"only rustup chooses between toolchains, and it is not installed, so `{toolchain}` cannot be had; it is at https://rustup.rs");
        }
    }

    private static int BuildAndPlaceOne(CargoCommandLine line, bool isTest, RustToolchain toolchain, ChildEnvironment environment)
    {
        CargoBuild build = CargoBuild.Prepare(line, SubcommandKind.Build, isTest, toolchain, environment);
        bool wantsJson = line.MessageFormats.Any(CargoBuild.IsJson);
        var outcome = new BuildOutcome();
        int exitCode = ChildProcess.Run(build.Command, build.Environment, stream => CargoMessages.Read(stream, wantsJson, outcome));
        if (exitCode >= ExitCode.SignalBase)
        {
            Status.Error($"cargo was ended by signal {exitCode - ExitCode.SignalBase}");
            exitCode = ExitCode.Failure;
        }

        foreach (string library in outcome.LeftOut.Distinct())
            Status.Note($"{System.IO.Path.GetFileName(library)} is not made: a shared library needs a dynamic loader, and programs here have none");

        // What tests need besides, such as programs that they start, stays where cargo put it.
        bool isAllVerified = true;
        foreach (BuiltProgram program in outcome.Programs.Where(p => p.IsTest == isTest).OrderBy(static p => p.Path, System.StringComparer.Ordinal))
            isAllVerified &= FinishedProgram.Finish(program.Path, wantsJson);
        return exitCode == ExitCode.Success && !isAllVerified ? ExitCode.Failure : exitCode;
    }
}
