// Which role the program plays: by the name it is called by, else by its first argument.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FullRust.Driver.Roles;

/// <summary>The parts that this one program can play.</summary>
internal enum Role
{
    /// <summary>None was named.</summary>
    Usage,

    /// <summary><c>--help</c>.</summary>
    Help,

    /// <summary><c>--version</c>.</summary>
    Version,

    /// <summary>A name that no role has.</summary>
    Unknown,

    /// <summary>Builds crates.</summary>
    Cargo,

    /// <summary>Links.</summary>
    Linker,

    /// <summary>Verifies.</summary>
    Verify,

    /// <summary>Runs a program for cargo.</summary>
    Run,
}

/// <summary>A role with the arguments that are its own.</summary>
/// <param name="Role">The role.</param>
/// <param name="Name">The name it was called by, for messages.</param>
/// <param name="Arguments">Its arguments.</param>
internal readonly record struct RoleCall(Role Role, string Name, IReadOnlyList<string> Arguments);

/// <summary>Finds the role of a call.</summary>
internal static class RoleName
{
    /// <summary>The first arguments that name a role.</summary>
    internal static readonly string[] Subcommands = ["cargo", "ld", "verify", "run"];

    /// <summary>Finds the role.</summary>
    /// <param name="calledAs">argv[0]; may be empty or missing.</param>
    /// <param name="arguments">The arguments after it.</param>
    internal static RoleCall Find(string? calledAs, IReadOnlyList<string> arguments)
    {
        string name = Path.GetFileName(calledAs ?? "");
        return name switch
        {
            "cargo-fullrust" => new RoleCall(Role.Cargo, name, arguments is ["fullrust", ..] ? Tail(arguments) : arguments),
            "fullrust-ld" or "ld" or "ld.lld" or "ld.fullrust" => new RoleCall(Role.Linker, name, arguments),
            "fullrust-verify" => new RoleCall(Role.Verify, name, arguments),
            _ => BySubcommand(arguments),
        };
    }

    private static RoleCall BySubcommand(IReadOnlyList<string> arguments) => arguments.FirstOrDefault() switch
    {
        null => new RoleCall(Role.Usage, "fullrust", []),
        "--help" or "-h" or "help" => new RoleCall(Role.Help, "fullrust", []),
        "--version" or "-V" or "version" => new RoleCall(Role.Version, "fullrust", []),
        "cargo" => new RoleCall(Role.Cargo, "cargo-fullrust", Tail(arguments)),
        "ld" => new RoleCall(Role.Linker, "fullrust-ld", Tail(arguments)),
        "verify" => new RoleCall(Role.Verify, "fullrust-verify", Tail(arguments)),
        "run" => new RoleCall(Role.Run, "fullrust", Tail(arguments)),
        { } other => new RoleCall(Role.Unknown, other, []),
    };

    private static string[] Tail(IReadOnlyList<string> arguments) => [.. arguments.Skip(1)];
}
