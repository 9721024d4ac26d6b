//! Buffers as the kernel's vectored calls take them.

use core::marker::PhantomData;
use core::slice;
use fullrust_sys::io as kernel;

/// A readable buffer as the kernel describes it.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct IoVec<'a> {
    raw: kernel::IoVec,
    _bytes: PhantomData<&'a [u8]>,
}

/// A writable buffer as the kernel describes it.
#[repr(transparent)]
pub(crate) struct IoVecMut<'a> {
    raw: kernel::IoVec,
    _bytes: PhantomData<&'a mut [u8]>,
}

// SAFETY: an `IoVec` is a `&[u8]` in another layout.
unsafe impl Send for IoVec<'_> {}
// SAFETY: as above.
unsafe impl Sync for IoVec<'_> {}
// SAFETY: an `IoVecMut` is a `&mut [u8]` in another layout.
unsafe impl Send for IoVecMut<'_> {}
// SAFETY: as above.
unsafe impl Sync for IoVecMut<'_> {}

impl<'a> IoVec<'a> {
    #[inline]
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        IoVec { raw: kernel::IoVec { base: bytes.as_ptr().cast_mut(), len: bytes.len() }, _bytes: PhantomData }
    }

    #[inline]
    pub(crate) fn advance(&mut self, n: usize) {
        debug_assert!(n <= self.raw.len);
        self.raw = kernel::IoVec { base: self.raw.base.wrapping_add(n), len: self.raw.len - n };
    }

    #[inline]
    pub(crate) const fn as_slice(&self) -> &'a [u8] {
        // SAFETY: pointer and length come from a `&'a [u8]`, shortened at the front at most.
        unsafe { slice::from_raw_parts(self.raw.base, self.raw.len) }
    }
}

impl<'a> IoVecMut<'a> {
    #[inline]
    pub(crate) fn new(bytes: &'a mut [u8]) -> Self {
        IoVecMut { raw: kernel::IoVec { base: bytes.as_mut_ptr(), len: bytes.len() }, _bytes: PhantomData }
    }

    #[inline]
    pub(crate) fn advance(&mut self, n: usize) {
        debug_assert!(n <= self.raw.len);
        self.raw = kernel::IoVec { base: self.raw.base.wrapping_add(n), len: self.raw.len - n };
    }

    #[inline]
    pub(crate) const fn as_slice(&self) -> &[u8] {
        // SAFETY: pointer and length come from a `&'a mut [u8]`, shortened at the front at most.
        unsafe { slice::from_raw_parts(self.raw.base, self.raw.len) }
    }

    #[inline]
    pub(crate) const fn as_mut_slice(&mut self) -> &mut [u8] {
        // SAFETY: as in `as_slice`, and `self` is borrowed exclusively.
        unsafe { slice::from_raw_parts_mut(self.raw.base, self.raw.len) }
    }

    #[inline]
    pub(crate) const fn into_slice(self) -> &'a mut [u8] {
        // SAFETY: as in `as_slice`, and the exclusive borrow of `'a` is handed over.
        unsafe { slice::from_raw_parts_mut(self.raw.base, self.raw.len) }
    }
}
