// The outcome of verifying one file. Immutable; policies make changed copies.

using System;
using System.Collections.Generic;

namespace FullRust.ElfVerify;

/// <summary>The outcome of verifying one file. Immutable and thread-safe.</summary>
public sealed class VerifyReport
{
    private readonly byte[] _results;

    internal VerifyReport(RuleRun run)
        : this(run.Results, run.Findings, run.Facts, run.Options)
    {
    }

    private VerifyReport(byte[] results, IReadOnlyList<VerifyFinding> findings, VerifyFacts facts, VerifyOptions options)
    {
        _results = results;
        Findings = findings;
        Facts = facts;
        Options = options;
        Verdict = Judge(findings, options);
    }

    /// <summary>The answer.</summary>
    public Verdict Verdict { get; }

    /// <summary>Whether the answer is <see cref="Verdict.Pass"/>.</summary>
    public bool IsVerified => Verdict == Verdict.Pass;

    /// <summary>The places where rules do not hold, in the order the rules ran; at most 16 for each rule.</summary>
    public IReadOnlyList<VerifyFinding> Findings { get; }

    /// <summary>What was seen.</summary>
    public VerifyFacts Facts { get; }

    /// <summary>What was asked for.</summary>
    public VerifyOptions Options { get; }

    /// <summary>The answer of one rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>Its answer.</returns>
    public RuleResult ResultOf(RuleId rule) => (RuleResult)_results[(int)rule];

    /// <summary>A copy in which some findings do not count.</summary>
    /// <param name="reasonToWaive">For a finding, why it does not count, or null if it does.</param>
    /// <returns>The copy with its own verdict; findings of fixed rules always count.</returns>
    public VerifyReport Waive(Func<VerifyFinding, string?> reasonToWaive)
    {
        var findings = new List<VerifyFinding>(Findings.Count);
        foreach (VerifyFinding finding in Findings)
            findings.Add(RuleTable.IsFixed(finding.Rule) ? finding : finding with { WaivedBecause = reasonToWaive(finding) });
        return new VerifyReport(_results, findings, Facts, Options);
    }

    private static Verdict Judge(IReadOnlyList<VerifyFinding> findings, VerifyOptions options)
    {
        Verdict verdict = Verdict.Pass;
        foreach (VerifyFinding finding in findings)
        {
            if (finding.Level < options.FailOn || finding.WaivedBecause is not null)
                continue;
            if (finding.Result == RuleResult.Fail)
                return Verdict.Fail;
            verdict = Verdict.Unknown;
        }

        return verdict;
    }
}
