// What to tell someone whose link meets a shared object.

using System.Collections.Generic;

namespace FullRust.Linker.GuardRail;

internal static class SharedObjectAdvice
{
    /// <summary>Advice for a library that exists only as a shared object.</summary>
    /// <param name="name">The library's name or path.</param>
    internal static IReadOnlyList<string> Notes(string name) =>
    [
        "= a fullrust program is fully static: no loader will bring a shared object in at run time",
        .. NotesOnMissing(name),
    ];

    /// <summary>Advice for a library that exists in no form.</summary>
    /// <param name="name">The library's name or path.</param>
    internal static IReadOnlyList<string> NotesOnMissing(string name) =>
    [
        $"= give a static archive of {name} to the linker, or replace the crate that asks for it (a `#[link]` attribute or a build script's `cargo:rustc-link-lib`) by one in pure Rust; `cargo fullrust explain {System.IO.Path.GetFileName(name)}` names it",
    ];
}

internal static class BitcodeAdvice
{
    /// <summary>Advice for inputs that only a compiler's linker plugin can read.</summary>
    internal static IReadOnlyList<string> Notes { get; } =
    [
        "= cross-language LTO through the linker (`-C linker-plugin-lto`, `-flto`) needs the compiler inside the linker",
        "= use rustc's own LTO instead: `lto = \"fat\"` or `lto = \"thin\"` in the profile; for C, compile without `-flto` or with `-ffat-lto-objects`",
    ];
}
