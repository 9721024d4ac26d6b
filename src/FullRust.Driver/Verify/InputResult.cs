// What became of one input: a report, or the reason why there is none.

using FullRust.ElfVerify;

namespace FullRust.Driver.Verify;

/// <summary>What became of one input.</summary>
/// <param name="Path">The input as it was named or found.</param>
/// <param name="Report">The report, or null if the file could not be judged.</param>
/// <param name="Sha256">Digest of the bytes that were judged, in hexadecimal digits; empty without a report.</param>
/// <param name="Rule">Without a report, the rule that was broken (I01 to I03).</param>
/// <param name="Error">Without a report, why.</param>
internal sealed record InputResult(string Path, VerifyReport? Report, string Sha256, RuleId Rule, string Error)
{
    /// <summary>0 verified, 1 not verified, 2 could not decide.</summary>
    internal int ExitCode => Report is null ? 2 : Report.IsVerified ? 0 : 1;

    internal static InputResult Undecided(string path, RuleId rule, string error) => new(path, null, "", rule, error);
}
