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
