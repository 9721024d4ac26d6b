//! The borrowed path.

use super::{Ancestors, Component, Components, Display, Iter, Path, PathBuf, StripPrefixError};
use crate::borrow::Cow;
use crate::boxed::Box;
use crate::ffi::{OsStr, OsString};
use crate::iter::FusedIterator;
use crate::sys::os_str as view;
use crate::{fmt, fs, io};

/// Splits a file name at its last dot; a dot at the front does not count, `..` has no parts.
fn split_at_last_dot(name: &OsStr) -> (Option<&OsStr>, Option<&OsStr>) {
    let bytes = name.as_encoded_bytes();
    match bytes.iter().rposition(|byte| *byte == b'.') {
        Some(dot) if dot > 0 && bytes != b".." => {
            (Some(view::os_str(&bytes[..dot])), Some(view::os_str(&bytes[dot + 1..])))
        }
        _ => (Some(name), None),
    }
}

/// A file name up to its first dot that is not at the front.
fn before_first_dot(name: &OsStr) -> &OsStr {
    let bytes = name.as_encoded_bytes();
    match bytes.iter().skip(1).position(|byte| *byte == b'.') {
        Some(index) if bytes != b".." => view::os_str(&bytes[..index + 1]),
        _ => name,
    }
}

/// What `whole` yields after all of `prefix`, or `None` if it starts differently.
fn after_prefix<'a, 'b, W, P>(mut whole: W, mut prefix: P) -> Option<W>
where
    W: Iterator<Item = Component<'a>> + Clone,
    P: Iterator<Item = Component<'b>>,
{
    loop {
        let mut ahead = whole.clone();
        match (ahead.next(), prefix.next()) {
            (Some(ours), Some(theirs)) if ours == theirs => whole = ahead,
            (_, Some(_)) => return None,
            (_, None) => return Some(whole),
        }
    }
}

impl Path {
    /// Looks at a string as a path.
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &Path {
        view::path(s.as_ref())
    }

    /// The path as a string of the platform.
    #[must_use]
    #[inline]
    pub fn as_os_str(&self) -> &OsStr {
        &self.inner
    }

    /// The path as a string of the platform, for changing.
    #[must_use]
    #[inline]
    pub fn as_mut_os_str(&mut self) -> &mut OsStr {
        &mut self.inner
    }

    /// The text, if it is UTF-8.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    #[inline]
    pub fn to_str(&self) -> Option<&str> {
        self.inner.to_str()
    }

