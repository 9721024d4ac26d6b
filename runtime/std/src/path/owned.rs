//! The owned path.

use super::{MAIN_SEPARATOR_STR, Path, PathBuf, is_separator_byte};
use crate::boxed::Box;
use crate::ffi::{OsStr, OsString};
use crate::sys::os_str as view;

/// An extension with a slash in it would make two components of one.
fn check_extension(extension: &OsStr) {
    if extension.as_encoded_bytes().iter().any(|byte| is_separator_byte(*byte)) {
        panic!("extension cannot contain path separators: {extension:?}");
    }
}

impl PathBuf {
    /// An empty path.
    #[must_use]
    #[inline]
    pub const fn new() -> PathBuf {
        PathBuf { inner: OsString::new() }
    }

    /// An empty path with room for `capacity` bytes.
    #[must_use]
    #[inline]
    pub fn with_capacity(capacity: usize) -> PathBuf {
        PathBuf { inner: OsString::with_capacity(capacity) }
    }

    /// The borrowed form.
    #[must_use]
    #[inline]
    pub fn as_path(&self) -> &Path {
        self
    }

    /// Gives the memory up and borrows it for as long as asked.
    #[inline]
    pub fn leak<'a>(self) -> &'a mut Path {
        view::path_mut(self.inner.leak())
    }

    pub(crate) fn push_bytes(&mut self, path: &Path) {
        self.inner.push(&path.inner);
    }

    /// Appends a path; an absolute one replaces what is there.
    pub fn push<P: AsRef<Path>>(&mut self, path: P) {
        let path = path.as_ref();
        let needs_separator = self.inner.as_encoded_bytes().last().is_some_and(|byte| !is_separator_byte(*byte));
        if path.is_absolute() {
            self.inner.clear();
        } else if needs_separator {
            self.inner.push(MAIN_SEPARATOR_STR);
        }
        self.push_bytes(path);
    }

    /// Removes the last component; false if there is no parent.
    pub fn pop(&mut self) -> bool {
        match self.parent().map(|parent| parent.inner.len()) {
            Some(length) => {
                self.inner.inner.truncate(length);
                true
            }
            None => false,
        }
    }

    /// Replaces the file name, or adds one.
    pub fn set_file_name<S: AsRef<OsStr>>(&mut self, file_name: S) {
        if self.file_name().is_some() {
            let popped = self.pop();
            debug_assert!(popped);
        }
        self.push(file_name.as_ref());
    }

    /// Replaces the extension; false if there is no file name.
    pub fn set_extension<S: AsRef<OsStr>>(&mut self, extension: S) -> bool {
        let extension = extension.as_ref();
        check_extension(extension);
        let Some(stem) = self.file_stem() else { return false };
        let end = stem.as_encoded_bytes().as_ptr_range().end.addr();
        self.replace_from(end, extension);
        true
    }

    /// Adds an extension; false if there is no file name.
    pub fn add_extension<S: AsRef<OsStr>>(&mut self, extension: S) -> bool {
        let extension = extension.as_ref();
        check_extension(extension);
        let Some(name) = self.file_name() else { return false };
        if !extension.is_empty() {
            let end = name.as_encoded_bytes().as_ptr_range().end.addr();
            self.replace_from(end, extension);
        }
        true
    }

    /// Cuts at an address inside the path and appends a dot and `extension`, if that is not empty.
    fn replace_from(&mut self, end: usize, extension: &OsStr) {
        let start = self.inner.as_encoded_bytes().as_ptr().addr();
        self.inner.inner.truncate(end - start);
        if !extension.is_empty() {
            self.inner.reserve_exact(extension.len() + 1);
            self.inner.push(".");
            self.inner.push(extension);
        }
    }

    /// The string behind the path, for changing.
    #[must_use]
    #[inline]
    pub fn as_mut_os_string(&mut self) -> &mut OsString {
        &mut self.inner
    }

    /// The string behind the path by value.
    #[must_use = "`self` will be dropped if the result is not used"]
    #[inline]
    pub fn into_os_string(self) -> OsString {
        self.inner
    }

    /// The path in a box.
    #[must_use = "`self` will be dropped if the result is not used"]
    #[inline]
    pub fn into_boxed_path(self) -> Box<Path> {
        view::path_box(self.inner.into_boxed_os_str())
    }

    crate::ffi::pair::room_methods!();
}
