//! The path of the current folder.

use super::{AT_FDCWD, DirReader, O_DIRECTORY, O_RDONLY, open_at};
use crate::ffi::{CString, OsString};
use crate::io::Result;
use crate::os::fd::{AsRawFd, OwnedFd};
use crate::path::PathBuf;
use fullrust_sys::{Errno, fs as kernel};

pub(crate) fn getcwd() -> Result<PathBuf> {
    let mut text = vec![0u8; 512];
    loop {
        match kernel::getcwd(&mut text) {
            Ok(length) if text[0] == b'/' => {
                // The kernel counts the NUL.
                text.truncate(length.saturating_sub(1));
                text.shrink_to_fit();
                return Ok(PathBuf::from(OsString { inner: text }));
            }
            Err(Errno::ERANGE) => text.resize(text.len() * 2, 0),
            // Not below the root as this process sees it, or more than the kernel writes.
            Ok(_) | Err(Errno::ENAMETOOLONG) => return by_walking(),
            Err(errno) => return Err(errno.into()),
        }
    }
}

/// Device and number: what tells two folders apart.
type Identity = (u64, u64);

/// Goes up to the root and asks each folder what the one before is called in it.
fn by_walking() -> Result<PathBuf> {
    let root = identity_of(&open_folder(AT_FDCWD, c"/")?)?;
    let mut names = Vec::new();
    let mut folder = open_folder(AT_FDCWD, c".")?;
    let mut identity = identity_of(&folder)?;
    while identity != root {
        let mut entries = DirReader::new(open_folder(folder.as_raw_fd(), c"..")?);
        names.push(name_in(&mut entries, identity)?);
        folder = entries.into_fd();
        identity = identity_of(&folder)?;
    }
    let path = names.iter().rev().flat_map(|name| [b"/", name.to_bytes()]).collect::<Vec<_>>().concat();
    Ok(PathBuf::from(OsString { inner: if path.is_empty() { b"/".to_vec() } else { path } }))
}

fn open_folder(dir: i32, name: &core::ffi::CStr) -> Result<OwnedFd> {
    open_at(dir, name, O_RDONLY | O_DIRECTORY, 0)
}

fn identity_of(folder: &OwnedFd) -> Result<Identity> {
    let stat = kernel::fstat(folder.as_raw_fd())?;
    Ok((stat.st_dev, stat.st_ino))
}

/// The number of an entry that is mounted on is not that of what is mounted there, so that the entries themselves are asked.
fn name_in(entries: &mut DirReader, identity: Identity) -> Result<CString> {
    while let Some(entry) = entries.next() {
        let entry = entry?;
        if matches!(entry.kind, kernel::DT_DIR | kernel::DT_UNKNOWN)
            && let Ok(stat) = kernel::fstatat(entries.fd(), &entry.name, kernel::AT_SYMLINK_NOFOLLOW)
            && (stat.st_dev, stat.st_ino) == identity
        {
            return Ok(entry.name);
        }
    }
    Err(Errno::ENOENT.into())
}
