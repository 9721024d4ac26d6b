//! Removing a directory with all that is in it.

use super::{
    AT_FDCWD, AT_SYMLINK_NOFOLLOW, DT_UNKNOWN, DirReader, O_DIRECTORY, O_NOFOLLOW, O_RDONLY, S_IFLNK, S_IFMT,
    attributes_at, kernel, open_at, with_c_path,
};
use crate::ffi::CStr;
use crate::io::{Error, ErrorKind, Result};
use crate::path::Path;
use fullrust_sys::Errno;

/// Removes a directory and everything in it. Links are removed, never followed: each level is opened relative to its
/// parent with `O_NOFOLLOW`, so nothing that is swapped in meanwhile leads out of the tree.
pub(crate) fn remove_dir_all(path: &Path) -> Result<()> {
    with_c_path(path, |path| {
        let attributes = attributes_at(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW)?;
        if attributes.stat.st_mode & S_IFMT == S_IFLNK {
            return Ok(kernel::unlinkat(AT_FDCWD, path, 0)?);
        }
        remove_tree(AT_FDCWD, path)
    })
}

fn remove_tree(parent: i32, name: &CStr) -> Result<()> {
    let dir = match open_at(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0) {
        Ok(dir) => dir,
        // Not a directory (any more), or a link: below the top level it is simply removed.
        Err(error) if parent != AT_FDCWD && is_no_directory(&error) => {
            return Ok(kernel::unlinkat(parent, name, 0)?);
        }
        Err(error) => return Err(error),
    };
    let mut entries = DirReader::new(dir);
    while let Some(entry) = entries.next() {
        let entry = entry?;
        let result = match entry.kind {
            kernel::DT_DIR | DT_UNKNOWN => remove_tree(entries.fd(), &entry.name),
            _ => kernel::unlinkat(entries.fd(), &entry.name, 0).map_err(Error::from),
        };
        ignore_not_found(result)?;
    }
    ignore_not_found(kernel::unlinkat(parent, name, kernel::AT_REMOVEDIR).map_err(Error::from))
}

fn is_no_directory(error: &Error) -> bool {
    matches!(error.raw_os_error().map(Errno::from_raw), Some(Errno::ENOTDIR | Errno::ELOOP))
}

/// Somebody else may remove the same things at the same time.
fn ignore_not_found(result: Result<()>) -> Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
