// The Rust toolchain that a build uses, as rustup (or PATH) chooses it: cargo says which cargo it is by CARGO, RUSTC may name a compiler.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FullRust.Driver.Cargo;
using FullRust.Driver.Platform;

namespace FullRust.Driver.Toolchain;

/// <summary>Something on this machine that a build needs is missing.</summary>
internal sealed class MissingPartException(string message) : Exception(message);

/// <summary>A rustc with its cargo. Asked once, immutable afterwards.</summary>
internal sealed class RustToolchain
{
    private RustToolchain(string cargo, string rustc, string version, string sysroot) =>
        (Cargo, Rustc, VersionText, Sysroot) = (cargo, rustc, version, sysroot);

    /// <summary>The cargo to run.</summary>
    internal string Cargo { get; }

    /// <summary>The rustc to run.</summary>
    internal string Rustc { get; }

    /// <summary>All lines of <c>rustc -vV</c>.</summary>
    internal string VersionText { get; }

    /// <summary>The toolchain's folder.</summary>
    internal string Sysroot { get; }

    /// <summary>The release, such as <c>1.95.0</c>.</summary>
    internal string Release => Field("release: ");

    /// <summary>The triple of the machine that the compiler itself runs on.</summary>
    internal string Host => Field("host: ");

    /// <summary>Whether <c>-Z</c> flags are accepted.</summary>
    internal bool IsNightly => Release.Contains("-nightly", StringComparison.Ordinal) || Release.Contains("-dev", StringComparison.Ordinal);

    /// <summary>The folder of the precompiled crates of our target.</summary>
    internal string LibraryFolder => Path.Combine(Sysroot, "lib", "rustlib", TargetTriple.Gnu, "lib");

    /// <summary>The folder of the standard library's sources; it may not exist.</summary>
    internal string SourceFolder => Path.Combine(Sysroot, "lib", "rustlib", "src", "rust", "library");

    /// <summary>Whether <c>rust-src</c> is there.</summary>
    internal bool HasSource => File.Exists(Path.Combine(SourceFolder, "core", "src", "lib.rs"));

    /// <summary>Finds the toolchain and checks that it can build for our target.</summary>
    /// <exception cref="MissingPartException">No toolchain, or one without the target's crates; says how to get it.</exception>
    internal static RustToolchain Find(ChildEnvironment environment)
    {
        string cargo = environment["CARGO"] ?? "cargo";
        string rustc = environment["RUSTC"] is { Length: > 0 } given ? given : RustcBeside(cargo);
        string version = Ask(rustc, environment, "-vV");
        string sysroot = Ask(rustc, environment, "--print", "sysroot").Trim();
        var toolchain = new RustToolchain(cargo, rustc, version, sysroot);
        if (!Directory.Exists(toolchain.LibraryFolder))
        {
            throw new MissingPartException(
                $"the toolchain in `{sysroot}` has no crates for {TargetTriple.Gnu}; add them with `rustup target add {TargetTriple.Gnu}`");
        }

        return toolchain;
    }

    /// <summary>The lines of <c>rustc --print cfg</c> for a target.</summary>
    internal IReadOnlySet<string> CfgFacts(BuildTarget target, ChildEnvironment environment) =>
        Ask(Rustc, environment, ["--print", "cfg", "--target", target.Triple, .. target.CompilerFlags]).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet();

    /// <summary>The compiler in cargo's own folder: the same as <c>rustc</c> in PATH, without rustup's detour.</summary>
    private static string RustcBeside(string cargo)
    {
        string candidate = Path.Combine(Path.GetDirectoryName(cargo) ?? "", "rustc");
        return candidate.StartsWith('/') && File.Exists(candidate) ? candidate : "rustc";
    }

    private static string Ask(string rustc, ChildEnvironment environment, params string[] arguments)
    {
        try
        {
            (int exitCode, string output) = ChildProcess.Capture([rustc, .. arguments], environment);
            return exitCode == 0 ? output : throw new MissingPartException($"`{rustc} {string.Join(' ', arguments)}` failed (exit code {exitCode})");
        }
        catch (CannotStartException failure)
        {
            throw new MissingPartException($"{failure.Message}; install Rust from https://rustup.rs or from your distribution (1.95 or newer)");
        }
    }

    private string Field(string name) =>
        VersionText.Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim() ?? "";
}
