// The texts of --help and --version.

using FullRust.Driver.Platform;

namespace FullRust.Driver.Roles;

/// <summary>Prints usage and versions on standard output.</summary>
internal static class Help
{
    internal const string Usage = """
        fullrust: static, libc-free Linux programs in pure Rust

        usage: fullrust COMMAND [ARGUMENT]...

          cargo ...      build a crate               (also: cargo fullrust ..., cargo-fullrust ...)
          ld ...         link, with ld's arguments   (also: fullrust-ld, ld, ld.lld, ld.fullrust)
          verify ...     verify programs             (also: fullrust-verify)
          run PROGRAM    verify a program and run it (cargo's runner)

          --help, --version

        `fullrust COMMAND --help` tells more.
        """;

    private const string Cargo = """
        Build static, libc-free Linux programs

        usage: cargo fullrust [+TOOLCHAIN] [MODE] [COMMAND] [CARGO'S OPTIONS] [-- ARGUMENTS]

        commands of cargo that build for x86_64-fullrust-linux (default: build):
          build  run  check  clippy  fix  test  bench  doc  rustc  install    (all others are run as they are)

        commands of ours:
          verify [FILE]...     verify built programs, or FILEs
          size [FILE]          what takes the space: by crate, section and symbol
          explain NAME         which dependency needs a C symbol, library or crate, and what to use instead
          doctor               what is there, what is missing, how to get it
          cache list|clean     the sysroots made so far
          sysroot              the path of the sysroot, for calling rustc by hand

        modes:
          --zero-touch         an ordinary crate with `fn main` and `use std` (default)
          --stable             a `no_std` crate with `fullrust::entry!`, precompiled core and alloc
          --runtime            the same; core and alloc are rebuilt where rust-src is installed
          --nightly            with the nightly toolchain

        Programs appear in target/x86_64-fullrust-linux/<profile>/, verified.
        """;

    /// <summary>The general usage.</summary>
    internal static int PrintUsage()
    {
        StandardStreams.OutLine(Usage);
        return ExitCode.Success;
    }

    /// <summary>The usage of <c>cargo fullrust</c>.</summary>
    internal static int PrintCargo()
    {
        StandardStreams.OutLine(Cargo);
        return ExitCode.Success;
    }

    /// <summary>Name and version.</summary>
    internal static int PrintVersion(string name)
    {
        StandardStreams.OutLine($"{name} {Version.Text}");
        return ExitCode.Success;
    }
}
