// Our linker, called as a library in the way its own program calls it: parse, link, verify the image in memory, commit. When the variable
// FULLRUST_TEST_LINKER names an executable (one that links itself, say), that one is run instead.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.ElfVerify;
using FullRust.Linker;
using FullRust.Linker.Arguments;
using FullRust.Linker.Diagnostics;
using FullRust.Linker.Writing;

namespace FullRust.TestKit.Linking;

/// <summary>Runs our linker in this process. Thread-safe.</summary>
public static class InProcessLinker
{
    /// <summary>The rules that every output of a test must pass.</summary>
    public static readonly VerifyOptions Rules = new() { Groups = RuleGroups.Segments | RuleGroups.Sections | RuleGroups.Tables | RuleGroups.Model, MaxTlsSize = 1UL << 31, MaxMemory = 1UL << 42 };

    private static readonly string? s_external = Environment.GetEnvironmentVariable("FULLRUST_TEST_LINKER");

    /// <summary>Links.</summary>
    /// <param name="arguments">The command line; paths as seen from <paramref name="folder"/>.</param>
    /// <param name="folder">Where inputs and the output (<c>out</c> unless <c>-o</c> says another) are.</param>
    /// <param name="mayBreakRules">Rules that the arguments ask to break, such as <c>-z execstack</c>.</param>
    public static LinkOutcome Link(IReadOnlyList<string> arguments, string folder, params RuleId[] mayBreakRules)
    {
        if (s_external is { Length: > 0 } program)
            return LinkWith(program, arguments, folder);
        var sink = new DiagnosticSink();
        string[] resolved = [.. arguments.Select(a => Resolve(a, folder))];
        if (!arguments.Any(static a => a is "-o" || a.StartsWith("--output", StringComparison.Ordinal)))
            resolved = [.. resolved, "-o", Path.Combine(folder, "out")];
        ParsedCommandLine command = ArgumentParser.Parse(resolved, sink);
        if (!Path.IsPathRooted(command.Options.OutputPath))
            command.Options.OutputPath = Path.Combine(folder, command.Options.OutputPath);
        if (command.Action == CommandLineAction.Link && !sink.HasErrors)
            Link(command.Options, sink, mayBreakRules);
        return new LinkOutcome(sink.HasErrors ? 1 : 0, sink.Diagnostics, command.Options.OutputPath);
    }

    /// <summary>Links with options at hand.</summary>
    public static void Link(LinkOptions options, DiagnosticSink sink, params RuleId[] mayBreakRules)
    {
        if (!OutputFile.Check(options.OutputPath, sink))
            return;
        using LinkResult result = Linker.Linker.Link(options, sink);
        if (result.Image is null)
            return;
        if (!result.Image.Bytes.Span.IsEmpty)
            Verify(result.Image.Bytes.Span, RulesFor(options.OutputKind), [.. mayBreakRules, .. VerifyOptions.UserChoices(result.HasOwnLayout, result.HasOwnEntry, result.HasWritableCode)]);
        OutputFile.Commit(result.Image, options.OutputPath, result.Inputs, sink);
    }

    // The program verifies by itself. Its messages are text: what they are about is not told apart.
    private static LinkOutcome LinkWith(string program, IReadOnlyList<string> arguments, string folder)
    {
        int asked = Math.Max(arguments.ToList().IndexOf("-o"), arguments.ToList().IndexOf("--output"));
        string output = asked >= 0 ? Path.Combine(folder, arguments[asked + 1]) : Path.Combine(folder, "out");
        ToolResult result = ToolRunner.Run(program, ["ld", .. arguments, .. asked >= 0 ? Array.Empty<string>() : ["-o", "out"]], folder);
        if (result.ExitCode is not (0 or 1))
            throw new InvalidOperationException($"{program}: {result}");
        return new LinkOutcome(result.ExitCode, [], output) { ExternalText = result.Error };
    }

    private static VerifyOptions RulesFor(OutputKind kind) => kind != OutputKind.StaticPie
        ? Rules
        : new VerifyOptions { Groups = Rules.Groups, MaxTlsSize = Rules.MaxTlsSize, MaxMemory = Rules.MaxMemory, Profile = VerifyProfile.StaticPie };

    private static void Verify(ReadOnlySpan<byte> image, VerifyOptions rules, RuleId[] mayBreakRules)
    {
        VerifyFinding[] findings = [.. Verifier.Verify(image, rules).Findings.Where(f => f.Level >= FindingLevel.Error && !mayBreakRules.Contains(f.Rule))];
        if (findings.Length > 0)
            throw new InvalidOperationException("the image does not verify:\n" + string.Join('\n', findings.Select(static f => $"{f.Rule} {f.Place}: {f.Message}")));
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
