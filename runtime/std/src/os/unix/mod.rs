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
    pub use super::thread::JoinHandleExt;
}

/// C's types of the platform, deprecated long ago.
#[deprecated(
    since = "1.8.0",
    note = "these type aliases are no longer supported by the standard library, the `libc` crate on crates.io should \
            be used instead for the correct definitions"
)]
#[allow(non_camel_case_types)]
pub mod raw {
    use crate::os::linux::raw as linux;

    /// A user.
    pub type uid_t = u32;
    /// A group.
    pub type gid_t = u32;
    /// A process.
    pub type pid_t = i32;
    /// A count of blocks.
    pub type blkcnt_t = linux::blkcnt_t;
    /// The size of a block.
    pub type blksize_t = linux::blksize_t;
    /// A device.
    pub type dev_t = linux::dev_t;
    /// The number of a file.
    pub type ino_t = linux::ino_t;
    /// Type and permissions.
    pub type mode_t = linux::mode_t;
    /// A count of names.
    pub type nlink_t = linux::nlink_t;
    /// A position.
    pub type off_t = linux::off_t;
    /// A thread.
    pub type pthread_t = linux::pthread_t;
    /// Seconds since 1970.
    pub type time_t = linux::time_t;
}
