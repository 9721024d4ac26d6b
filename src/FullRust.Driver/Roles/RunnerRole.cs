// Called by `cargo run` and `cargo test` for each program they start: places and verifies it, then lets it take our place.

using System.Collections.Generic;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;

namespace FullRust.Driver.Roles;

/// <summary>The role <c>fullrust run</c>.</summary>
internal static class RunnerRole
{
    /// <summary>Runs the role.</summary>
    /// <param name="arguments"><c>[--quiet] [--runner WORD]… PROGRAM [ARGUMENT]…</c></param>
    /// <returns>The program's exit code; 1 if it is not verified and therefore not run; 2 for bad usage.</returns>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        var command = new List<string>();
        int at = 0;
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

        if (!FinishedProgram.Finish(arguments[at], writeJson: false))
            return ExitCode.Failure;
        command.Add(ProgramPlacer.PlaceOf(arguments[at]));
        for (at++; at < arguments.Count; at++)
            command.Add(arguments[at]);
        try
        {
            return ChildProcess.Exec(command, ChildEnvironment.OfThisProcess());
        }
        catch (CannotStartException failure)
        {
            Status.Error(failure.Message);
            return ExitCode.Failure;
        }
    }
}
