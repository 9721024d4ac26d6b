//! Environment variables.

use super::{VarError, Vars, VarsOs};
use crate::ffi::{OsStr, OsString};
use crate::{error, fmt};

impl !Send for VarsOs {}
impl !Sync for VarsOs {}

/// All variables as text; iterating panics at one that is not UTF-8.
#[must_use]
pub fn vars() -> Vars {
    Vars { inner: vars_os() }
}

/// All variables as they are.
#[must_use]
pub fn vars_os() -> VarsOs {
    VarsOs { inner: crate::sys::env::all().into_iter() }
}

impl Iterator for Vars {
    type Item = (String, String);
    fn next(&mut self) -> Option<(String, String)> {
        self.inner.next().map(|(key, value)| (key.into_string().unwrap(), value.into_string().unwrap()))
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl Iterator for VarsOs {
    type Item = (OsString, OsString);
    fn next(&mut self) -> Option<(OsString, OsString)> {
        self.inner.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl fmt::Debug for Vars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vars").field("inner", &self.inner.inner.as_slice()).finish()
    }
}

impl fmt::Debug for VarsOs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VarsOs").field("inner", &self.inner.as_slice()).finish()
    }
}

impl fmt::Display for VarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VarError::NotPresent => f.write_str("environment variable not found"),
            VarError::NotUnicode(value) => write!(f, "environment variable was not valid unicode: {value:?}"),
        }
    }
}

impl error::Error for VarError {}

/// The value of a variable as text.
pub fn var<K: AsRef<OsStr>>(key: K) -> Result<String, VarError> {
    var_os(key).ok_or(VarError::NotPresent)?.into_string().map_err(VarError::NotUnicode)
}

/// The value of a variable as it is.
#[must_use]
pub fn var_os<K: AsRef<OsStr>>(key: K) -> Option<OsString> {
    crate::sys::env::get(key.as_ref())
}

/// Sets a variable of this process and of programs that it starts.
///
/// # Safety
/// As in the real std; here the table has its own lock and every thread may call this.
#[rustc_deprecated_safe_2024(audit_that = "the environment access only happens in single-threaded code")]
pub unsafe fn set_var<K: AsRef<OsStr>, V: AsRef<OsStr>>(key: K, value: V) {
    let (key, value) = (key.as_ref(), value.as_ref());
    if let Err(error) = crate::sys::env::set(key, value) {
        panic!("failed to set environment variable `{key:?}` to `{value:?}`: {error}");
    }
}

/// Removes a variable.
///
/// # Safety
/// As in the real std; here the table has its own lock and every thread may call this.
#[rustc_deprecated_safe_2024(audit_that = "the environment access only happens in single-threaded code")]
pub unsafe fn remove_var<K: AsRef<OsStr>>(key: K) {
    let key = key.as_ref();
    if let Err(error) = crate::sys::env::unset(key) {
        panic!("failed to remove environment variable `{key:?}`: {error}");
    }
}
