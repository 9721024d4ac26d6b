//! Paths: strings of the platform, read as components between slashes.

use crate::ffi::{OsStr, OsString};
use crate::{error, fmt, io};

mod borrowed;
mod component;
mod components;
mod impls;
mod iter;
mod owned;

/// An owned path.
pub struct PathBuf {
    pub(crate) inner: OsString,
}

/// A borrowed path.
#[repr(transparent)]
pub struct Path {
    pub(crate) inner: OsStr,
}

/// Prints a [`Path`], with replacement characters where it is not UTF-8.
pub struct Display<'a> {
    path: &'a Path,
}

/// A path, its parent, and so on.
#[derive(Copy, Clone, Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Ancestors<'a> {
    next: Option<&'a Path>,
}

/// One component of a path.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Component<'a> {
    /// A Windows prefix.
    Prefix(PrefixComponent<'a>),
    /// The root.
    RootDir,
    /// `.` at the start.
    CurDir,
    /// `..`
    ParentDir,
    /// A name.
    Normal(&'a OsStr),
}

/// Windows prefixes; on Unix no path has one, but sources may name them.
#[derive(Copy, Clone, Debug, Hash, PartialOrd, Ord, PartialEq, Eq)]
pub enum Prefix<'a> {
    /// `\\?\name`
    Verbatim(&'a OsStr),
    /// `\\?\UNC\server\share`
    VerbatimUNC(&'a OsStr, &'a OsStr),
    /// `\\?\C:`
    VerbatimDisk(u8),
    /// `\\.\device`
    DeviceNS(&'a OsStr),
    /// `\\server\share`
    UNC(&'a OsStr, &'a OsStr),
    /// `C:`
    Disk(u8),
}

/// A Windows prefix with its text.
#[derive(Copy, Clone, Eq, Debug)]
pub struct PrefixComponent<'a> {
    raw: &'a OsStr,
    parsed: Prefix<'a>,
}

/// The components of a path as strings.
#[derive(Clone)]
pub struct Iter<'a> {
    inner: Components<'a>,
}

/// The components of a path: repeated slashes, `.` in the middle and a slash at the end do not count.
#[derive(Clone)]
pub struct Components<'a> {
    /// What is left; from the front without what was yielded, from the back without what was yielded.
    path: &'a [u8],
    has_root: bool,
    front: components::State,
    back: components::State,
}

/// The character between components.
pub const MAIN_SEPARATOR: char = '/';

/// The string between components.
pub const MAIN_SEPARATOR_STR: &str = "/";

/// Whether a character separates components.
#[must_use]
#[inline]
pub const fn is_separator(c: char) -> bool {
    c == MAIN_SEPARATOR
}

#[inline]
pub(crate) const fn is_separator_byte(byte: u8) -> bool {
    byte == b'/'
}

/// The error of [`Path::strip_prefix`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripPrefixError(pub(crate) ());

impl fmt::Display for StripPrefixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("prefix not found")
    }
}

impl error::Error for StripPrefixError {
    #[allow(deprecated)]
    fn description(&self) -> &str {
        "prefix not found"
    }
}

/// Makes a path absolute without asking the file system: `.` components go, `..` and links stay.
///
/// Two leading slashes are kept, as POSIX leaves their meaning open (XBD 4.13), and so is a slash at the end.
pub fn absolute<P: AsRef<Path>>(path: P) -> io::Result<PathBuf> {
    let path = path.as_ref();
    let bytes = path.as_os_str().as_encoded_bytes();
    if bytes.is_empty() {
        return Err(io::const_error!(io::ErrorKind::InvalidInput, "cannot make an empty path absolute"));
    }
    let mut components = path.strip_prefix(".").unwrap_or(path).components();
    let mut result = if !path.is_absolute() {
        crate::env::current_dir()?
    } else if bytes.starts_with(b"//") && !bytes.starts_with(b"///") {
        components.next();
        PathBuf::from("//")
    } else {
        PathBuf::new()
    };
    result.extend(components);
    if bytes.ends_with(b"/") {
        result.push(OsStr::new(""));
    }
    Ok(result)
}
