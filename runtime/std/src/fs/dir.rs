//! Directories: making them, reading their entries.

use super::options::Mode;
use super::{DirBuilder, DirEntry, FileType, Metadata, ReadDir};
use crate::ffi::{OsStr, OsString};
use crate::fmt;
use crate::io::{self, ErrorKind, const_error};
use crate::path::{Path, PathBuf};
use crate::sync::Arc;
use crate::sys::fs as sys;
use fullrust_rt::lock::Lock;

/// A type of its own only because it is printed under this name.
pub(super) mod inner {
    #[derive(Debug)]
    pub struct DirBuilder {
        pub mode: super::Mode,
    }
}

impl DirBuilder {
    /// One directory, with the usual mode.
    #[must_use]
    pub fn new() -> DirBuilder {
        DirBuilder { inner: inner::DirBuilder { mode: Mode(0o777) }, recursive: false }
    }

    /// Whether to make the directories above as well, and to accept one that is there.
    pub fn recursive(&mut self, recursive: bool) -> &mut Self {
        self.recursive = recursive;
        self
    }

    pub(crate) fn creation_mode(&mut self, mode: u32) -> &mut Self {
        self.inner.mode = Mode(mode);
        self
    }

    /// Makes the directory.
    pub fn create<P: AsRef<Path>>(&self, path: P) -> io::Result<()> {
        let path = path.as_ref();
        if self.recursive { self.create_tree(path) } else { sys::make_dir(path, self.inner.mode.0) }
    }

    fn create_tree(&self, path: &Path) -> io::Result<()> {
        if path == Path::new("") {
            return Ok(());
        }
        match sys::make_dir(path, self.inner.mode.0) {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(_) if path.is_dir() => return Ok(()),
            Err(error) => return Err(error),
        }
        match path.parent() {
            Some(parent) => self.create_tree(parent)?,
            None => return Err(const_error!(ErrorKind::Uncategorized, "failed to create whole tree")),
        }
        match sys::make_dir(path, self.inner.mode.0) {
            // Somebody else may have made it meanwhile.
            Err(_) if path.is_dir() => Ok(()),
            other => other,
        }
    }
}

/// An open directory and the path it was opened by; shared by its entries.
pub(super) struct Opened {
    reader: Lock<sys::DirReader>,
    fd: i32,
    path: PathBuf,
}

impl ReadDir {
    pub(super) fn open(path: &Path) -> io::Result<ReadDir> {
        let fd = sys::open(path, sys::O_RDONLY | sys::O_DIRECTORY, 0)?;
        let reader = sys::DirReader::new(fd);
        let fd = reader.fd();
        Ok(ReadDir { inner: Arc::new(Opened { reader: Lock::new(reader), fd, path: path.to_path_buf() }) })
    }
}

impl fmt::Debug for ReadDir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReadDir").field(&&*self.inner.path).finish()
    }
}

impl Iterator for ReadDir {
    type Item = io::Result<DirEntry>;

    fn next(&mut self) -> Option<io::Result<DirEntry>> {
        let entry = self.inner.reader.lock().next()?;
        Some(entry.map(|entry| DirEntry {
            dir: Arc::clone(&self.inner),
            name: entry.name,
            kind: entry.kind,
            ino: entry.ino,
        }))
    }
}

impl DirEntry {
    /// The directory's path with the entry's name.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.dir.path.join(self.name_os_str())
    }

    /// What is known about the entry; a link is described itself.
    pub fn metadata(&self) -> io::Result<Metadata> {
        sys::attributes_at(self.dir.fd, &self.name, sys::AT_SYMLINK_NOFOLLOW).map(Metadata)
    }

    /// File, directory, link or something else.
    pub fn file_type(&self) -> io::Result<FileType> {
        match self.kind {
            sys::DT_UNKNOWN => self.metadata().map(|metadata| metadata.file_type()),
            // A `DT_` value is the type bits of the mode, shifted.
            kind => Ok(FileType { kind: u32::from(kind) << 12 }),
        }
    }

    /// The name.
    #[must_use]
    pub fn file_name(&self) -> OsString {
        self.name_os_str().to_os_string()
    }

    pub(crate) fn name_os_str(&self) -> &OsStr {
        sys::name_of(&self.name)
    }

    pub(crate) fn inode(&self) -> u64 {
        self.ino
    }
}

impl fmt::Debug for DirEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DirEntry").field(&self.path()).finish()
    }
}
