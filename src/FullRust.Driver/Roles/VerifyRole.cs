// fullrust-verify: command line in, reports and exit code out. 0 every input verified, 1 at least one is not, 2 could not decide;
// with several inputs 2 beats 1 beats 0, and all inputs are looked at first. No other code, ever.

using System;
using System.Collections.Generic;
using System.IO;
using FullRust.Driver.Verify;

namespace FullRust.Driver.Roles;

/// <summary>The verifier's command line.</summary>
internal static class VerifyRole
{
    /// <summary>Runs the role.</summary>
    /// <param name="arguments">The arguments after the program's name.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="outputIsTerminal">Whether a person sees the output.</param>
    /// <param name="errorIsTerminal">Whether a person sees the errors.</param>
    /// <returns>The exit code: 0, 1 or 2.</returns>
    internal static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, bool outputIsTerminal = false, bool errorIsTerminal = false)
    {
        try
        {
            VerifyArguments parsed = VerifyCommandLine.Parse(arguments);
            int code = parsed.Command switch
            {
                VerifyCommand.Help => VerifyHelp.Print(output),
                VerifyCommand.Version => VerifyHelp.PrintVersion(output),
                VerifyCommand.ListRules => VerifyHelp.ListRules(output),
                VerifyCommand.Explain => VerifyHelp.Explain(parsed.ExplainRule!, output),
                VerifyCommand.Syscalls => SyscallsCommand.Run(parsed, new VerifyStreams(output, error, outputIsTerminal, errorIsTerminal)),
                _ => BinaryCommand.Run(parsed, new VerifyStreams(output, error, outputIsTerminal, errorIsTerminal)),
            };
            error.Flush();
            output.Flush();
            return code;
        }
        catch (UsageException problem)
        {
            return Undecided(error, problem.Message);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Undecided(error, problem.Message);
        }
        catch (Exception problem)
        {
            return Undecided(error, $"internal error: {problem.GetType().Name}: {problem.Message}");
        }
    }

    private static int Undecided(TextWriter error, string message)
    {
        try
        {
            error.WriteLine($"fullrust-verify: {message}");
            error.Flush();
        }
        catch (IOException)
        {
            // Nobody listens any more; the exit code still says it.
        }

        return 2;
    }
}
