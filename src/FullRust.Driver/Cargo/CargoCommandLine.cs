// Splits `cargo fullrust …` into our own flags and what goes to cargo. Ours may stand anywhere before `--`; everything else keeps the
// user's order. Only the options that we must understand to do so are known here, all others are cargo's business.

using System;
using System.Collections.Generic;
using System.Linq;

namespace FullRust.Driver.Cargo;

/// <summary>A command line that cannot be honoured.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What the user asked for. Immutable once parsed.</summary>
internal sealed class CargoCommandLine
{
    /// <summary>Options of cargo whose value is the next argument, as far as they may stand before the subcommand or matter to us.</summary>
    private static readonly HashSet<string> s_withValue =
    [
        "--config", "--color", "-Z", "-C", "--explain", "--manifest-path", "--target-dir", "--target", "--message-format", "-p", "--package",
        "--bin", "--example", "--test", "--bench", "--profile", "-F", "--features", "-j", "--jobs", "--exclude", "--lockfile-path",
    ];

    private readonly List<string> _before = [];
    private readonly List<string> _after = [];

    private CargoCommandLine()
    {
    }

    /// <summary>How the program is made.</summary>
    internal BuildMode Mode { get; private set; }

    /// <summary>The toolchain that <c>--nightly</c> or <c>+NAME</c> asks for, or null for rustup's own choice.</summary>
    internal string? Toolchain { get; private set; }

    /// <summary>The subcommand; <c>build</c> when none was given.</summary>
    internal string Subcommand { get; private set; } = "build";

    /// <summary>Whether the user named the subcommand.</summary>
    internal bool HasSubcommand { get; private set; }

    /// <summary>Whether <c>-q</c> was given.</summary>
    internal bool IsQuiet { get; private set; }

    /// <summary>The values of <c>--message-format</c>, split at commas; empty when it was not given.</summary>
    internal IReadOnlyList<string> MessageFormats { get; private set; } = [];

    /// <summary>Options before the subcommand.</summary>
    internal IReadOnlyList<string> Global { get; private set; } = [];

    /// <summary>Arguments of the subcommand before <c>--</c>, without ours, <c>--target</c> of our own triples and <c>--message-format</c>.</summary>
    internal IReadOnlyList<string> Arguments => _before;

    /// <summary>Arguments from <c>--</c> on, that one included.</summary>
    internal IReadOnlyList<string> Rest => _after;

    /// <summary>Parses the arguments after <c>cargo fullrust</c>.</summary>
    /// <exception cref="UsageException">A flag that contradicts another or what we build.</exception>
    internal static CargoCommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CargoCommandLine();
        int separator = arguments.ToList().IndexOf("--");
        int end = separator < 0 ? arguments.Count : separator;
        line._after.AddRange(arguments.Skip(end));

        var modes = new HashSet<BuildMode>();
        var global = new List<string>();
        for (int at = 0; at < end; at++)
        {
            string argument = arguments[at];
            if (line.TakeOurs(argument, at, modes))
                continue;
            if (!line.HasSubcommand && !argument.StartsWith('-'))
            {
                (line.Subcommand, line.HasSubcommand) = (argument, true);
                continue;
            }

            (string name, string? value) = SplitValue(argument);
            bool takesNext = value is null && s_withValue.Contains(name) && at + 1 < end;
            if (takesNext)
                value = arguments[++at];
            if (line.TakeUnderstood(name, value))
                continue;
            List<string> destination = line.HasSubcommand ? line._before : global;
            destination.Add(argument);
            if (takesNext)
                destination.Add(value!);
        }

        if (modes.Count > 1)
            throw new UsageException("`--stable`, `--runtime` and `--zero-touch` exclude each other");
        line.Mode = modes.FirstOrDefault(BuildMode.ZeroTouch);
        line.Global = global;
        return line;
    }

    /// <summary>The value of an option among <see cref="Global"/> and <see cref="Arguments"/>, the last one given, or null.</summary>
    internal string? ValueOf(params string[] names)
    {
        string? found = null;
        string[] all = [.. Global, .. Arguments];
        for (int at = 0; at < all.Length; at++)
        {
            (string name, string? value) = SplitValue(all[at]);
            if (names.Contains(name))
                found = value ?? (at + 1 < all.Length ? all[at + 1] : null);
        }

        return found;
    }

    /// <summary>Options that select the configuration, for other cargo commands that must see the same one.</summary>
    internal IReadOnlyList<string> ConfigurationOptions()
    {
        var options = new List<string>();
        string[] all = [.. Global, .. Arguments];
        for (int at = 0; at < all.Length; at++)
        {
            (string name, string? value) = SplitValue(all[at]);
            if (name is "--config" or "-C" && (value ?? all.ElementAtOrDefault(at + 1)) is { } given)
                options.AddRange([name, given]);
        }

        return options;
    }

    private bool TakeOurs(string argument, int at, HashSet<BuildMode> modes)
    {
        switch (argument)
        {
            case "--stable":
                return modes.Add(BuildMode.Stable) || true;
            case "--runtime":
                return modes.Add(BuildMode.Runtime) || true;
            case "--zero-touch":
                return modes.Add(BuildMode.ZeroTouch) || true;
            case "--nightly":
                Toolchain = "nightly";
                return true;
            default:
                if (at != 0 || !argument.StartsWith('+') || argument.Length == 1)
                    return false;
                Toolchain = argument[1..];
                return true;
        }
    }

    /// <summary>Notes what we need to know; true where the option must not reach cargo because we give our own.</summary>
    private bool TakeUnderstood(string name, string? value)
    {
        switch (name)
        {
            case "-q" or "--quiet":
                IsQuiet = true;
                return false;
            case "--message-format" when value is not null:
                MessageFormats = [.. MessageFormats, .. value.Split(',')];
                return true;
            case "--target" when value is TargetTriple.Gnu or TargetTriple.FullRust:
                return true;
            case "--target":
                throw new UsageException($"cannot build for `{value}`: the only target is `{TargetTriple.FullRust}`");
            default:
                return false;
        }
    }

    private static (string Name, string? Value) SplitValue(string argument)
    {
        int equals = argument.IndexOf('=');
        return equals > 0 && argument.StartsWith("--", StringComparison.Ordinal) ? (argument[..equals], argument[(equals + 1)..]) : (argument, null);
    }
}
