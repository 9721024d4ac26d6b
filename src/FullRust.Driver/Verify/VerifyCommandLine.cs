// Reads the command line of fullrust-verify. Options may stand anywhere, values follow after "=" or as the next argument, "--" ends
// options, "@file" stands for the lines of a file. What is not known is refused with the nearest known name.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using FullRust.ElfVerify;
using FullRust.ElfVerify.Reporting;
using FullRust.Linker.GuardRail;

namespace FullRust.Driver.Verify;

internal static class VerifyCommandLine
{
    private const long MaxArgumentFile = 64 << 20;

    private static readonly string[] s_flags =
    [
        "--strict-sections", "--no-trailing", "--require-provenance", "--require-build-id", "--list-rules", "--quiet", "--verbose",
        "--no-color", "--version", "--help", "-q", "-v", "-h", "-V",
    ];

    private static readonly string[] s_valued =
    [
        "--profile", "--min-kernel", "--policy", "--baseline", "--write-baseline", "--fail-on", "--expect-syscalls", "--deny-syscalls",
        "--emit-seccomp", "--format", "--max-size", "--max-segment", "--max-input", "--threads", "--explain", "--relink",
    ];

    /// <summary>Reads the arguments after the program's name.</summary>
    /// <exception cref="UsageException">They cannot be understood.</exception>
    internal static VerifyArguments Parse(IReadOnlyList<string> commandLine)
    {
        List<string> arguments = ExpandFiles(commandLine);
        var result = new VerifyArguments();
        bool commandSeen = false, optionsEnded = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!optionsEnded && argument == "--")
                optionsEnded = true;
            else if (!optionsEnded && argument.Length > 1 && argument[0] == '-')
                i += ReadOption(arguments, i, result);
            else if (!commandSeen)
                commandSeen = TakeCommand(argument, result);
            else
                result.Inputs.Add(argument);
        }

        CheckCombination(result, commandSeen);
        return result;
    }

    private static bool TakeCommand(string word, VerifyArguments result)
    {
        result.Command = word switch
        {
            "binary" => VerifyCommand.Binary,
            "syscalls" => VerifyCommand.Syscalls,
            "help" => VerifyCommand.Help,
            _ => throw new UsageException($"unknown command \"{PrintableText.Escape(word)}\": say \"fullrust-verify binary FILE\" or \"fullrust-verify syscalls FILE\""),
        };
        return true;
    }

    private static void CheckCombination(VerifyArguments result, bool commandSeen)
    {
        if (result.Command is VerifyCommand.Help or VerifyCommand.Version or VerifyCommand.ListRules or VerifyCommand.Explain)
            return;
        if (!commandSeen)
            throw new UsageException("nothing to do: say \"fullrust-verify binary FILE...\", or --help");
        if (result.Inputs.Count == 0)
            throw new UsageException("no input: name a file or a folder (FRV-I04)");
        CheckKinds(result);
        var targets = new HashSet<string>();
        foreach (ReportRequest report in result.Reports)
        {
            if (!targets.Add(report.Path ?? "-"))
                throw new UsageException($"two reports for one place: give --format {report.Kind} a path of its own (--format {report.Kind}=PATH)");
        }
    }

    private static void CheckKinds(VerifyArguments result)
    {
        foreach (ReportRequest report in result.Reports)
        {
            bool fits = result.Command == VerifyCommand.Syscalls
                ? report.Kind is "text" or "json" or "seccomp" or "oci" or "bpf" or "systemd"
                : report.Kind is "text" or "json" or "sarif" or "junit" or "github";
            if (!fits)
                throw new UsageException($"--format {report.Kind} is not for this command: see --help");
        }

        if (result.Command == VerifyCommand.Syscalls && result.Inputs.Count != 1)
            throw new UsageException("syscalls takes one file");
        if (result.RelinkFolder is not null && (result.Command != VerifyCommand.Binary || result.Inputs.Count != 1))
            throw new UsageException("--relink is for \"binary\" with one file: the one that the recorded link made");
    }

    /// <summary>Reads one option; returns how many further arguments it used.</summary>
    private static int ReadOption(List<string> arguments, int index, VerifyArguments result)
    {
        string argument = arguments[index];
        int equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=') : -1;
        string name = equals < 0 ? argument : argument[..equals];
        if (Array.IndexOf(s_flags, name) >= 0)
        {
            if (equals >= 0)
                throw new UsageException($"{name} takes no value");
            SetFlag(name, result);
            return 0;
        }

        if (Array.IndexOf(s_valued, name) < 0)
            throw new UsageException($"unknown option {PrintableText.Escape(name)}{Suggestion(name)}");
        if (equals >= 0)
        {
            SetValue(name, argument[(equals + 1)..], result);
            return 0;
        }

        if (index + 1 >= arguments.Count)
            throw new UsageException($"{name} needs a value");
        SetValue(name, arguments[index + 1], result);
        return 1;
    }

    private static void SetFlag(string name, VerifyArguments result)
    {
        switch (name)
        {
            case "--strict-sections": result.StrictSections = true; break;
            case "--no-trailing": result.NoTrailing = true; break;
            case "--require-provenance": result.RequireProvenance = true; break;
            case "--require-build-id": result.RequireBuildId = true; break;
            case "--list-rules": result.Command = VerifyCommand.ListRules; break;
            case "--quiet" or "-q": result.Quiet = true; break;
            case "--verbose" or "-v": result.Verbose = true; break;
            case "--no-color": result.NoColor = true; break;
            case "--version" or "-V": result.Command = VerifyCommand.Version; break;
            default: result.Command = VerifyCommand.Help; break;
        }
    }

    private static void SetValue(string name, string value, VerifyArguments result)
    {
        switch (name)
        {
            case "--profile": result.Profile = ReadProfile(value); break;
            case "--min-kernel": result.MinKernel = ReadKernel(value); break;
            case "--policy": result.PolicyPath = NotEmpty(name, value); break;
            case "--baseline": result.BaselinePath = NotEmpty(name, value); break;
            case "--write-baseline": result.WriteBaselinePath = NotEmpty(name, value); break;
            case "--fail-on": result.FailOn = ReadLevel(value); break;
            case "--expect-syscalls": result.ExpectSyscallsPath = NotEmpty(name, value); break;
            case "--relink": result.RelinkFolder = NotEmpty(name, value); break;
            case "--deny-syscalls": result.DenySyscalls = NotEmpty(name, value); break;
            case "--emit-seccomp": result.SeccompOutputs.Add(ReadReport(name, value, "oci", "json", "systemd", "bpf")); break;
            case "--format": result.Reports.Add(ReadReport(name, value, "text", "json", "sarif", "junit", "github", "seccomp", "oci", "bpf", "systemd")); break;
            case "--max-size": result.MaxFileSize = ReadSize(name, value); break;
            case "--max-segment": ReadBudget(value, result); break;
            case "--max-input": result.MaxInput = (long)Math.Min(ReadSize(name, value), int.MaxValue); break;
            case "--threads": result.Threads = ReadThreads(value); break;
            default: ReadExplain(value, result); break;
        }
    }

    private static VerifyProfile ReadProfile(string value) => ProfileNames.TryParse(value, out VerifyProfile profile)
        ? profile
        : throw new UsageException($"unknown profile \"{PrintableText.Escape(value)}\": {ProfileNames.List}");

    private static KernelVersion ReadKernel(string value)
    {
        if (KernelVersion.TryParse(value, out KernelVersion version))
            return version;
        throw new UsageException($"--min-kernel needs MAJOR.MINOR, not \"{PrintableText.Escape(value)}\"");
    }

    private static FindingLevel ReadLevel(string value) => value switch
    {
        "error" => FindingLevel.Error,
        "warning" => FindingLevel.Warning,
        _ => throw new UsageException($"--fail-on needs error or warning, not \"{PrintableText.Escape(value)}\""),
    };

    private static string NotEmpty(string name, string value) => value.Length != 0 ? value : throw new UsageException($"{name} needs a value");

    private static ReportRequest ReadReport(string name, string value, params string[] kinds)
    {
        int equals = value.IndexOf('=');
        string kind = equals < 0 ? value : value[..equals];
        if (Array.IndexOf(kinds, kind) < 0)
            throw new UsageException($"{name} needs one of {string.Join(", ", kinds)}, not \"{PrintableText.Escape(kind)}\"");
        string? path = equals < 0 ? null : NotEmpty(name, value[(equals + 1)..]);
        return new ReportRequest(kind, path == "-" ? null : path);
    }

    internal static ulong ReadSize(string name, string value)
    {
        string digits = value.TrimEnd('K', 'M', 'G', 'k', 'm', 'g');
        int shift = value.Length == digits.Length ? 0 : char.ToUpperInvariant(value[^1]) switch { 'K' => 10, 'M' => 20, _ => 30 };
        bool isSize = value.Length - digits.Length <= 1 && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (!isSize || ulong.Parse(digits, CultureInfo.InvariantCulture) > ulong.MaxValue >> shift)
            throw new UsageException($"{name} needs a size such as 10240, 10K, 4M or 1G, not \"{PrintableText.Escape(value)}\"");
        return ulong.Parse(digits, CultureInfo.InvariantCulture) << shift;
    }

    private static void ReadBudget(string value, VerifyArguments result)
    {
        int equals = value.IndexOf('=');
        string kind = equals < 0 ? value : value[..equals];
        if (equals < 0 || kind is not ("text" or "rodata" or "data" or "bss"))
            throw new UsageException($"--max-segment needs text=, rodata=, data= or bss= and a size, not \"{PrintableText.Escape(value)}\"");
        result.SegmentBudgets[kind] = ReadSize("--max-segment", value[(equals + 1)..]);
    }

    private static int ReadThreads(string value)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is > 0 and <= 1024)
            return threads;
        throw new UsageException($"--threads needs a number from 1 to 1024, not \"{PrintableText.Escape(value)}\"");
    }

    private static void ReadExplain(string value, VerifyArguments result)
    {
        if (!RuleTable.TryParse(value, out _))
            throw new UsageException($"unknown rule \"{PrintableText.Escape(value)}\": --list-rules shows all");
        result.Command = VerifyCommand.Explain;
        result.ExplainRule = value;
    }

    private static List<string> ExpandFiles(IReadOnlyList<string> commandLine)
    {
        var arguments = new List<string>(commandLine.Count);
        bool optionsEnded = false;
        foreach (string argument in commandLine)
        {
            optionsEnded |= argument == "--";
            if (!optionsEnded && argument.Length > 1 && argument[0] == '@')
                AddLines(argument[1..], arguments);
            else
                arguments.Add(argument);
        }

        return arguments;
    }

    private static void AddLines(string path, List<string> arguments)
    {
        foreach (string line in TextFile.Read(path, MaxArgumentFile, "argument file").Split('\n'))
        {
            string argument = line.TrimEnd('\r');
            if (argument.Length != 0)
                arguments.Add(argument);
        }
    }

    private static string Suggestion(string name) =>
        NearestName.Find(name, [.. s_flags, .. s_valued]) is { } nearest ? $": did you mean {nearest}?" : ": --help lists the options";
}
