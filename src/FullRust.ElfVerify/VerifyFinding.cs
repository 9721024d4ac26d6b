// One place where a rule does not hold.

namespace FullRust.ElfVerify;

/// <summary>A place where a rule does not hold.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Level">How much it matters under the options in use.</param>
/// <param name="Result"><see cref="RuleResult.Fail"/> or <see cref="RuleResult.Unknown"/>.</param>
/// <param name="Place">What was looked at, e.g. <c>program header 3</c>; stable from build to build, for baselines.</param>
/// <param name="Message">One sentence: what was found, with the values. Names from the file are escaped.</param>
/// <param name="FileOffset">First byte of what was looked at, counted from the start of the file.</param>
/// <param name="Size">Number of bytes that were looked at.</param>
public sealed record VerifyFinding(RuleId Rule, FindingLevel Level, RuleResult Result, string Place, string Message, ulong FileOffset, ulong Size)
{
    /// <summary>Why the finding does not count, or null: the reason given by a waiver, or that it is in the baseline.</summary>
    public string? WaivedBecause { get; init; }
}
