//! The absolute path of a file, without links.

use super::{NUL_IN_PATH, S_IFDIR, S_IFMT, attributes, getcwd, read_link};
use crate::ffi::OsString;
use crate::io::Result;
use crate::path::{Path, PathBuf};
use fullrust_sys::Errno;

/// The absolute path without links, `.` and `..`, found without `/proc`.
pub(crate) fn canonicalize(path: &Path) -> Result<PathBuf> {
    /// As many links as the kernel itself follows.
    const MOST_LINKS: usize = 40;
    let bytes = path.as_os_str().as_encoded_bytes();
    if bytes.contains(&0) {
        return Err(NUL_IN_PATH);
    }
    if bytes.is_empty() {
        return Err(Errno::ENOENT.into());
    }
    let mut resolved = if path.is_absolute() { PathBuf::from("/") } else { getcwd()? };
    // What is still to be walked, last part first.
    let mut pending: Vec<OsString> = Vec::new();
    push_parts(&mut pending, bytes);
    let mut links = 0;
    while let Some(part) = pending.pop() {
        match part.as_encoded_bytes() {
            b"" | b"." => require_dir(&resolved)?,
            b".." => {
                require_dir(&resolved)?;
                resolved.pop();
            }
            _ => {
                resolved.push(&part);
                match read_link(&resolved) {
                    Ok(target) => {
                        links += 1;
                        if links > MOST_LINKS {
                            return Err(Errno::ELOOP.into());
                        }
                        resolved.pop();
                        if target.is_absolute() {
                            resolved = PathBuf::from("/");
                        }
                        push_parts(&mut pending, target.as_os_str().as_encoded_bytes());
                    }
                    // Not a link.
                    Err(error) if error.raw_os_error() == Some(Errno::EINVAL.raw()) => {}
                    Err(error) => return Err(error),
                }
            }
        }
    }
    Ok(resolved)
}

fn push_parts(pending: &mut Vec<OsString>, path: &[u8]) {
    let trimmed = path.iter().position(|byte| *byte != b'/').map_or(&b""[..], |start| &path[start..]);
    pending.extend(trimmed.split(|byte| *byte == b'/').rev().map(|part| OsString { inner: part.to_vec() }));
}

fn require_dir(path: &Path) -> Result<()> {
    match attributes(path, true)?.stat.st_mode & S_IFMT {
        S_IFDIR => Ok(()),
        _ => Err(Errno::ENOTDIR.into()),
    }
}
