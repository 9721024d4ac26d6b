// Crates that call C libraries, and what does the same without. One line each, most common first.

using System.Collections.Generic;

namespace FullRust.Driver.Commands;

/// <summary>What is known to replace crates that need C.</summary>
internal static class KnownReplacements
{
    private static readonly Dictionary<string, string> s_advice = new()
    {
        ["getrandom"] = "version 0.3.2 or newer calls the kernel directly: cargo fullrust sets getrandom_backend=\"linux_raw\" by itself; for rand, that is rand 0.9 or newer",
        ["libc"] = "its types and constants are fine; what it declares as functions must come from std or from rustix",
        ["parking_lot_core"] = "std::sync::{Mutex, RwLock, Condvar} are futex-based here as well",
        ["num_cpus"] = "std::thread::available_parallelism()",
        ["atty"] = "std::io::IsTerminal",
        ["is-terminal"] = "std::io::IsTerminal",
        ["nix"] = "rustix, whose default backend on Linux makes system calls itself",
        ["errno"] = "std::io::Error::last_os_error(), or rustix::io::Errno",
        ["memmap2"] = "rustix::mm::mmap",
        ["openssl-sys"] = "rustls with a pure Rust provider",
        ["native-tls"] = "rustls with a pure Rust provider",
        ["ring"] = "contains C: a provider from the RustCrypto project",
        ["aws-lc-sys"] = "contains C: a provider from the RustCrypto project",
        ["libz-sys"] = "flate2 with the feature rust_backend (its default)",
        ["zstd-sys"] = "ruzstd",
        ["bzip2-sys"] = "bzip2 0.6 or newer with libbz2-rs-sys",
        ["lzma-sys"] = "lzma-rs",
        ["libsqlite3-sys"] = "a pure Rust store such as redb",
        ["tikv-jemalloc-sys"] = "the allocator of fullrust's std",
        ["libmimalloc-sys"] = "the allocator of fullrust's std",
        ["iana-time-zone"] = "chrono without its feature clock, or jiff with a bundled time zone database",
        ["dirs-sys"] = "std::env::home_dir() or the XDG variables",
        ["hostname"] = "rustix::system::uname",
        ["signal-hook-registry"] = "rustix, or a loop around signalfd",
        ["socket2"] = "std::net, or rustix::net",
        ["tokio"] = "its features net, process, signal and rt-multi-thread (num_cpus) call libc; rt, sync, time, macros and io-util do not",
        ["mio"] = "std::net with threads, or rustix::event::epoll",
    };

    /// <summary>What replaces a crate, or null where nothing is known.</summary>
    internal static string? For(string crate) => s_advice.GetValueOrDefault(crate) ?? s_advice.GetValueOrDefault(crate.Replace('_', '-'));
}
