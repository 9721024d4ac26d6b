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

    /// <summary>Letters of cargo's flags that may be written together.</summary>
    private const string Letters = "qvrhV";

    private static readonly string[] s_testSelectors = ["--all-targets", "--tests", "--benches"];

    private List<string> _before = [];
    private readonly List<string> _after = [];

    private readonly IReadOnlyList<string> _original;
    private int _subcommandAt;

    private CargoCommandLine(IReadOnlyList<string> original) => _original = original;

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
        var line = new CargoCommandLine(arguments);
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
                (line.Subcommand, line.HasSubcommand, line._subcommandAt) = (argument, true, at);
                continue;
            }

            // `cargo run` gives everything from the first word that is no option to the program.
            if (line.Subcommand is "run" or "r" && !argument.StartsWith('-'))
            {
                line._after.InsertRange(0, arguments.Take(end).Skip(at));
                break;
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
        line.IsQuiet = line.Has("--quiet", 'q');
        return line;
    }

    /// <summary>The command line with the words that an alias stands for in the subcommand's place.</summary>
    /// <exception cref="UsageException">As <see cref="Parse"/>.</exception>
    internal CargoCommandLine WithAlias(IReadOnlyList<string> words) =>
        Parse([.. _original.Take(_subcommandAt), .. words, .. _original.Skip(_subcommandAt + 1)]);

    /// <summary>The value of an option among <see cref="Global"/> and <see cref="Arguments"/>, the last one given, or null.</summary>
    internal string? ValueOf(params string[] names) => ValuesOf(names).LastOrDefault();

    /// <summary>All values of an option that are in force, in order.</summary>
    internal IReadOnlyList<string> ValuesOf(params string[] names) => ValuesIn(HasBehind(names) ? Arguments : Global, names);

    /// <summary>Whether an option with a value stands behind the subcommand. Cargo then forgets those of that name before it (measured with cargo 1.95), so
    /// ours must stand where the user's do.</summary>
    internal bool HasBehind(params string[] names) => ValuesIn(Arguments, names).Count > 0;

    /// <summary>Whether a flag without a value was given, by its long name or its letter, which may stand in a cluster such as <c>-qr</c>.</summary>
    internal bool Has(string name, char letter = '\0') =>
        Global.Concat(Arguments).Any(a => a == name || (letter != '\0' && a.Length > 1 && a[0] == '-' && a[1..].All(Letters.Contains) && a.Contains(letter)));

    /// <summary>Whether <c>-Z FLAG</c> was given.</summary>
    internal bool HasUnstableFlag(string flag) => ValuesOf("-Z").Contains(flag);

    /// <summary>Whether targets are selected that are compiled as test programs.</summary>
    internal bool SelectsTests => s_testSelectors.Any(s => Has(s)) || ValuesOf("--test", "--bench").Count > 0;

    /// <summary>The same command for all targets but tests and benchmarks; null where nothing else was selected.</summary>
    internal CargoCommandLine? WithoutTests()
    {
        var rest = new List<string>();
        for (int at = 0; at < _before.Count; at++)
        {
            (string name, string? value) = SplitValue(_before[at]);
            if (name is "--test" or "--bench")
                at += value is null ? 1 : 0;
            else if (name == "--all-targets")
                rest.AddRange(["--bins", "--examples"]);
            else if (!s_testSelectors.Contains(name))
                rest.Add(_before[at]);
        }

        if (!rest.Any(static a => SplitValue(a).Name is "--lib" or "--bin" or "--bins" or "--example" or "--examples"))
            return null;
        var line = (CargoCommandLine)MemberwiseClone();
        line._before = rest;
        return line;
    }

    /// <summary>The profile that the command uses (Cargo Book, "Profile selection").</summary>
    /// <param name="isTest">Whether test programs are made.</param>
    internal string Profile(bool isTest) => ValueOf("--profile")
        ?? (Has("--release", 'r') ? "release"
        : Subcommand == "bench" ? "bench"
        : Subcommand == "install" && !Has("--debug") ? "release"
        : isTest ? "test"
        : "dev");

    /// <summary>Options that select the configuration, for other cargo commands that must see the same one.</summary>
    internal IReadOnlyList<string> ConfigurationOptions() =>
        [.. Options("--config"), .. Options("-C")];

    private IEnumerable<string> Options(string name) => ValuesOf(name).SelectMany(v => (IEnumerable<string>)[name, v]);

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

    private static List<string> ValuesIn(IReadOnlyList<string> arguments, string[] names)
    {
        var found = new List<string>();
        for (int at = 0; at < arguments.Count; at++)
        {
            (string name, string? value) = SplitValue(arguments[at]);
            if (names.Contains(name) && (value ?? arguments.ElementAtOrDefault(at + 1)) is { } given)
                found.Add(given);
        }

        return found;
    }

    private static (string Name, string? Value) SplitValue(string argument)
    {
        if (argument.StartsWith("-Z", StringComparison.Ordinal) && argument.Length > 2)
            return ("-Z", argument[2..]);
        int equals = argument.IndexOf('=');
        return equals > 0 && argument.StartsWith("--", StringComparison.Ordinal) ? (argument[..equals], argument[(equals + 1)..]) : (argument, null);
    }
}
