// Reads the command line of ld as rustc, gcc, clang and build systems write it. The grammar is GNU ld's: options of two or more
// letters take one dash or two, a value follows after "=" or as the next argument, one-letter options may have it joined. What the
// options do is in OptionTable; what "-z" keywords do in ZKeywordTable.
//
// Arguments are strings because .NET hands them over as such: bytes that are not UTF-8 have become U+FFFD by then, so a file whose
// name is not valid UTF-8 cannot be opened and is reported as missing. The same holds for names inside response files.

using System;
using System.Collections.Generic;
using FullRust.Linker.Diagnostics;

namespace FullRust.Linker.Arguments;

/// <summary>Turns arguments into <see cref="LinkOptions"/>. Thread-safe: a parse shares nothing but read-only tables.</summary>
public static class ArgumentParser
{
    /// <summary>Parses a command line.</summary>
    /// <param name="args">The arguments without the program's name. Response files are expanded.</param>
    /// <param name="sink">Receives errors and warnings; <c>--fatal-warnings</c> and <c>--no-warnings</c> are set on it.</param>
    /// <param name="toolName">The name for <c>--help</c>.</param>
    /// <returns>What to do. Never throws for any arguments.</returns>
    public static ParsedCommandLine Parse(IReadOnlyList<string> args, DiagnosticSink sink, string toolName = "fullrust-ld")
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(sink);
        var state = new CommandLineState(sink);
        ResponseFileExpansion expansion = ResponseFile.Expand(args, sink);
        state.Options.ResponseFiles = expansion.Files;
        state.Options.Arguments = expansion.Arguments;
        IReadOnlyList<string> expanded = expansion.Arguments;
        for (int i = 0; i < expanded.Count && !state.ShowHelp && !state.ShowVersionOnly;)
            i += ParseArgument(state, expanded, i);
        return CommandLineCompletion.Complete(state, toolName);
    }

    /// <summary>Handles the argument at <paramref name="at"/> and, if it is an option with a separate value, the next one.</summary>
    private static int ParseArgument(CommandLineState state, IReadOnlyList<string> args, int at)
    {
        string argument = args[at];
        state.CurrentArgument = argument;
        if (argument.Length == 0)
        {
            state.Error(DiagnosticId.UnknownOption, "empty argument ''");
            return 1;
        }

        if (argument[0] != '-' || argument.Length == 1)
        {
            state.AddInput(argument);
            return 1;
        }

        int dashes = argument[1] == '-' ? 2 : 1;
        ReadOnlySpan<char> body = argument.AsSpan(dashes);
        if (TryFindLong(body, dashes, out Option option, out string? joined))
            return ApplyLong(state, option, joined, args, at);
        if (dashes == 1 && OptionTable.Index.TryFind(body[..1], out option) && (option.Arity != Arity.None || body.Length == 1))
            return Apply(state, option, body.Length > 1 ? body[1..].ToString() : null, args, at);
        OptionSuggestion.ReportUnknown(state, argument);
        return 1;
    }

    /// <summary>Finds an option of two or more letters. Names that begin with "o" need two dashes: <c>-omagic</c> is <c>-o magic</c>.</summary>
    private static bool TryFindLong(ReadOnlySpan<char> body, int dashes, out Option option, out string? value)
    {
        value = null;
        option = default;
        if (body.Length < 2 || (dashes == 1 && body[0] == 'o'))
            return false;
        if (OptionTable.Index.TryFind(body, out option))
            return true;
        int equals = body.IndexOf('=');
        if (equals > 1 && OptionTable.Index.TryFind(body[..equals], out option))
        {
            value = body[(equals + 1)..].ToString();
            return true;
        }

        return OptionTable.TryFindPrefix(body, dashes, out option);
    }

    private static int ApplyLong(CommandLineState state, Option option, string? value, IReadOnlyList<string> args, int at)
    {
        if (value is not null && option.Arity == Arity.None)
        {
            state.Error(DiagnosticId.InvalidOptionValue, $"option '{state.CurrentArgument}' takes no value");
            return 1;
        }

        return Apply(state, option, value, args, at);
    }

    private static int Apply(CommandLineState state, Option option, string? value, IReadOnlyList<string> args, int at)
    {
        int used = 1;
        if (value is null && option.Arity == Arity.Required)
        {
            if (at + 1 >= args.Count)
            {
                state.Error(DiagnosticId.InvalidOptionValue, $"{state.CurrentArgument}: missing argument");
                return 1;
            }

            value = args[at + 1];
            used = 2;
        }

        option.Apply?.Invoke(state, value);
        return used;
    }
}
