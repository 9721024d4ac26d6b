// Called by `cargo run` and `cargo test` for each program they start: places and verifies it, then lets it take our place.

using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;

namespace FullRust.Driver.Roles;

/// <summary>The role <c>fullrust run</c>.</summary>
internal static class RunnerRole
{
    /// <summary>What rustdoc calls the program of documentation tests.</summary>
    private const string DocTestProgram = "rust_out";

    /// <summary>Where such a program finds itself, to run each of its tests in a process of its own. Rustdoc sets it only for programs that it starts
    /// without a runner; to its user there is none here.</summary>
    private const string DocTestItself = "RUSTDOC_DOCTEST_BIN_PATH";

    /// <summary>Runs the role.</summary>
    /// <param name="arguments"><c>[--quiet] [--runner WORD]… PROGRAM [ARGUMENT]…</c></param>
    /// <returns>The program's exit code; 1 if it is not verified and therefore not run; 2 for bad usage.</returns>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        var command = new List<string>();
        int at = 0;
        Status.Follow();
        for (; at < arguments.Count && arguments[at] is "--quiet" or "--runner"; at++)
        {
            if (arguments[at] == "--quiet")
                Status.IsQuiet = true;
            else if (++at < arguments.Count)
                command.Add(arguments[at]);
        }

        if (at >= arguments.Count)
        {
            StandardStreams.ErrorLine("usage: fullrust run [--quiet] [--runner WORD]... PROGRAM [ARGUMENT]...");
            return ExitCode.Usage;
        }

        string program = arguments[at];
        bool isDocTest = Path.GetFileName(program) == DocTestProgram;
        Status.IsQuiet |= isDocTest;
        if (!ProgramPlacer.IsOfHost(program) && !FinishedProgram.Finish(program, writeJson: false))
            return ExitCode.Failure;
        var environment = ChildEnvironment.OfThisProcess();
        if (isDocTest && command.Count == 0)
            environment[DocTestItself] = program;
        return Start([.. command, ProgramPlacer.PlaceOf(program), .. arguments.Skip(at + 1)], environment);
    }

    private static int Start(IReadOnlyList<string> command, ChildEnvironment environment)
    {
        try
        {
            return ChildProcess.Exec(command, environment);
        }
        catch (CannotStartException failure)
        {
            Status.Error(failure.Message);
            return ExitCode.Failure;
        }
    }
}
