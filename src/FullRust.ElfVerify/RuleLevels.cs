// How much breaking a rule weighs: by rule, then by profile and options, then by policy.

using System.Collections.Generic;

namespace FullRust.ElfVerify;

internal static class RuleLevels
{
    /// <summary>The level of a rule in the static-exec profile.</summary>
    internal static FindingLevel Default(RuleId rule) => rule switch
    {
        RuleId.S05 or RuleId.N02 or RuleId.N03 or RuleId.O02 or RuleId.O03 or RuleId.D01 or RuleId.D02 => FindingLevel.Information,
        RuleId.H05 or RuleId.P07 or RuleId.P08 or RuleId.P09 or RuleId.L06 or RuleId.L12 or RuleId.L13 or RuleId.X02 or RuleId.X05
            or RuleId.X07 or RuleId.R01 or RuleId.Z01 or RuleId.Z02 or RuleId.Z03 or RuleId.U01 or RuleId.U02 or RuleId.G01 or RuleId.G02
            or RuleId.O01 or RuleId.Y01 or RuleId.D03 => FindingLevel.Warning,
        _ => FindingLevel.Error,
    };

    /// <summary>The level of a rule under options: the policy's word if it may have one, else the profile's.</summary>
    internal static FindingLevel Of(RuleId rule, VerifyOptions options)
    {
        if (!RuleTable.IsFixed(rule) && options.Levels is { } levels && levels.TryGetValue(rule, out FindingLevel level))
            return level;
        if (rule == RuleId.C01 && options.Profile == VerifyProfile.StaticLibc)
            return FindingLevel.Information;
        return IsRaised(rule, options) ? FindingLevel.Error : Default(rule);
    }

    private static bool IsRaised(RuleId rule, VerifyOptions options) => rule switch
    {
        RuleId.H05 or RuleId.P07 or RuleId.P08 or RuleId.L06 or RuleId.L13 or RuleId.X02 or RuleId.X05 or RuleId.O01 =>
            options.Profile is VerifyProfile.Portable or VerifyProfile.Hardened,
        RuleId.P09 => options.Profile is VerifyProfile.Portable or VerifyProfile.Hardened or VerifyProfile.Gvisor,
        RuleId.N02 => options.Profile is VerifyProfile.Hardened,
        RuleId.Z01 or RuleId.Z02 or RuleId.Z03 => options.StrictSections,
        RuleId.O02 => options.NoTrailing,
        _ => false,
    };
}
