using System.Collections.Generic;

namespace FullRust.Driver.Cargo;

/// <summary>What a cargo subcommand needs of us.</summary>
internal enum SubcommandKind
{
    /// <summary>Passed to cargo as it is.</summary>
    Other,

    /// <summary>Compiles without linking programs: flags only.</summary>
    Check,

    /// <summary>Leaves programs that are placed and verified.</summary>
    Build,

    /// <summary>Runs programs that it built.</summary>
    Run,

    /// <summary>Builds and runs test programs.</summary>
    Test,

    /// <summary>Makes documentation.</summary>
    Doc,
}

/// <summary>Knows cargo's subcommands and their short names.</summary>
internal static class Subcommand
{
    /// <summary>Cargo's own subcommands that no program comes out of. They cannot be aliases.</summary>
    private static readonly HashSet<string> s_ownOfCargo =
    [
        "add", "clean", "config", "fetch", "fmt", "generate-lockfile", "help", "info", "init", "locate-project", "login", "logout", "metadata", "miri", "new",
        "owner", "package", "pkgid", "publish", "read-manifest", "remove", "rm", "report", "search", "tree", "uninstall", "update", "vendor", "verify-project",
        "version", "yank",
    ];

    /// <summary>Whether a name may be an alias of the user's.</summary>
    internal static bool MayBeAlias(string name) => KindOf(name) == SubcommandKind.Other && !s_ownOfCargo.Contains(name);

    /// <summary>The kind of a subcommand; <see cref="SubcommandKind.Other"/> for all that do not compile for our target.</summary>
    internal static SubcommandKind KindOf(string name) => name switch
    {
        "build" or "b" or "rustc" or "install" => SubcommandKind.Build,
        "run" or "r" => SubcommandKind.Run,
        "check" or "c" or "clippy" or "fix" => SubcommandKind.Check,
        "test" or "t" or "bench" => SubcommandKind.Test,
        "doc" or "d" or "rustdoc" => SubcommandKind.Doc,
        _ => SubcommandKind.Other,
    };
}
