//! What is known about files.

use super::{FileTimes, FileType, Metadata, Permissions};
use crate::fmt;
use crate::io::{self, ErrorKind, const_error};
use crate::sys::fs::{self as sys, FileTime};
use crate::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Clone, PartialEq, Eq)]
pub(super) struct FilePermissions {
    mode: u32,
}

pub(super) mod times {
    use crate::time::SystemTime;

    /// A type of its own only because it is printed under this name.
    #[derive(Copy, Clone, Debug, Default)]
    pub struct FileTimes {
        pub accessed: Option<SystemTime>,
        pub modified: Option<SystemTime>,
    }
}

fn to_system_time((seconds, nanos): FileTime) -> io::Result<SystemTime> {
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let base = if seconds < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
    base.filter(|_| nanos < 1_000_000_000)
        .and_then(|base| base.checked_add(Duration::from_nanos(u64::from(nanos))))
        .ok_or(const_error!(ErrorKind::InvalidData, "invalid timestamp"))
}

fn to_file_time(time: SystemTime) -> io::Result<FileTime> {
    let parts = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).ok().map(|seconds| (seconds, after.subsec_nanos())),
        Err(error) => {
            let before = error.duration();
            let carry = u64::from(before.subsec_nanos() != 0);
            let nanos = if carry == 0 { 0 } else { 1_000_000_000 - before.subsec_nanos() };
            before.as_secs().checked_add(carry).and_then(|whole| 0i64.checked_sub_unsigned(whole)).map(|s| (s, nanos))
        }
    };
    parts.ok_or(const_error!(ErrorKind::InvalidInput, "timestamp is too large to set as a file time"))
}

impl Metadata {
    /// File, directory, link or something else.
    #[must_use]
    pub fn file_type(&self) -> FileType {
        FileType { kind: self.0.stat.st_mode & sys::S_IFMT }
    }

    /// Whether this is a directory.
    #[must_use]
    pub fn is_dir(&self) -> bool {
        self.file_type().is_dir()
    }

    /// Whether this is a regular file.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.file_type().is_file()
    }

    /// Whether this is a symbolic link.
    #[must_use]
    pub fn is_symlink(&self) -> bool {
        self.file_type().is_symlink()
    }

    /// The size in bytes.
    #[must_use]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> u64 {
        self.0.stat.st_size as u64
    }

    /// Who may do what.
    #[must_use]
    pub fn permissions(&self) -> Permissions {
        Permissions::from_bits(self.0.stat.st_mode)
    }

    /// When the content was last changed.
    pub fn modified(&self) -> io::Result<SystemTime> {
        to_system_time((self.0.stat.st_mtime, self.0.stat.st_mtime_nsec as u32))
    }

    /// When the content was last read.
    pub fn accessed(&self) -> io::Result<SystemTime> {
        to_system_time((self.0.stat.st_atime, self.0.stat.st_atime_nsec as u32))
    }

    /// When the file was made.
    pub fn created(&self) -> io::Result<SystemTime> {
        match self.0.created {
            Some(time) => to_system_time(time),
            None if self.0.has_statx => {
                Err(const_error!(ErrorKind::Unsupported, "creation time is not available for the filesystem",))
            }
            None => {
                Err(const_error!(ErrorKind::Unsupported, "creation time is not available on this platform currently",))
            }
        }
    }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Metadata");
        shown.field("file_type", &self.file_type());
        shown.field("permissions", &self.permissions());
        shown.field("len", &self.len());
        for (name, time) in [("modified", self.modified()), ("accessed", self.accessed()), ("created", self.created())]
        {
            if let Ok(time) = time {
                shown.field(name, &time);
            }
        }
        shown.finish_non_exhaustive()
    }
}

impl FileType {
    /// Whether this is a directory.
    #[must_use]
    pub fn is_dir(&self) -> bool {
        self.kind == sys::S_IFDIR
    }

    /// Whether this is a regular file.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.kind == sys::S_IFREG
    }

    /// Whether this is a symbolic link.
    #[must_use]
    pub fn is_symlink(&self) -> bool {
        self.kind == sys::S_IFLNK
    }
}

impl fmt::Debug for FileType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileType")
            .field("is_file", &self.is_file())
            .field("is_dir", &self.is_dir())
            .field("is_symlink", &self.is_symlink())
            .finish_non_exhaustive()
    }
}

impl Permissions {
    pub(crate) fn from_bits(mode: u32) -> Self {
        Permissions(FilePermissions { mode })
    }

    pub(crate) fn bits(&self) -> u32 {
        self.0.mode
    }

    pub(crate) fn set_bits(&mut self, mode: u32) {
        self.0.mode = mode;
    }

    /// Whether nobody may write.
    #[must_use = "call `set_readonly` to modify the readonly flag"]
    pub fn readonly(&self) -> bool {
        self.0.mode & 0o222 == 0
    }

    /// Takes writing away from everybody, or gives it to everybody.
    pub fn set_readonly(&mut self, readonly: bool) {
        if readonly {
            self.0.mode &= !0o222;
        } else {
            self.0.mode |= 0o222;
        }
    }
}

impl fmt::Debug for FilePermissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePermissions").field("mode", &Mode(self.mode)).finish()
    }
}

/// A mode as `ls` shows it, after its octal form.
struct Mode(u32);

impl fmt::Debug for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mode = self.0;
        write!(f, "0o{mode:06o}")?;
        let kind = match mode & sys::S_IFMT {
            sys::S_IFDIR => 'd',
            sys::S_IFBLK => 'b',
            sys::S_IFCHR => 'c',
            sys::S_IFLNK => 'l',
            sys::S_IFIFO => 'p',
            sys::S_IFREG => '-',
            _ => return Ok(()),
        };
        let mut text = String::from(" (");
        text.push(kind);
        // The sticky bit is shown for folders alone.
        let sticky = if kind == 'd' { 0o1000 } else { 0 };
        for (shift, special, runs, does_not) in [(6, 0o4000, 's', 'S'), (3, 0o2000, 's', 'S'), (0, sticky, 't', 'T')] {
            let bits = mode >> shift;
            text.push(if bits & 4 != 0 { 'r' } else { '-' });
            text.push(if bits & 2 != 0 { 'w' } else { '-' });
            text.push(match (mode & special != 0, bits & 1 != 0) {
                (true, true) => runs,
                (true, false) => does_not,
                (false, true) => 'x',
                (false, false) => '-',
            });
        }
        text.push(')');
        f.write_str(&text)
    }
}

impl FileTimes {
    /// Nothing is to be set yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The time of the last reading.
    pub fn set_accessed(mut self, time: SystemTime) -> Self {
        self.0.accessed = Some(time);
        self
    }

    /// The time of the last change.
    pub fn set_modified(mut self, time: SystemTime) -> Self {
        self.0.modified = Some(time);
        self
    }

    pub(crate) fn as_file_times(self) -> io::Result<(Option<FileTime>, Option<FileTime>)> {
        Ok((self.0.accessed.map(to_file_time).transpose()?, self.0.modified.map(to_file_time).transpose()?))
    }
}
