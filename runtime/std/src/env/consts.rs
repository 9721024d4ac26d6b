//! Constants of the platform.

/// The processor.
pub const ARCH: &str = "x86_64";
/// The family of operating systems.
pub const FAMILY: &str = "unix";
/// The operating system.
pub const OS: &str = "linux";
/// What names of shared libraries begin with.
pub const DLL_PREFIX: &str = "lib";
/// What names of shared libraries end with.
pub const DLL_SUFFIX: &str = ".so";
/// The extension of shared libraries.
pub const DLL_EXTENSION: &str = "so";
/// What names of programs end with.
pub const EXE_SUFFIX: &str = "";
/// The extension of programs.
pub const EXE_EXTENSION: &str = "";