    /// The text, with replacement characters where it is not UTF-8.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    #[inline]
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        self.inner.to_string_lossy()
    }

    /// An owned copy.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    pub fn to_path_buf(&self) -> PathBuf {
        PathBuf::from(self.inner.to_os_string())
    }

    /// Whether the path starts at the root.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        self.has_root()
    }

    /// Whether the path starts anywhere else.
    #[must_use]
    #[inline]
    pub fn is_relative(&self) -> bool {
        !self.is_absolute()
    }

    /// Whether the path starts at the root.
    #[must_use]
    #[inline]
    pub fn has_root(&self) -> bool {
        self.components().has_root()
    }

    /// The path without its last component; `None` for the root and the empty path.
    #[must_use]
    pub fn parent(&self) -> Option<&Path> {
        let mut components = self.components();
        match components.next_back()? {
            Component::Normal(_) | Component::CurDir | Component::ParentDir => Some(components.as_path()),
            Component::RootDir | Component::Prefix(_) => None,
        }
    }

    /// The path, its parent, and so on.
    #[inline]
    pub fn ancestors(&self) -> Ancestors<'_> {
        Ancestors { next: Some(self) }
    }

    /// The last component, if it is a name.
    #[must_use]
    pub fn file_name(&self) -> Option<&OsStr> {
        match self.components().next_back()? {
            Component::Normal(name) => Some(name),
            _ => None,
        }
    }

    /// What follows `base`.
    pub fn strip_prefix<P: AsRef<Path>>(&self, base: P) -> Result<&Path, StripPrefixError> {
        after_prefix(self.components(), base.as_ref().components())
            .map(|rest| rest.as_path())
            .ok_or(StripPrefixError(()))
    }

    /// Whether the first components are those of `base`.
    #[must_use]
    pub fn starts_with<P: AsRef<Path>>(&self, base: P) -> bool {
        after_prefix(self.components(), base.as_ref().components()).is_some()
    }

    /// Whether the last components are those of `child`.
    #[must_use]
    pub fn ends_with<P: AsRef<Path>>(&self, child: P) -> bool {
        after_prefix(self.components().rev(), child.as_ref().components().rev()).is_some()
    }

    /// The file name without its extension.
    #[must_use]
    pub fn file_stem(&self) -> Option<&OsStr> {
        self.file_name().and_then(|name| split_at_last_dot(name).0)
    }

    /// The file name up to its first dot.
    #[must_use]
    pub fn file_prefix(&self) -> Option<&OsStr> {
        self.file_name().map(before_first_dot)
    }

    /// The file name after its last dot.
    #[must_use]
    pub fn extension(&self) -> Option<&OsStr> {
        self.file_name().and_then(|name| split_at_last_dot(name).1)
    }

    /// This path, then `path`; an absolute `path` replaces it.
    #[must_use]
    pub fn join<P: AsRef<Path>>(&self, path: P) -> PathBuf {
        let path = path.as_ref();
        let mut joined = PathBuf::with_capacity(self.inner.len() + 1 + path.inner.len());
        joined.push_bytes(self);
        joined.push(path);
        joined
    }

    /// A copy with another file name.
    #[must_use]
    pub fn with_file_name<S: AsRef<OsStr>>(&self, file_name: S) -> PathBuf {
        let mut copy = self.to_path_buf();
        copy.set_file_name(file_name);
        copy
    }

    /// A copy with another extension.
    #[must_use]
    pub fn with_extension<S: AsRef<OsStr>>(&self, extension: S) -> PathBuf {
        // As std does it: the old extension's bytes go first, so `..a` becomes `..`, which takes no extension.
        let bytes = self.inner.as_encoded_bytes();
        let kept = bytes.len() - self.extension().map_or(0, OsStr::len);
        let mut copy = PathBuf::from(view::os_str(&bytes[..kept]));
        copy.set_extension(extension);
        copy
    }

    /// A copy with one more extension.
    #[must_use]
    pub fn with_added_extension<S: AsRef<OsStr>>(&self, extension: S) -> PathBuf {
        let mut copy = self.to_path_buf();
        copy.add_extension(extension);
        copy
    }

    /// The components.
    pub fn components(&self) -> Components<'_> {
        Components::new(self.inner.as_encoded_bytes())
    }

    /// The components as strings.
    #[inline]
    pub fn iter(&self) -> Iter<'_> {
        Iter::new(self.components())
    }

    /// A printable form, with replacement characters.
    #[must_use = "this does not display the path; it returns an object that can be displayed"]
    #[inline]
    pub fn display(&self) -> Display<'_> {
        Display { path: self }
    }

    /// What the file system knows about the file; links are followed.
    #[inline]
    pub fn metadata(&self) -> io::Result<fs::Metadata> {
        fs::metadata(self)
    }

    /// What the file system knows about the file; a link is described itself.
    #[inline]
    pub fn symlink_metadata(&self) -> io::Result<fs::Metadata> {
        fs::symlink_metadata(self)
    }

    /// The absolute path without links, `.` and `..`.
    #[inline]
    pub fn canonicalize(&self) -> io::Result<PathBuf> {
        fs::canonicalize(self)
    }

    /// What a link says.
    #[inline]
    pub fn read_link(&self) -> io::Result<PathBuf> {
        fs::read_link(self)
    }

    /// The entries of a directory.
    #[inline]
    pub fn read_dir(&self) -> io::Result<fs::ReadDir> {
        fs::read_dir(self)
    }

    /// Whether something is there; errors count as no.
    #[must_use]
    #[inline]
    pub fn exists(&self) -> bool {
        fs::metadata(self).is_ok()
    }

    /// Whether something is there.
    #[inline]
    pub fn try_exists(&self) -> io::Result<bool> {
        fs::exists(self)
    }

    /// Whether a regular file is there; errors count as no.
    #[must_use]
    pub fn is_file(&self) -> bool {
        fs::metadata(self).is_ok_and(|metadata| metadata.is_file())
    }

    /// Whether a directory is there; errors count as no.
    #[must_use]
    pub fn is_dir(&self) -> bool {
        fs::metadata(self).is_ok_and(|metadata| metadata.is_dir())
    }

    /// Whether a link is there; errors count as no.
    #[must_use]
    pub fn is_symlink(&self) -> bool {
        fs::symlink_metadata(self).is_ok_and(|metadata| metadata.is_symlink())
    }

    /// A box's content by value.
    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_path_buf(self: Box<Path>) -> PathBuf {
        PathBuf::from(OsString::from(view::path_into_os_str_box(self)))
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl fmt::Debug for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.path, f)
    }
}

impl fmt::Display for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.path.inner.display(), f)
    }
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = &'a Path;

    #[inline]
    fn next(&mut self) -> Option<&'a Path> {
        let next = self.next;
        self.next = next.and_then(Path::parent);
        next
    }
}

impl FusedIterator for Ancestors<'_> {}
