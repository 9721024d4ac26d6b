//! Paths: strings of the platform, read as components between slashes.

use crate::ffi::OsStr;
use crate::{error, fmt, io};

mod borrowed;
mod component;
mod components;
mod impls;
mod iter;
mod owned;

pub use borrowed::{Ancestors, Display, Path};
pub use component::{Component, Prefix, PrefixComponent};
pub use components::Components;
pub use iter::Iter;
pub use owned::PathBuf;

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
