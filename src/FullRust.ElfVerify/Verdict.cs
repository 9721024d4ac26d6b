// The answers: of one rule, and of a whole file. "Unknown" is never a pass.

namespace FullRust.ElfVerify;

/// <summary>The answer about a file.</summary>
public enum Verdict
{
    /// <summary>Every rule that counts was established.</summary>
    Pass,

    /// <summary>At least one rule that counts is broken.</summary>
    Fail,

    /// <summary>At least one rule that counts could not be established; a gate treats this as a failure.</summary>
    Unknown,
}

/// <summary>The answer of one rule about a file.</summary>
public enum RuleResult
{
    /// <summary>The rule was not asked for, or an earlier finding left nothing to look at.</summary>
    NotRun,

    /// <summary>The rule holds.</summary>
    Pass,

    /// <summary>The rule is broken.</summary>
    Fail,

    /// <summary>The file has nothing that the rule speaks about.</summary>
    NotApplicable,

    /// <summary>The rule could neither be established nor refuted.</summary>
    Unknown,
}
