// Puts our compiler flags beside the user's. Cargo takes flags from the first source that is set (CARGO_ENCODED_RUSTFLAGS, RUSTFLAGS,
// target.*.rustflags, build.rustflags), and only target.* sources are joined with each other: flags given in one place alone would
// silently replace the user's, or be replaced by them (measured with cargo 1.95).

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FullRust.Driver.Platform;

namespace FullRust.Driver.Cargo;

/// <summary>Joins flags with the source that is in force.</summary>
internal static class FlagSource
{
    private const char EncodedSeparator = '\u001f';

    /// <summary>The user's own flags for rustc, from the source that is in force.</summary>
    internal static IReadOnlyList<string> UserRustFlags(BuildTarget target, ChildEnvironment environment, Func<CargoConfiguration> configuration)
    {
        if (FromEnvironment("RUSTFLAGS", environment) is { } given)
            return given;
        return environment[$"CARGO_TARGET_{target.InVariables}_RUSTFLAGS"] is not null || configuration().TargetRustFlags is not null
            ? [.. configuration().TargetRustFlags ?? [], .. Words(environment[$"CARGO_TARGET_{target.InVariables}_RUSTFLAGS"])]
            : [.. configuration().BuildRustFlags, .. Words(environment["CARGO_BUILD_RUSTFLAGS"])];
    }

    /// <summary>Adds flags for rustc; returns further arguments for cargo.</summary>
    /// <param name="flags">Our flags.</param>
    /// <param name="target">What is built for.</param>
    /// <param name="environment">The environment of the build; changed where the user's flags come from there.</param>
    /// <param name="configuration">Asked only where the environment has no flags.</param>
    internal static IReadOnlyList<string> AddRustFlags(IReadOnlyList<string> flags, BuildTarget target, ChildEnvironment environment, Func<CargoConfiguration> configuration)
    {
        if (AddToEnvironment("RUSTFLAGS", flags, environment))
            return [];
        bool hasTargetFlags = environment[$"CARGO_TARGET_{target.InVariables}_RUSTFLAGS"] is not null || configuration().TargetRustFlags is not null;
        IEnumerable<string> all = hasTargetFlags ? flags : [.. configuration().BuildRustFlags, .. Words(environment["CARGO_BUILD_RUSTFLAGS"]), .. flags];
        return ["--config", $"target.{target.Triple}.rustflags=[{string.Join(',', all.Select(TomlString))}]"];
    }

    /// <summary>The same for rustdoc.</summary>
    internal static IReadOnlyList<string> AddRustdocFlags(IReadOnlyList<string> flags, BuildTarget target, ChildEnvironment environment, Func<CargoConfiguration> configuration)
    {
        if (AddToEnvironment("RUSTDOCFLAGS", flags, environment))
            return [];
        bool hasTargetFlags = environment[$"CARGO_TARGET_{target.InVariables}_RUSTDOCFLAGS"] is not null || configuration().HasTargetRustdocFlags;
        IEnumerable<string> all = hasTargetFlags ? flags : [.. configuration().BuildRustdocFlags, .. Words(environment["CARGO_BUILD_RUSTDOCFLAGS"]), .. flags];
        return ["--config", $"target.{target.Triple}.rustdocflags=[{string.Join(',', all.Select(TomlString))}]"];
    }

    /// <summary>A basic string of TOML 1.0.</summary>
    internal static string TomlString(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (c < ' ' || c == '\u007f')
                quoted.Append($"\\u{(int)c:X4}");
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Cargo splits flags in variables at blanks.</summary>
    private static string[] Words(string? flags) => flags?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>CARGO_ENCODED_x, else x; null where neither is set. A variable that is set but empty counts as set, as cargo counts it.</summary>
    private static string[]? FromEnvironment(string variable, ChildEnvironment environment) =>
        environment["CARGO_ENCODED_" + variable] is { } encoded ? encoded.Length == 0 ? [] : encoded.Split(EncodedSeparator)
        : environment[variable] is { } plain ? Words(plain)
        : null;

    /// <summary>Joins with the variable that is in force.</summary>
    private static bool AddToEnvironment(string variable, IReadOnlyList<string> flags, ChildEnvironment environment)
    {
        if (FromEnvironment(variable, environment) is not { } given)
            return false;
        environment["CARGO_ENCODED_" + variable] = string.Join(EncodedSeparator, given.Concat(flags));
        return true;
    }
}
