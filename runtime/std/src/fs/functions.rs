//! The free functions.

use super::{DirBuilder, File, Metadata, OpenOptions, Permissions, ReadDir};
use crate::io::read::append_text;
use crate::io::{self, ErrorKind, Write, const_error};
use crate::path::{Path, PathBuf};
use crate::sys::fs as sys;

/// The content of a file.
pub fn read<P: AsRef<Path>>(path: P) -> io::Result<Vec<u8>> {
    fn inner(path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.read_from_start(&mut bytes)?;
        Ok(bytes)
    }
    inner(path.as_ref())
}

/// The content of a file as text.
pub fn read_to_string<P: AsRef<Path>>(path: P) -> io::Result<String> {
    fn inner(path: &Path) -> io::Result<String> {
        let file = File::open(path)?;
        let mut text = String::new();
        append_text(&mut text, |bytes| file.read_from_start(bytes))?;
        Ok(text)
    }
    inner(path.as_ref())
}

/// Makes a file with this content, or replaces the content of one.
pub fn write<P: AsRef<Path>, C: AsRef<[u8]>>(path: P, contents: C) -> io::Result<()> {
    fn inner(path: &Path, contents: &[u8]) -> io::Result<()> {
        File::create(path)?.write_all(contents)
    }
    inner(path.as_ref(), contents.as_ref())
}

/// Removes a file or a link.
pub fn remove_file<P: AsRef<Path>>(path: P) -> io::Result<()> {
    sys::remove_file(path.as_ref())
}

/// What is known about a file; links are followed.
pub fn metadata<P: AsRef<Path>>(path: P) -> io::Result<Metadata> {
    sys::attributes(path.as_ref(), true).map(Metadata)
}

/// What is known about a file; a link is described itself.
pub fn symlink_metadata<P: AsRef<Path>>(path: P) -> io::Result<Metadata> {
    sys::attributes(path.as_ref(), false).map(Metadata)
}

/// Gives a file another name, replacing what has it.
pub fn rename<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> io::Result<()> {
    sys::rename(from.as_ref(), to.as_ref())
}

/// Copies the content and the permissions of a file.
pub fn copy<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> io::Result<u64> {
    fn inner(from: &Path, to: &Path) -> io::Result<u64> {
        let mut reader = File::open(from)?;
        let source = reader.metadata()?;
        if !source.is_file() {
            return Err(const_error!(
                ErrorKind::InvalidInput,
                "the source path is neither a regular file nor a symlink to a regular file",
            ));
        }
        let mode = source.0.stat.st_mode & 0o7777;
        let mut writer = OpenOptions::new().write(true).create(true).truncate(true).creation_mode(mode).open(to)?;
        // The umask may have taken bits away, and a file that was there had its own; devices keep theirs.
        if writer.metadata()?.is_file() {
            writer.set_permissions(Permissions::from_bits(mode))?;
        }
        io::copy(&mut reader, &mut writer)
    }
    inner(from.as_ref(), to.as_ref())
}

/// Gives a file a second name.
pub fn hard_link<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {
    sys::hard_link(original.as_ref(), link.as_ref())
}

/// Makes a symbolic link.
#[deprecated(
    since = "1.1.0",
    note = "replaced with std::os::unix::fs::symlink and std::os::windows::fs::{symlink_file, symlink_dir}"
)]
pub fn soft_link<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()> {
    sys::symlink(original.as_ref(), link.as_ref())
}

/// What a symbolic link says.
pub fn read_link<P: AsRef<Path>>(path: P) -> io::Result<PathBuf> {
    sys::read_link(path.as_ref())
}

/// The absolute path without links, `.` and `..`.
pub fn canonicalize<P: AsRef<Path>>(path: P) -> io::Result<PathBuf> {
    sys::canonicalize(path.as_ref())
}

/// Makes a directory.
pub fn create_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {
    DirBuilder::new().create(path.as_ref())
}

/// Makes a directory and those above it that are missing.
pub fn create_dir_all<P: AsRef<Path>>(path: P) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(path.as_ref())
}

/// Removes an empty directory.
pub fn remove_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {
    sys::remove_dir(path.as_ref())
}

/// Removes a directory with everything in it; links are removed, not followed.
pub fn remove_dir_all<P: AsRef<Path>>(path: P) -> io::Result<()> {
    sys::remove_dir_all(path.as_ref())
}

/// The entries of a directory.
pub fn read_dir<P: AsRef<Path>>(path: P) -> io::Result<ReadDir> {
    ReadDir::open(path.as_ref())
}

/// Changes the permissions of a file; links are followed.
pub fn set_permissions<P: AsRef<Path>>(path: P, perm: Permissions) -> io::Result<()> {
    sys::set_mode(path.as_ref(), perm.bits())
}

/// Whether something is there.
pub fn exists<P: AsRef<Path>>(path: P) -> io::Result<bool> {
    match metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
