//! Strings as the kernel has them: bytes without NUL, mostly but not always UTF-8.

use crate::borrow::Cow;
use crate::boxed::Box;
use crate::sys::os_str as view;
use crate::{fmt, str};

/// A borrowed string of the platform.
#[repr(transparent)]
#[allow(clippy::derived_hash_with_manual_eq)]
pub struct OsStr {
    pub(crate) inner: [u8],
}

/// An owned string of the platform.
pub struct OsString {
    pub(crate) inner: Vec<u8>,
}

impl OsString {
    /// An empty string.
    #[must_use]
    #[inline]
    pub const fn new() -> OsString {
        OsString { inner: Vec::new() }
    }

    /// Takes encoded bytes over.
    ///
    /// # Safety
    /// The bytes must come from `into_encoded_bytes` or be UTF-8. Here any bytes are valid.
    #[inline]
    pub unsafe fn from_encoded_bytes_unchecked(bytes: Vec<u8>) -> Self {
        OsString { inner: bytes }
    }

    /// The borrowed form.
    #[must_use]
    #[inline]
    pub fn as_os_str(&self) -> &OsStr {
        self
    }

    /// The bytes by value.
    #[must_use = "`self` will be dropped if the result is not used"]
    #[inline]
    pub fn into_encoded_bytes(self) -> Vec<u8> {
        self.inner
    }

    /// The text, if it is UTF-8; else the string back.
    #[inline]
    pub fn into_string(self) -> Result<String, OsString> {
        String::from_utf8(self.inner).map_err(|error| OsString { inner: error.into_bytes() })
    }

    /// Appends a string.
    #[inline]
    pub fn push<T: AsRef<OsStr>>(&mut self, s: T) {
        self.inner.extend_from_slice(s.as_ref().as_encoded_bytes());
    }

    /// An empty string with room for `capacity` bytes.
    #[must_use]
    #[inline]
    pub fn with_capacity(capacity: usize) -> OsString {
        OsString { inner: Vec::with_capacity(capacity) }
    }

    super::pair::room_methods!();

    /// The string in a box.
    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_boxed_os_str(self) -> Box<OsStr> {
        view::os_str_box(self.inner.into_boxed_slice())
    }

    /// Gives the memory up and borrows it for as long as asked.
    #[inline]
    pub fn leak<'a>(self) -> &'a mut OsStr {
        view::os_str_mut(self.inner.leak())
    }
}

impl OsStr {
    /// Looks at a string as a platform string.
    #[inline]
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &OsStr {
        s.as_ref()
    }

    /// Looks at encoded bytes as a platform string.
    ///
    /// # Safety
    /// The bytes must come from `as_encoded_bytes` or be UTF-8. Here any bytes are valid.
    #[inline]
    pub const unsafe fn from_encoded_bytes_unchecked(bytes: &[u8]) -> &Self {
        view::os_str(bytes)
    }

    /// The text, if it is UTF-8.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    #[inline]
    pub fn to_str(&self) -> Option<&str> {
        str::from_utf8(&self.inner).ok()
    }

    /// The text, with replacement characters where it is not UTF-8.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    #[inline]
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.inner)
    }

    /// An owned copy.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    #[inline]
    pub fn to_os_string(&self) -> OsString {
        OsString { inner: self.inner.to_vec() }
    }

    /// Whether there is nothing in it.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// The number of bytes.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.inner.len()
    }

    /// A box's content by value.
    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_os_string(self: Box<Self>) -> OsString {
        OsString { inner: view::bytes_box(self).into_vec() }
    }

    /// The bytes.
    #[must_use]
    #[inline]
    pub const fn as_encoded_bytes(&self) -> &[u8] {
        &self.inner
    }

    /// Makes ASCII letters small in place.
    #[inline]
    pub fn make_ascii_lowercase(&mut self) {
        self.inner.make_ascii_lowercase();
    }

    /// Makes ASCII letters capital in place.
    #[inline]
    pub fn make_ascii_uppercase(&mut self) {
        self.inner.make_ascii_uppercase();
    }

    /// A copy with small ASCII letters.
    #[must_use = "to lowercase the value in-place, use `make_ascii_lowercase`"]
    pub fn to_ascii_lowercase(&self) -> OsString {
        OsString { inner: self.inner.to_ascii_lowercase() }
    }

    /// A copy with capital ASCII letters.
    #[must_use = "to uppercase the value in-place, use `make_ascii_uppercase`"]
    pub fn to_ascii_uppercase(&self) -> OsString {
        OsString { inner: self.inner.to_ascii_uppercase() }
    }

    /// Whether all bytes are ASCII.
    #[must_use]
    #[inline]
    pub fn is_ascii(&self) -> bool {
        self.inner.is_ascii()
    }

    /// Compares without regard to ASCII case.
    pub fn eq_ignore_ascii_case<S: AsRef<OsStr>>(&self, other: S) -> bool {
        self.inner.eq_ignore_ascii_case(&other.as_ref().inner)
    }

    /// A printable form, with replacement characters.
    #[must_use = "this does not display the `OsStr`; it returns an object that can be displayed"]
    #[inline]
    pub fn display(&self) -> Display<'_> {
        Display { os_str: self }
    }
}

/// Prints an [`OsStr`], with replacement characters where it is not UTF-8.
pub struct Display<'a> {
    os_str: &'a OsStr,
}

impl fmt::Debug for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.os_str, f)
    }
}

impl fmt::Display for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Pads by characters, and takes no notice of a precision.
        fmt::Display::fmt(core::bstr::ByteStr::new(&self.os_str.inner), f)
    }
}

/// Debug form: quoted, valid text escaped as `str` does, other bytes as `\xNN`.
pub(crate) fn debug_bytes(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    use fmt::Write as _;
    f.write_char('"')?;
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                // `str`'s Debug leaves a single quote alone.
                '\'' => f.write_char('\'')?,
                other => write!(f, "{}", other.escape_debug())?,
            }
        }
        for byte in chunk.invalid() {
            write!(f, "\\x{byte:02X}")?;
        }
    }
    f.write_char('"')
}
