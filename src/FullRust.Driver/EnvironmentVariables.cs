namespace FullRust.Driver;

/// <summary>Every variable of ours that the driver reads. The user's guide lists the same names.</summary>
internal static class EnvironmentVariables
{
    /// <summary>Another linker for <c>cargo fullrust</c> to use, such as rust-lld, to compare with. It must take ld's command line.</summary>
    internal const string Linker = "FULLRUST_LINKER";

    /// <summary>The cache folder, instead of <c>$XDG_CACHE_HOME/cargo-fullrust</c>.</summary>
    internal const string Cache = "FULLRUST_CACHE";

    /// <summary>The folder of the runtime's sources, instead of the installed ones.</summary>
    internal const string Runtime = "FULLRUST_RUNTIME";
}
