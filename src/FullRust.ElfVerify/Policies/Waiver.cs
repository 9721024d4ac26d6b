// A finding that somebody took responsibility for, until a date.

using System;

namespace FullRust.ElfVerify.Policies;

/// <summary>A finding that a policy accepts. Immutable.</summary>
/// <param name="Rule">The rule whose findings are accepted.</param>
/// <param name="Path">A pattern for the file's path, relative to the policy's folder: <c>*</c> and <c>?</c> within a name, <c>**</c> across folders.</param>
/// <param name="Sha256">Digest of the one file that is meant, in hexadecimal digits, or null for any.</param>
/// <param name="Reason">Why.</param>
/// <param name="Expires">The last day on which the waiver holds.</param>
public sealed record Waiver(RuleId Rule, string Path, string? Sha256, string Reason, DateOnly Expires)
{
    /// <summary>Whether the waiver speaks about a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="relativePath">The file's path, relative to the policy's folder.</param>
    /// <param name="sha256">The file's digest in hexadecimal digits.</param>
    /// <returns>True if it does.</returns>
    public bool Matches(VerifyFinding finding, string relativePath, string sha256) =>
        finding.Rule == Rule && (Sha256 is null || string.Equals(Sha256, sha256, StringComparison.OrdinalIgnoreCase)) && PathPattern.Matches(Path, relativePath);
}
