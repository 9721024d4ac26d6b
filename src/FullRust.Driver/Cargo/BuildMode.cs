namespace FullRust.Driver.Cargo;

/// <summary>The three ways to make a libc-free program.</summary>
internal enum BuildMode
{
    /// <summary>An unmodified crate, compiled against our <c>std</c>.</summary>
    ZeroTouch,

    /// <summary>A <c>no_std</c> crate with <c>fullrust::entry!</c> (<c>--runtime</c>); <c>core</c> is rebuilt where its source is there.</summary>
    Runtime,

    /// <summary>The same with the toolchain's precompiled <c>core</c> and <c>alloc</c> (<c>--stable</c>).</summary>
    Stable,
}
