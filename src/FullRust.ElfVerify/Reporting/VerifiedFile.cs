// What reports are made of: one entry for each input, and what holds for the whole run.

using System;
using System.Collections.Generic;

namespace FullRust.ElfVerify.Reporting;

/// <summary>What became of one input. Immutable.</summary>
/// <param name="Path">The input as it was named or found.</param>
/// <param name="Report">The report, or null if the file could not be judged.</param>
/// <param name="Sha256">Digest of the bytes that were judged, in hexadecimal digits; empty if it was not computed.</param>
/// <param name="Rule">Without a report, the rule that was broken (I01 to I04).</param>
/// <param name="Error">Without a report, why.</param>
public sealed record VerifiedFile(string Path, VerifyReport? Report, string Sha256, RuleId Rule, string Error)
{
    /// <summary>0 verified, 1 not verified, 2 could not decide.</summary>
    public int ExitCode => Report is null ? 2 : Report.IsVerified ? 0 : 1;

    /// <summary>The verdict in one word, as machine-readable reports have it.</summary>
    public string Verdict => WordFor(ExitCode);

    /// <summary>An input that could not be judged.</summary>
    /// <param name="path">The input.</param>
    /// <param name="rule">The rule that was broken.</param>
    /// <param name="error">Why.</param>
    /// <returns>The entry.</returns>
    public static VerifiedFile Undecided(string path, RuleId rule, string error) => new(path, null, "", rule, error);

    /// <summary>The word for an exit code.</summary>
    /// <param name="exitCode">0, 1 or 2.</param>
    /// <returns><c>verified</c>, <c>not-verified</c> or <c>undecided</c>.</returns>
    public static string WordFor(int exitCode) => exitCode switch { 0 => "verified", 1 => "not-verified", _ => "undecided" };
}

/// <summary>One run over any number of inputs. Immutable.</summary>
/// <param name="ToolVersion">The verifier's version.</param>
/// <param name="Files">The inputs in order.</param>
/// <param name="PolicySha256">Digest of the policy in use, or null without one.</param>
/// <param name="WorkingFolder">The folder that relative paths count from; absolute.</param>
public sealed record VerifyRun(string ToolVersion, IReadOnlyList<VerifiedFile> Files, string? PolicySha256, string WorkingFolder)
{
    /// <summary>2 if any input could not be decided, else 1 if any is not verified, else 0; 2 without inputs.</summary>
    public int ExitCode
    {
        get
        {
            int code = Files.Count == 0 ? 2 : 0;
            foreach (VerifiedFile file in Files)
                code = Math.Max(code, file.ExitCode);
            return code;
        }
    }
}
