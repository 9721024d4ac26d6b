//! What Unix adds to std's types.

pub mod ffi;
pub mod fs;
pub mod io;
pub mod net;
pub mod process;
pub mod thread;

/// The extension traits, for importing with a glob.
pub mod prelude {
    pub use super::ffi::{OsStrExt, OsStringExt};
    pub use super::fs::{DirEntryExt, FileExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    pub use super::io::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
    pub use super::process::{CommandExt, ExitStatusExt};
}

/// C's types of the platform, deprecated long ago.
#[allow(non_camel_case_types)]
pub mod raw {
    /// A user.
    #[deprecated(since = "1.8.0", note = "these type aliases are no longer supported by the standard library, the `libc` crate on crates.io should be used instead for the correct definitions")]
    pub type uid_t = u32;
    /// A group.
    #[deprecated(since = "1.8.0", note = "these type aliases are no longer supported by the standard library, the `libc` crate on crates.io should be used instead for the correct definitions")]
    pub type gid_t = u32;
    /// A process.
    #[deprecated(since = "1.8.0", note = "these type aliases are no longer supported by the standard library, the `libc` crate on crates.io should be used instead for the correct definitions")]
    pub type pid_t = i32;
    pub use super::super::linux::raw::{blkcnt_t, blksize_t, dev_t, ino_t, mode_t, nlink_t, off_t, pthread_t, time_t};
}
