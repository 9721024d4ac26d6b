//! Conversions and comparisons of paths.

use super::{Iter, Path, PathBuf};
use crate::borrow::{Borrow, Cow, ToOwned};
use crate::boxed::Box;
use crate::ffi::{OsStr, OsString};
use crate::hash::{Hash, Hasher};
use crate::ops;
use crate::rc::Rc;
use crate::str::FromStr;
use crate::sync::Arc;
use crate::sys::os_str as view;
use crate::{cmp, fmt};

crate::ffi::pair::borrowed_and_owned! {
    Path, PathBuf, to_path_buf, into_path_buf, into_boxed_path,
    shared: { Rc path_rc, Arc path_arc }
}

impl ops::Deref for PathBuf {
    type Target = Path;
    #[inline]
    fn deref(&self) -> &Path {
        view::path(&self.inner)
    }
}

impl ops::DerefMut for PathBuf {
    #[inline]
    fn deref_mut(&mut self) -> &mut Path {
        view::path_mut(&mut self.inner)
    }
}

impl<T: ?Sized + AsRef<OsStr>> From<&T> for PathBuf {
    #[inline]
    fn from(s: &T) -> PathBuf {
        PathBuf::from(s.as_ref().to_os_string())
    }
}

impl From<OsString> for PathBuf {
    #[inline]
    fn from(inner: OsString) -> PathBuf {
        PathBuf { inner }
    }
}

impl From<PathBuf> for OsString {
    #[inline]
    fn from(path: PathBuf) -> OsString {
        path.inner
    }
}

impl From<String> for PathBuf {
    #[inline]
    fn from(s: String) -> PathBuf {
        PathBuf::from(OsString::from(s))
    }
}

impl<P: AsRef<Path>> FromIterator<P> for PathBuf {
    fn from_iter<I: IntoIterator<Item = P>>(iter: I) -> PathBuf {
        let mut path = PathBuf::new();
        path.extend(iter);
        path
    }
}

impl<P: AsRef<Path>> Extend<P> for PathBuf {
    fn extend<I: IntoIterator<Item = P>>(&mut self, iter: I) {
        iter.into_iter().for_each(|part| self.push(part.as_ref()));
    }
}

impl<'a> IntoIterator for &'a PathBuf {
    type Item = &'a OsStr;
    type IntoIter = Iter<'a>;
    #[inline]
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a Path {
    type Item = &'a OsStr;
    type IntoIter = Iter<'a>;
    #[inline]
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

macro_rules! as_ref_path {
    ($($ty:ty),*) => {$(
        impl AsRef<Path> for $ty {
            #[inline]
            fn as_ref(&self) -> &Path {
                Path::new(self)
            }
        }
    )*};
}

as_ref_path!(OsStr, OsString, str, String, Cow<'_, OsStr>);

impl AsRef<OsStr> for Path {
    #[inline]
    fn as_ref(&self) -> &OsStr {
        &self.inner
    }
}

impl AsRef<OsStr> for PathBuf {
    #[inline]
    fn as_ref(&self) -> &OsStr {
        &self.inner
    }
}

impl PartialEq for Path {
    #[inline]
    fn eq(&self, other: &Path) -> bool {
        self.components() == other.components()
    }
}

impl Eq for Path {}

impl Hash for Path {
    /// The components as bytes, then a number that tells `a/bc` from `ab/c`. Programs keep such hashes (as names of
    /// files, say), so they are the same as under the real std.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut lengths = 0usize;
        for (index, part) in self.as_os_str().as_encoded_bytes().split(|byte| *byte == b'/').enumerate() {
            if part.is_empty() || (part == b"." && index > 0) {
                continue;
            }
            state.write(part);
            lengths = lengths.wrapping_add(part.len()).rotate_right(2);
        }
        state.write_usize(lengths);
    }
}

impl Ord for Path {
    #[inline]
    fn cmp(&self, other: &Path) -> cmp::Ordering {
        self.components().cmp(other.components())
    }
}

macro_rules! compare_as_paths {
    ($($left:ty, $right:ty;)*) => {$(
        compare_as_paths!(@equal $left, $right);
        impl<'a, 'b> PartialOrd<$right> for $left {
            #[inline]
            fn partial_cmp(&self, other: &$right) -> Option<cmp::Ordering> {
                let (left, right): (&Path, &Path) = (self.as_ref(), other.as_ref());
                left.partial_cmp(right)
            }
        }
        impl<'a, 'b> PartialOrd<$left> for $right {
            #[inline]
            fn partial_cmp(&self, other: &$left) -> Option<cmp::Ordering> {
                let (left, right): (&Path, &Path) = (self.as_ref(), other.as_ref());
                left.partial_cmp(right)
            }
        }
    )*};
    (@equal $left:ty, $right:ty) => {
        impl<'a, 'b> PartialEq<$right> for $left {
            #[inline]
            fn eq(&self, other: &$right) -> bool {
                let (left, right): (&Path, &Path) = (self.as_ref(), other.as_ref());
                left == right
            }
        }
        impl<'a, 'b> PartialEq<$left> for $right {
            #[inline]
            fn eq(&self, other: &$left) -> bool {
                let (left, right): (&Path, &Path) = (self.as_ref(), other.as_ref());
                left == right
            }
        }
    };
}

compare_as_paths! {
    PathBuf, Path;
    PathBuf, &'a Path;
    Cow<'a, Path>, Path;
    Cow<'a, Path>, &'b Path;
    Cow<'a, Path>, PathBuf;
    PathBuf, OsStr;
    PathBuf, &'a OsStr;
    PathBuf, OsString;
    PathBuf, Cow<'a, OsStr>;
    Path, OsStr;
    Path, &'a OsStr;
    Path, OsString;
    Path, Cow<'a, OsStr>;
    &'a Path, OsStr;
    &'a Path, OsString;
    &'a Path, Cow<'b, OsStr>;
    Cow<'a, Path>, OsStr;
    Cow<'a, Path>, &'b OsStr;
    Cow<'a, Path>, OsString;
}

macro_rules! equal_to_text {
    ($($left:ty, $right:ty;)*) => {$(
        compare_as_paths!(@equal $left, $right);
    )*};
}

equal_to_text! {
    PathBuf, str;
    PathBuf, &'a str;
    PathBuf, String;
    Path, str;
    Path, &'a str;
    Path, String;
}
