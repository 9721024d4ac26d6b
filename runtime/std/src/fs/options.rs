//! How to open a file.

use super::{File, OpenOptions};
use crate::io::{self, ErrorKind};
use crate::path::Path;
use crate::sys::fs as sys;

/// The choices; a type of its own only because it is printed under this name.
pub(super) mod inner {
    use crate::fmt;

    #[derive(Clone)]
    pub struct Mode(pub u32);

    impl fmt::Debug for Mode {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "0o{:06o}", self.0)
        }
    }

    #[derive(Clone, Debug)]
    pub struct OpenOptions {
        pub read: bool,
        pub write: bool,
        pub append: bool,
        pub truncate: bool,
        pub create: bool,
        pub create_new: bool,
        pub custom_flags: i32,
        pub mode: Mode,
    }
}
pub(super) use inner::Mode;

impl OpenOptions {
    /// Nothing is asked for yet.
    #[must_use]
    pub fn new() -> Self {
        OpenOptions(inner::OpenOptions {
            read: false,
            write: false,
            append: false,
            truncate: false,
            create: false,
            create_new: false,
            custom_flags: 0,
            mode: Mode(0o666),
        })
    }

    /// For reading.
    pub fn read(&mut self, read: bool) -> &mut Self {
        self.0.read = read;
        self
    }

    /// For writing.
    pub fn write(&mut self, write: bool) -> &mut Self {
        self.0.write = write;
        self
    }

    /// For writing at the end.
    pub fn append(&mut self, append: bool) -> &mut Self {
        self.0.append = append;
        self
    }

    /// Emptied first.
    pub fn truncate(&mut self, truncate: bool) -> &mut Self {
        self.0.truncate = truncate;
        self
    }

    /// Made if it is not there.
    pub fn create(&mut self, create: bool) -> &mut Self {
        self.0.create = create;
        self
    }

    /// Made, and an error if it is there.
    pub fn create_new(&mut self, create_new: bool) -> &mut Self {
        self.0.create_new = create_new;
        self
    }

    pub(crate) fn creation_mode(&mut self, mode: u32) -> &mut Self {
        self.0.mode = Mode(mode);
        self
    }

    pub(crate) fn extra_flags(&mut self, flags: i32) -> &mut Self {
        self.0.custom_flags = flags;
        self
    }

    /// Opens a file.
    pub fn open<P: AsRef<Path>>(&self, path: P) -> io::Result<File> {
        self.open_path(path.as_ref())
    }

    fn open_path(&self, path: &Path) -> io::Result<File> {
        let flags = self.access_flags()? | self.creation_flags()? | (self.0.custom_flags & !sys::O_ACCMODE);
        Ok(File::from(sys::open(path, flags, self.0.mode.0)?))
    }

    fn creates_or_truncates(&self) -> bool {
        self.0.create || self.0.create_new || self.0.truncate
    }

    fn access_flags(&self) -> io::Result<i32> {
        match (self.0.read, self.0.write, self.0.append) {
            (true, false, false) => Ok(sys::O_RDONLY),
            (false, true, false) => Ok(sys::O_WRONLY),
            (true, true, false) => Ok(sys::O_RDWR),
            (false, _, true) => Ok(sys::O_WRONLY | sys::O_APPEND),
            (true, _, true) => Ok(sys::O_RDWR | sys::O_APPEND),
            (false, false, false) => Err(io::Error::new(
                ErrorKind::InvalidInput,
                if self.creates_or_truncates() {
                    "creating or truncating a file requires write or append access"
                } else {
                    "must specify at least one of read, write, or append access"
                },
            )),
        }
    }

    fn creation_flags(&self) -> io::Result<i32> {
        let refused = match (self.0.write, self.0.append) {
            (true, false) => false,
            (false, false) => self.creates_or_truncates(),
            (_, true) => self.0.truncate && !self.0.create_new,
        };
        if refused {
            return Err(io::Error::new(
                ErrorKind::InvalidInput,
                "creating or truncating a file requires write or append access",
            ));
        }
        Ok(match (self.0.create, self.0.truncate, self.0.create_new) {
            (false, false, false) => 0,
            (true, false, false) => sys::O_CREAT,
            (false, true, false) => sys::O_TRUNC,
            (true, true, false) => sys::O_CREAT | sys::O_TRUNC,
            (_, _, true) => sys::O_CREAT | sys::O_EXCL,
        })
    }
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self::new()
    }
}
