// Collects what the rules say about one file. Messages are made by the callers only when a rule is broken, so a file that passes
// costs a table of bytes and one report.

using System;
using System.Collections.Generic;

namespace FullRust.ElfVerify;

internal sealed class RuleRun(VerifyOptions options)
{
    // A hostile file can break one rule a thousand times; a reader needs the first few.
    private const int MaxFindingsPerRule = 16;

    internal const int RuleCount = (int)RuleId.K01 + 1;

    private readonly byte[] _results = new byte[RuleCount];
    private List<VerifyFinding>? _findings;
    private ushort[]? _counts;

    internal VerifyOptions Options { get; } = options;

    internal VerifyFacts Facts { get; } = new();

    internal byte[] Results => _results;

    internal bool HasErrors { get; private set; }

    internal bool Wants(RuleGroups groups) => (Options.Groups & groups) != 0;

    internal IReadOnlyList<VerifyFinding> Findings => _findings is { } findings ? findings : [];

    internal IReadOnlyList<ushort> FindingCounts => _counts ?? [];

    /// <summary>States that a rule was looked at and is not broken so far.</summary>
    internal void Begin(RuleId rule)
    {
        if (_results[(int)rule] == (byte)RuleResult.NotRun && !IsDisabled(rule))
            _results[(int)rule] = (byte)RuleResult.Pass;
    }

    internal void Begin(params ReadOnlySpan<RuleId> rules)
    {
        foreach (RuleId rule in rules)
            Begin(rule);
    }

    internal void NotApplicable(RuleId rule)
    {
        if (_results[(int)rule] == (byte)RuleResult.NotRun)
            _results[(int)rule] = (byte)RuleResult.NotApplicable;
    }

    internal bool IsBroken(RuleId rule) => _results[(int)rule] >= (byte)RuleResult.Fail && _results[(int)rule] != (byte)RuleResult.NotApplicable;

    internal bool IsDisabled(RuleId rule) => Options.Disabled is { } disabled && disabled.Contains(rule);

    internal void Fail(RuleId rule, string place, string message, ulong offset, ulong size) =>
        Add(rule, RuleResult.Fail, RuleLevels.Of(rule, Options), place, message, offset, size);

    /// <summary>Says something worth knowing under a rule that is broken by it only in stricter settings.</summary>
    internal void Fail(RuleId rule, FindingLevel level, string place, string message, ulong offset, ulong size) =>
        Add(rule, RuleResult.Fail, level, place, message, offset, size);

    internal void Unknown(RuleId rule, string place, string message, ulong offset, ulong size) =>
        Add(rule, RuleResult.Unknown, RuleLevels.Of(rule, Options), place, message, offset, size);

    private void Add(RuleId rule, RuleResult result, FindingLevel level, string place, string message, ulong offset, ulong size)
    {
        if (IsDisabled(rule))
            return;
        _results[(int)rule] = (byte)result;
        HasErrors |= level >= FindingLevel.Error;
        _findings ??= [];
        _counts ??= new ushort[RuleCount];
        ref ushort count = ref _counts[(int)rule];
        if (count < ushort.MaxValue)
            count++;
        if (count <= MaxFindingsPerRule)
            _findings.Add(new VerifyFinding(rule, level, result, place, message, offset, size));
    }
}
