// What a rule is for, in words for people; made on request only.

namespace FullRust.ElfVerify;

/// <summary>A rule in words.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Level">Its level in the static-exec profile.</param>
/// <param name="Title">What must hold, one line.</param>
/// <param name="Why">What the kernel or other readers do where it does not hold.</param>
/// <param name="Fix">What usually helps.</param>
public sealed record RuleDescription(RuleId Id, FindingLevel Level, string Title, string Why, string Fix)
{
    /// <summary>The id as it is printed, e.g. <c>FRV-S01</c>.</summary>
    public string Code => RuleTable.CodeOf(Id);
}
