// The command line of fullrust-verify as data. See VerifyCommandLine for how it is read.

using System.Collections.Generic;
using FullRust.ElfVerify;

namespace FullRust.Driver.Verify;

internal enum VerifyCommand
{
    Binary,
    Syscalls,
    Explain,
    ListRules,
    Help,
    Version,
}

/// <summary>A report that was asked for: its kind, and a path or null for standard output.</summary>
internal sealed record ReportRequest(string Kind, string? Path);

internal sealed class VerifyArguments
{
    internal const long DefaultMaxInput = 1L << 30;

    internal VerifyCommand Command { get; set; } = VerifyCommand.Binary;

    internal List<string> Inputs { get; } = [];

    internal List<ReportRequest> Reports { get; } = [];

    internal VerifyProfile? Profile { get; set; }

    internal KernelVersion? MinKernel { get; set; }

    internal FindingLevel? FailOn { get; set; }

    internal string? PolicyPath { get; set; }

    internal string? BaselinePath { get; set; }

    internal string? WriteBaselinePath { get; set; }

    internal bool StrictSections { get; set; }

    internal bool NoTrailing { get; set; }

    internal bool RequireProvenance { get; set; }

    internal string? RelinkFolder { get; set; }

    internal bool RequireBuildId { get; set; }

    internal ulong? MaxFileSize { get; set; }

    internal Dictionary<string, ulong> SegmentBudgets { get; } = [];

    internal string? ExpectSyscallsPath { get; set; }

    internal string? DenySyscalls { get; set; }

    internal List<ReportRequest> SeccompOutputs { get; } = [];

    internal long MaxInput { get; set; } = DefaultMaxInput;

    internal int? Threads { get; set; }

    internal string? ExplainRule { get; set; }

    internal bool Quiet { get; set; }

    internal bool Verbose { get; set; }

    internal bool NoColor { get; set; }
}
