// What cargo builds for. The precompiled core and alloc belong to the gnu triple, under which programs are therefore compiled unless core and alloc
// are rebuilt for a target of our own, described by a file that comes with the runtime's sources (rustc book, "Custom Targets").

using System;
using System.Collections.Generic;
using FullRust.Driver.Platform;
using FullRust.Driver.Toolchain;

namespace FullRust.Driver.Cargo;

/// <summary>A target as cargo and rustc take it. Immutable.</summary>
/// <param name="Triple">Its name.</param>
/// <param name="CargoFlags">What cargo needs besides <c>--target</c>.</param>
/// <param name="CompilerFlags">What rustc needs besides <c>--target</c>.</param>
internal sealed record BuildTarget(string Triple, IReadOnlyList<string> CargoFlags, IReadOnlyList<string> CompilerFlags)
{
    /// <summary>The toolchain's own target, with its precompiled crates.</summary>
    internal static BuildTarget Precompiled { get; } = new(TargetTriple.Gnu, [], []);

    /// <summary>Our own, for which core and alloc are rebuilt.</summary>
    internal static BuildTarget Rebuilt { get; } = new(TargetTriple.FullRust, ["-Z", "build-std=core,alloc"], ["-Z", "unstable-options"]);

    /// <summary>The name in cargo's variables.</summary>
    internal string InVariables => Triple.ToUpperInvariant().Replace('-', '_');

    /// <summary>The target for a command; says why where core and alloc are not rebuilt although the mode would have them so.</summary>
    /// <param name="mode">The mode.</param>
    /// <param name="isTest">Whether test programs are made; they need a std, which is built on the precompiled crates.</param>
    /// <param name="toolchain">The toolchain.</param>
    /// <param name="environment">The environment of the build.</param>
    internal static BuildTarget Choose(BuildMode mode, bool isTest, RustToolchain toolchain, ChildEnvironment environment)
    {
        if (mode != BuildMode.Runtime || isTest)
            return Precompiled;
        bool isUnstable = toolchain.IsNightly || environment["RUSTC_BOOTSTRAP"] is { Length: > 0 } and not ("0" or "-1");
        if (!isUnstable)
            Status.Note($"rustc {toolchain.Release} does not rebuild core and alloc (`--nightly` does, with rust-src); the precompiled ones are used");
        else if (!toolchain.HasSource)
            Status.Note("rust-src is not installed (`rustup component add rust-src`), so the precompiled core and alloc are used");
        else
            return Rebuilt;
        return Precompiled;
    }

    /// <summary>Lets rustc find the description of our own target.</summary>
    internal void Announce(RuntimeSources sources, ChildEnvironment environment)
    {
        if (this == Rebuilt)
            environment["RUST_TARGET_PATH"] = environment["RUST_TARGET_PATH"] is { Length: > 0 } others ? $"{sources.Folder}:{others}" : sources.Folder;
    }
}
