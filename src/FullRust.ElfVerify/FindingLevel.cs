// How much a finding weighs. The level comes from the rule, the profile and the policy; see RuleLevels.

namespace FullRust.ElfVerify;

/// <summary>How much a finding matters.</summary>
public enum FindingLevel
{
    /// <summary>Worth knowing; never fails a file.</summary>
    Information,

    /// <summary>Fails a file only when the gate is set to warnings.</summary>
    Warning,

    /// <summary>The file is not verified.</summary>
    Error,
}
