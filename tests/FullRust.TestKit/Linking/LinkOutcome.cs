using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.Linker.Diagnostics;
using FullRust.TestKit.Elf;

namespace FullRust.TestKit.Linking;

/// <summary>What a link by our linker did.</summary>
/// <param name="ExitCode">What the program would exit with.</param>
/// <param name="Diagnostics">Its messages.</param>
/// <param name="Output">The output path.</param>
/// <param name="Printed">What the program writes to standard output.</param>
public sealed record LinkOutcome(int ExitCode, IReadOnlyList<Diagnostic> Diagnostics, string Output, string Printed)
{
    private readonly Lazy<ElfReader> _elf = new(() => ElfReader.Open(Output));

    /// <summary>The output, read.</summary>
    public ElfReader Elf => _elf.Value;

    /// <summary>The output's bytes.</summary>
    public byte[] Bytes => File.ReadAllBytes(Output);

    /// <summary>All messages as the program prints them.</summary>
    public string Text => string.Join('\n', Diagnostics.Select(static d => d.Format("ld")));

    /// <summary>Its standard output, line by line without empty ones.</summary>
    public string[] PrintedLines => Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The ids of the errors, in order.</summary>
    public IEnumerable<DiagnosticId> Errors => Diagnostics.Where(static d => d.Severity == Severity.Error).Select(static d => d.Id);

    /// <summary>Fails the test unless the link succeeded.</summary>
    public LinkOutcome ShouldSucceed() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"the link failed with {ExitCode}:\n{Text}");

    /// <summary>Fails the test unless the link failed with exactly one kind of error.</summary>
    public LinkOutcome ShouldFailWith(DiagnosticId id)
    {
        if (ExitCode == 0)
            throw new InvalidOperationException($"the link succeeded, expected {id}");
        if (!Errors.Any() || Errors.Any(e => e != id))
            throw new InvalidOperationException($"expected {id} only, got:\n{Text}");
        return this;
    }

    /// <summary>Fails the test unless the link failed with one error and no other message.</summary>
    /// <returns>The error.</returns>
    public Diagnostic ShouldFailOnce() =>
        ExitCode != 0 && Diagnostics is [{ Severity: Severity.Error } error] ? error : throw new InvalidOperationException($"expected one error, got {ExitCode}:\n{Text}");

    /// <summary>Runs the output.</summary>
    public ToolResult Run(params string[] arguments) => ToolRunner.Run(Output, arguments, limit: TimeSpan.FromSeconds(30));

    /// <summary>Runs the output and fails the test unless it exits with a code.</summary>
    public LinkOutcome ShouldExitWith(int code)
    {
        ToolResult result = ShouldSucceed().Run();
        return result.ExitCode == code ? this : throw new InvalidOperationException($"expected exit code {code}, got {result}");
    }
}
