//! Conversions, comparisons and printing of platform strings.

use super::{OsStr, OsString, os_str};
use crate::borrow::{Borrow, Cow, ToOwned};
use crate::boxed::Box;
use crate::hash::{Hash, Hasher};
use crate::ops;
use crate::rc::Rc;
use crate::str::FromStr;
use crate::sync::Arc;
use crate::sys::os_str as view;
use crate::{cmp, fmt};

super::pair::borrowed_and_owned! {
    OsStr, OsString, to_os_string, into_os_string, into_boxed_os_str,
    shared: { Rc os_str_rc, Arc os_str_arc }
}

impl ops::Index<ops::RangeFull> for OsString {
    type Output = OsStr;
    #[inline]
    fn index(&self, _: ops::RangeFull) -> &OsStr {
        view::os_str(&self.inner)
    }
}

impl ops::IndexMut<ops::RangeFull> for OsString {
    #[inline]
    fn index_mut(&mut self, _: ops::RangeFull) -> &mut OsStr {
        view::os_str_mut(&mut self.inner)
    }
}

impl ops::Deref for OsString {
    type Target = OsStr;
    #[inline]
    fn deref(&self) -> &OsStr {
        &self[..]
    }
}

impl ops::DerefMut for OsString {
    #[inline]
    fn deref_mut(&mut self) -> &mut OsStr {
        &mut self[..]
    }
}

impl fmt::Debug for OsStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        os_str::debug_bytes(&self.inner, f)
    }
}

impl From<String> for OsString {
    #[inline]
    fn from(s: String) -> OsString {
        OsString { inner: s.into_bytes() }
    }
}

impl<T: ?Sized + AsRef<OsStr>> From<&T> for OsString {
    fn from(s: &T) -> OsString {
        s.as_ref().to_os_string()
    }
}

impl Default for Box<OsStr> {
    #[inline]
    fn default() -> Self {
        OsString::new().into_boxed_os_str()
    }
}

impl Default for &OsStr {
    #[inline]
    fn default() -> Self {
        OsStr::new("")
    }
}

impl<'a> TryFrom<&'a OsStr> for &'a str {
    type Error = crate::str::Utf8Error;
    fn try_from(value: &'a OsStr) -> Result<Self, Self::Error> {
        crate::str::from_utf8(&value.inner)
    }
}

impl fmt::Write for OsString {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.push(s);
        Ok(())
    }
}

impl PartialEq for OsStr {
    #[inline]
    fn eq(&self, other: &OsStr) -> bool {
        self.inner == other.inner
    }
}

impl PartialEq<str> for OsStr {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.inner == *other.as_bytes()
    }
}

impl PartialEq<OsStr> for str {
    #[inline]
    fn eq(&self, other: &OsStr) -> bool {
        *other == *self
    }
}

impl Eq for OsStr {}

impl PartialOrd<str> for OsStr {
    #[inline]
    fn partial_cmp(&self, other: &str) -> Option<cmp::Ordering> {
        self.inner.partial_cmp(other.as_bytes())
    }
}

impl Ord for OsStr {
    #[inline]
    fn cmp(&self, other: &OsStr) -> cmp::Ordering {
        self.inner.cmp(&other.inner)
    }
}

impl Hash for OsStr {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner.hash(state)
    }
}

impl PartialOrd<str> for OsString {
    #[inline]
    fn partial_cmp(&self, other: &str) -> Option<cmp::Ordering> {
        (**self).partial_cmp(other)
    }
}

macro_rules! equal_to_text {
    ($($left:ty, $right:ty;)*) => {$(
        impl<'a> PartialEq<$right> for $left {
            #[inline]
            fn eq(&self, other: &$right) -> bool {
                <OsStr as PartialEq<str>>::eq(self, other)
            }
        }
        impl<'a> PartialEq<$left> for $right {
            #[inline]
            fn eq(&self, other: &$left) -> bool {
                <OsStr as PartialEq<str>>::eq(other, self)
            }
        }
    )*};
}

equal_to_text! {
    OsString, str;
    OsString, &'a str;
}

macro_rules! compare_with {
    ($($left:ty, $right:ty;)*) => {$(
        impl<'a, 'b> PartialEq<$right> for $left {
            #[inline]
            fn eq(&self, other: &$right) -> bool {
                <OsStr as PartialEq>::eq(self, other)
            }
        }
        impl<'a, 'b> PartialEq<$left> for $right {
            #[inline]
            fn eq(&self, other: &$left) -> bool {
                <OsStr as PartialEq>::eq(self, other)
            }
        }
        impl<'a, 'b> PartialOrd<$right> for $left {
            #[inline]
            fn partial_cmp(&self, other: &$right) -> Option<cmp::Ordering> {
                <OsStr as PartialOrd>::partial_cmp(self, other)
            }
        }
        impl<'a, 'b> PartialOrd<$left> for $right {
            #[inline]
            fn partial_cmp(&self, other: &$left) -> Option<cmp::Ordering> {
                <OsStr as PartialOrd>::partial_cmp(self, other)
            }
        }
    )*};
}

compare_with! {
    OsString, OsStr;
    OsString, &'a OsStr;
    Cow<'a, OsStr>, OsStr;
    Cow<'a, OsStr>, &'b OsStr;
    Cow<'a, OsStr>, OsString;
}

impl AsRef<OsStr> for str {
    #[inline]
    fn as_ref(&self) -> &OsStr {
        view::os_str(self.as_bytes())
    }
}

impl AsRef<OsStr> for String {
    #[inline]
    fn as_ref(&self) -> &OsStr {
        (**self).as_ref()
    }
}

impl<'a> Extend<&'a OsStr> for OsString {
    fn extend<I: IntoIterator<Item = &'a OsStr>>(&mut self, iter: I) {
        iter.into_iter().for_each(|s| self.push(s));
    }
}

impl Extend<OsString> for OsString {
    fn extend<I: IntoIterator<Item = OsString>>(&mut self, iter: I) {
        iter.into_iter().for_each(|s| self.push(&s));
    }
}

impl<'a> Extend<Cow<'a, OsStr>> for OsString {
    fn extend<I: IntoIterator<Item = Cow<'a, OsStr>>>(&mut self, iter: I) {
        iter.into_iter().for_each(|s| self.push(&s));
    }
}

macro_rules! collect_from {
    ($($item:ty),*) => {$(
        impl<'a> FromIterator<$item> for OsString {
            fn from_iter<I: IntoIterator<Item = $item>>(iter: I) -> Self {
                let mut all = OsString::new();
                all.extend(iter);
                all
            }
        }
    )*};
}

collect_from!(&'a OsStr, OsString, Cow<'a, OsStr>);

impl<S: Borrow<OsStr>> alloc_crate::slice::Join<&OsStr> for [S] {
    type Output = OsString;

    fn join(slice: &Self, separator: &OsStr) -> OsString {
        let mut joined = OsString::new();
        for (index, part) in slice.iter().enumerate() {
            if index > 0 {
                joined.push(separator);
            }
            joined.push(part.borrow());
        }
        joined
    }
}
