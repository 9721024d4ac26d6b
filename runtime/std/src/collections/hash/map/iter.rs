//! The map's iterators.

use super::{Drain, ExtractIf, IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Values, ValuesMut};
use core::iter::FusedIterator;

use crate::fmt::{self, Debug};

/// `Iterator` and its companions by an inner iterator and a projection of its items.
macro_rules! iterate {
    ($([$($generics:tt)*] $name:ty, $inner:ident => $item:ty, |$entry:pat_param| $projected:expr;)*) => {$(
        impl<$($generics)*> Iterator for $name {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                match self.$inner.next() {
                    Some($entry) => Some($projected),
                    None => None,
                }
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.$inner.size_hint()
            }

            #[inline]
            fn count(self) -> usize {
                self.$inner.len()
            }

            #[inline]
            fn fold<Acc, Step: FnMut(Acc, $item) -> Acc>(self, init: Acc, mut step: Step) -> Acc {
                self.$inner.fold(init, |acc, $entry| step(acc, $projected))
            }
        }

        impl<$($generics)*> ExactSizeIterator for $name {
            #[inline]
            fn len(&self) -> usize {
                self.$inner.len()
            }
        }

        impl<$($generics)*> FusedIterator for $name {}
    )*};
}

iterate! {
    ['a, K, V] Iter<'a, K, V>, base => (&'a K, &'a V), |entry| entry;
    ['a, K, V] IterMut<'a, K, V>, base => (&'a K, &'a mut V), |entry| entry;
    [K, V] IntoIter<K, V>, base => (K, V), |entry| entry;
    ['a, K, V] Drain<'a, K, V>, base => (K, V), |entry| entry;
    ['a, K, V] Keys<'a, K, V>, inner => &'a K, |(key, _)| key;
    ['a, K, V] Values<'a, K, V>, inner => &'a V, |(_, value)| value;
    ['a, K, V] ValuesMut<'a, K, V>, inner => &'a mut V, |(_, value)| value;
    [K, V] IntoKeys<K, V>, inner => K, |(key, _)| key;
    [K, V] IntoValues<K, V>, inner => V, |(_, value)| value;
}

impl<K, V, F: FnMut(&K, &mut V) -> bool> Iterator for ExtractIf<'_, K, V, F> {
    type Item = (K, V);

    #[inline]
    fn next(&mut self) -> Option<(K, V)> {
        self.base.next()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.base.size_hint()
    }
}

impl<K, V, F: FnMut(&K, &mut V) -> bool> FusedIterator for ExtractIf<'_, K, V, F> {}

impl<K, V> Clone for Iter<'_, K, V> {
    #[inline]
    fn clone(&self) -> Self {
        Iter { base: self.base.clone() }
    }
}

impl<K, V> Clone for Keys<'_, K, V> {
    #[inline]
    fn clone(&self) -> Self {
        Keys { inner: self.inner.clone() }
    }
}

impl<K, V> Clone for Values<'_, K, V> {
    #[inline]
    fn clone(&self) -> Self {
        Values { inner: self.inner.clone() }
    }
}

macro_rules! default_is_empty {
    ($([$($generics:tt)*] $name:ident <$($args:tt),*>, $inner:ident;)*) => {$(
        impl<$($generics)*> Default for $name<$($args),*> {
            #[inline]
            fn default() -> Self {
                $name { $inner: Default::default() }
            }
        }
    )*};
}

default_is_empty! {
    [K, V] Iter<'_, K, V>, base;
    [K, V] IterMut<'_, K, V>, base;
    [K, V] IntoIter<K, V>, base;
    [K, V] Keys<'_, K, V>, inner;
    [K, V] Values<'_, K, V>, inner;
    [K, V] ValuesMut<'_, K, V>, inner;
    [K, V] IntoKeys<K, V>, inner;
    [K, V] IntoValues<K, V>, inner;
}

impl<K, V> IterMut<'_, K, V> {
    fn iter(&self) -> Iter<'_, K, V> {
        Iter { base: self.base.rustc_iter() }
    }
}

impl<K, V> IntoIter<K, V> {
    fn iter(&self) -> Iter<'_, K, V> {
        Iter { base: self.base.rustc_iter() }
    }
}

impl<K, V> Drain<'_, K, V> {
    fn iter(&self) -> Iter<'_, K, V> {
        Iter { base: self.base.rustc_iter() }
    }
}

macro_rules! debug_as_list {
    ($([$($generics:tt)*] $name:ty, |$this:ident| $entries:expr;)*) => {$(
        impl<$($generics)*> Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let $this = self;
                f.debug_list().entries($entries).finish()
            }
        }
    )*};
}

debug_as_list! {
    [K: Debug, V: Debug] Iter<'_, K, V>, |this| this.clone();
    [K: Debug, V: Debug] IterMut<'_, K, V>, |this| this.iter();
    [K: Debug, V: Debug] IntoIter<K, V>, |this| this.iter();
    [K: Debug, V: Debug] Drain<'_, K, V>, |this| this.iter();
    [K: Debug, V] Keys<'_, K, V>, |this| this.clone();
    [K, V: Debug] Values<'_, K, V>, |this| this.clone();
    [K, V: Debug] ValuesMut<'_, K, V>, |this| this.inner.iter().map(|(_, value)| value);
    [K: Debug, V] IntoKeys<K, V>, |this| this.inner.iter().map(|(key, _)| key);
    [K, V: Debug] IntoValues<K, V>, |this| this.inner.iter().map(|(_, value)| value);
}

impl<K: Debug, V: Debug, F> Debug for ExtractIf<'_, K, V, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractIf").finish_non_exhaustive()
    }
}

/// Compile-time proof that the borrowing iterators may stand where shorter lifetimes are wanted.
#[allow(dead_code)]
fn assert_covariance() {
    fn map_key<'new>(v: super::HashMap<&'static str, u8>) -> super::HashMap<&'new str, u8> {
        v
    }
    fn map_val<'new>(v: super::HashMap<u8, &'static str>) -> super::HashMap<u8, &'new str> {
        v
    }
    fn iter<'a, 'new>(v: Iter<'a, &'static str, &'static str>) -> Iter<'a, &'new str, &'new str> {
        v
    }
    fn into_iter<'new>(v: IntoIter<&'static str, &'static str>) -> IntoIter<&'new str, &'new str> {
        v
    }
    fn keys<'a, 'new>(v: Keys<'a, &'static str, u8>) -> Keys<'a, &'new str, u8> {
        v
    }
    fn values<'a, 'new>(v: Values<'a, u8, &'static str>) -> Values<'a, u8, &'new str> {
        v
    }
    fn drain<'new>(d: Drain<'static, &'static str, &'static str>) -> Drain<'new, &'new str, &'new str> {
        d
    }
}
