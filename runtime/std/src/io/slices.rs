//! Buffers for vectored calls, laid out as the kernel's `struct iovec`.

use super::{IoSlice, IoSliceMut};
use crate::ops::{Deref, DerefMut};
use crate::sys::io::{IoVec, IoVecMut};
use crate::{fmt, mem};

impl<'a> IoSliceMut<'a> {
    /// Wraps a byte slice.
    #[inline]
    pub fn new(buffer: &'a mut [u8]) -> IoSliceMut<'a> {
        IoSliceMut(IoVecMut::new(buffer))
    }

    /// Drops the first `n` bytes of the view.
    #[inline]
    pub fn advance(&mut self, n: usize) {
        if self.0.as_slice().len() < n {
            panic!("advancing IoSliceMut beyond its length");
        }
        self.0.advance(n);
    }

    /// Drops the first `n` bytes of a list of views, and the views that become empty.
    pub fn advance_slices(slices: &mut &mut [IoSliceMut<'a>], n: usize) {
        let (whole, rest) = split_point(slices.iter().map(|slice| slice.len()), n);
        *slices = &mut mem::take(slices)[whole..];
        match slices.first_mut() {
            Some(first) => first.advance(rest),
            None => assert!(rest == 0, "advancing io slices beyond their length"),
        }
    }

    /// The bytes behind the view.
    #[inline]
    pub const fn into_slice(self) -> &'a mut [u8] {
        self.0.into_slice()
    }
}

impl<'a> IoSlice<'a> {
    /// Wraps a byte slice.
    #[must_use]
    #[inline]
    pub fn new(buffer: &'a [u8]) -> IoSlice<'a> {
        IoSlice(IoVec::new(buffer))
    }

    /// Drops the first `n` bytes of the view.
    #[inline]
    pub fn advance(&mut self, n: usize) {
        if self.0.as_slice().len() < n {
            panic!("advancing IoSlice beyond its length");
        }
        self.0.advance(n);
    }

    /// Drops the first `n` bytes of a list of views, and the views that become empty.
    pub fn advance_slices(slices: &mut &mut [IoSlice<'a>], n: usize) {
        let (whole, rest) = split_point(slices.iter().map(|slice| slice.len()), n);
        *slices = &mut mem::take(slices)[whole..];
        match slices.first_mut() {
            Some(first) => first.advance(rest),
            None => assert!(rest == 0, "advancing io slices beyond their length"),
        }
    }

    /// The bytes behind the view.
    #[must_use]
    #[inline]
    pub const fn as_slice(self) -> &'a [u8] {
        self.0.as_slice()
    }
}

/// How many whole buffers `n` bytes cover, and how many bytes are left for the next.
fn split_point(lengths: impl Iterator<Item = usize>, n: usize) -> (usize, usize) {
    let mut left = n;
    let mut whole = 0;
    for length in lengths {
        if left < length {
            break;
        }
        left -= length;
        whole += 1;
    }
    (whole, left)
}

impl<'a> Deref for IoSliceMut<'a> {
    type Target = [u8];
    #[inline]
    fn deref(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl<'a> DerefMut for IoSliceMut<'a> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [u8] {
        self.0.as_mut_slice()
    }
}

impl<'a> Deref for IoSlice<'a> {
    type Target = [u8];
    #[inline]
    fn deref(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl<'a> fmt::Debug for IoSliceMut<'a> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0.as_slice(), f)
    }
}

impl<'a> fmt::Debug for IoSlice<'a> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0.as_slice(), f)
    }
}
