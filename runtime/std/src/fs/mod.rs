//! The file system.

mod dir;
mod file;
mod functions;
mod metadata;
mod options;

use crate::ffi::CString;
use crate::io;
use crate::os::fd::OwnedFd;
use crate::sync::Arc;
use crate::sys::fs as sys;

#[allow(deprecated)]
pub use functions::{
    canonicalize, copy, create_dir, create_dir_all, exists, hard_link, metadata, read, read_dir, read_link,
    read_to_string, remove_dir, remove_dir_all, remove_file, rename, set_permissions, soft_link, symlink_metadata,
    write,
};

/// An open file; closed when dropped.
pub struct File(pub(crate) OwnedFd);

/// Why a lock could not be taken at once.
pub enum TryLockError {
    /// Another error.
    Error(io::Error),
    /// Somebody else holds the lock.
    WouldBlock,
}

/// How to make a directory.
#[derive(Debug)]
pub struct DirBuilder {
    inner: dir::inner::DirBuilder,
    recursive: bool,
}

/// The entries of a directory.
pub struct ReadDir {
    inner: Arc<dir::Opened>,
}

/// An entry of a directory.
pub struct DirEntry {
    dir: Arc<dir::Opened>,
    name: CString,
    kind: u8,
    ino: u64,
}

/// What is known about a file.
#[derive(Clone)]
pub struct Metadata(pub(crate) sys::Attributes);

/// File, directory, link or something else.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
pub struct FileType {
    /// The type bits of the mode.
    pub(crate) kind: u32,
}

/// Who may do what with a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Permissions(metadata::FilePermissions);

/// The times of a file, for setting.
#[derive(Copy, Clone, Debug, Default)]
pub struct FileTimes(metadata::times::FileTimes);

/// What is asked for when a file is opened.
#[derive(Clone, Debug)]
pub struct OpenOptions(options::inner::OpenOptions);
