//! The file system.

mod dir;
mod file;
mod functions;
mod metadata;
mod options;

pub use dir::{DirBuilder, DirEntry, ReadDir};
pub use file::{File, TryLockError};
#[allow(deprecated)]
pub use functions::{
    canonicalize, copy, create_dir, create_dir_all, exists, hard_link, metadata, read, read_dir, read_link,
    read_to_string, remove_dir, remove_dir_all, remove_file, rename, set_permissions, soft_link, symlink_metadata,
    write,
};
pub use metadata::{FileTimes, FileType, Metadata, Permissions};
pub use options::OpenOptions;
