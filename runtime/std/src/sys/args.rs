//! The arguments, as bytes.

use crate::ffi::OsString;

/// All arguments, the program's name first.
pub(crate) fn all() -> Vec<OsString> {
    fullrust_rt::args::iter().map(|argument| OsString { inner: argument.to_bytes().to_vec() }).collect()
}
