// --error-handling-script: a program of the user's that is told which library or symbol is missing, and may say where to get it; called as
// lld calls it: "FILE missing-lib NAME" and "FILE undefined-symbol NAME".

using FullRust.Driver.Platform;
using FullRust.Linker.Diagnostics;

namespace FullRust.Driver.Roles;

internal static class ErrorHandlingScript
{
    /// <summary>Runs the script for an error that it is told of; what it prints stands behind the error.</summary>
    /// <param name="script">The program, or null for none.</param>
    /// <param name="diagnostic">What was printed.</param>
    /// <param name="tool">The tool's name.</param>
    internal static void Run(string? script, Diagnostic diagnostic, string tool)
    {
        string? kind = diagnostic.Id switch { DiagnosticId.UndefinedSymbol => "undefined-symbol", DiagnosticId.LibraryNotFound => "missing-lib", _ => null };
        if (script is null || kind is null || diagnostic.Severity != Severity.Error || diagnostic.Subject is not { } subject)
            return;
        try
        {
            int status = ChildProcess.Run([script, kind, subject], ChildEnvironment.OfThisProcess());
            if (status != 0)
                StandardStreams.ErrorLine($"{tool}: error: the error handling script '{script}' exited with status {status}");
        }
        catch (CannotStartException problem)
        {
            StandardStreams.ErrorLine($"{tool}: error: --error-handling-script: {problem.Message}");
        }
    }
}
