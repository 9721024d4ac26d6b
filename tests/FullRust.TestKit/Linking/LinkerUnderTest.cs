// The linker that tests judge: the library in this process, called as its own program calls it, or, when the variable
// FULLRUST_TEST_LINKER names one, an executable of ours (the one that linked itself, say). Tests see the same outcome from both.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;

namespace FullRust.TestKit.Linking;

/// <summary>Links with the linker under test. Thread-safe.</summary>
public static class LinkerUnderTest
{
    private static readonly string? s_executable = Environment.GetEnvironmentVariable("FULLRUST_TEST_LINKER") is { Length: > 0 } path ? path : null;

    /// <summary>Links; a failed link is an outcome too.</summary>
    /// <param name="arguments">The command line; paths as seen from <paramref name="folder"/>. Without <c>-o</c> the output is <c>out</c>.</param>
    /// <param name="folder">Where inputs and the output are.</param>
    /// <exception cref="InvalidOperationException">The linker broke down, or its image does not verify.</exception>
    public static LinkOutcome Link(IReadOnlyList<string> arguments, string folder)
    {
        string[] complete = arguments.Any(static a => a is "-o" || a.StartsWith("--output", StringComparison.Ordinal)) ? [.. arguments] : [.. arguments, "-o", "out"];
        return s_executable is null ? InProcessLinker.Link(complete, folder) : LinkerProcess.Link(s_executable, complete, folder);
    }

    /// <summary>What a command line means to the library, with the output's path made whole.</summary>
    internal static ParsedCommandLine Parse(IReadOnlyList<string> arguments, string folder, DiagnosticSink sink)
    {
        ParsedCommandLine command = ArgumentParser.Parse([.. arguments.Select(a => Resolve(a, folder))], sink);
        command.Options.OutputPath = Path.Combine(folder, command.Options.OutputPath);
        return command;
    }

    // Names of files in the folder become paths, so that no test has to change the process's folder.
    private static string Resolve(string argument, string folder)
    {
        foreach (string prefix in (ReadOnlySpan<string>)["-L", "-T", "@"])
        {
            if (argument.Length > prefix.Length && argument.StartsWith(prefix, StringComparison.Ordinal) && Path.Exists(Path.Combine(folder, argument[prefix.Length..])))
                return prefix + Path.Combine(folder, argument[prefix.Length..]);
        }

        return !argument.StartsWith('-') && argument.Length > 0 && Path.Exists(Path.Combine(folder, argument)) ? Path.Combine(folder, argument) : argument;
    }
}
