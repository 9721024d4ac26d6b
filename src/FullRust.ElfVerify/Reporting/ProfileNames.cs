// The names of profiles on command lines, in policies and in reports.

using System;

namespace FullRust.ElfVerify.Reporting;

/// <summary>Names profiles. Thread-safe.</summary>
public static class ProfileNames
{
    /// <summary>All names, for messages.</summary>
    public const string List = "static-exec, portable, hardened, static-pie, gvisor or static-libc";

    /// <summary>The name of a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>E.g. <c>static-exec</c>.</returns>
    public static string Of(VerifyProfile profile) => profile switch
    {
        VerifyProfile.StaticExec => "static-exec",
        VerifyProfile.Portable => "portable",
        VerifyProfile.Hardened => "hardened",
        VerifyProfile.StaticPie => "static-pie",
        VerifyProfile.Gvisor => "gvisor",
        VerifyProfile.StaticLibc => "static-libc",
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };

    /// <summary>Finds a profile by its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="profile">The profile.</param>
    /// <returns>False if there is none of that name.</returns>
    public static bool TryParse(string name, out VerifyProfile profile)
    {
        foreach (VerifyProfile candidate in Enum.GetValues<VerifyProfile>())
        {
            profile = candidate;
            if (Of(candidate) == name)
                return true;
        }

        profile = default;
        return false;
    }
}
