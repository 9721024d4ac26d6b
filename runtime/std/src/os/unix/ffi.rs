//! Platform strings as bytes.

use crate::ffi::{OsStr, OsString};
use crate::sys::os_str::os_str;

/// Bytes and [`OsString`].
pub trait OsStringExt: sealed::Sealed {
    /// From bytes.
    fn from_vec(vec: Vec<u8>) -> Self;

    /// To bytes.
    fn into_vec(self) -> Vec<u8>;
}

impl OsStringExt for OsString {
    #[inline]
    fn from_vec(vec: Vec<u8>) -> OsString {
        OsString { inner: vec }
    }

    #[inline]
    fn into_vec(self) -> Vec<u8> {
        self.inner
    }
}

/// Bytes and [`OsStr`].
pub trait OsStrExt: sealed::Sealed {
    /// From bytes.
    fn from_bytes(slice: &[u8]) -> &Self;

    /// To bytes.
    fn as_bytes(&self) -> &[u8];
}

impl OsStrExt for OsStr {
    #[inline]
    fn from_bytes(slice: &[u8]) -> &OsStr {
        os_str(slice)
    }

    #[inline]
    fn as_bytes(&self) -> &[u8] {
        &self.inner
    }
}

mod sealed {
    /// Keeps the traits to std's own types.
    pub trait Sealed {}
    impl Sealed for super::OsString {}
    impl Sealed for super::OsStr {}
}
