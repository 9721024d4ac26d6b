//! Descriptors that are closed when dropped, and borrows of them.

use super::{AsRawFd, FromRawFd, IntoRawFd, RawFd};
use crate::sys::fd::{ValidFd, duplicate, valid};
use crate::{fmt, io, marker::PhantomData, mem};

/// A descriptor that is open for `'fd`.
#[derive(Copy, Clone)]
#[repr(transparent)]
pub struct BorrowedFd<'fd> {
    fd: ValidFd,
    _owner: PhantomData<&'fd OwnedFd>,
}

/// A descriptor that is closed when dropped.
#[repr(transparent)]
pub struct OwnedFd {
    fd: ValidFd,
}

impl BorrowedFd<'_> {
    /// Borrows a descriptor by its number.
    ///
    /// # Safety
    /// The descriptor must stay open for the lifetime that is chosen.
    #[inline]
    #[track_caller]
    pub const unsafe fn borrow_raw(fd: RawFd) -> Self {
        Self { fd: valid(fd), _owner: PhantomData }
    }

    /// A new owned descriptor of the same open file.
    pub fn try_clone_to_owned(&self) -> io::Result<OwnedFd> {
        duplicate(self.as_raw_fd()).map(crate::sys::fd::own)
    }
}

impl OwnedFd {
    /// A new descriptor of the same open file.
    pub fn try_clone(&self) -> io::Result<Self> {
        self.as_fd().try_clone_to_owned()
    }
}

impl AsRawFd for BorrowedFd<'_> {
    #[inline]
    fn as_raw_fd(&self) -> RawFd {
        self.fd.as_inner()
    }
}

impl AsRawFd for OwnedFd {
    #[inline]
    fn as_raw_fd(&self) -> RawFd {
        self.fd.as_inner()
    }
}

impl IntoRawFd for OwnedFd {
    #[inline]
    fn into_raw_fd(self) -> RawFd {
        mem::ManuallyDrop::new(self).fd.as_inner()
    }
}

impl FromRawFd for OwnedFd {
    #[inline]
    #[track_caller]
    unsafe fn from_raw_fd(fd: RawFd) -> Self {
        Self { fd: valid(fd) }
    }
}

impl Drop for OwnedFd {
    #[inline]
    fn drop(&mut self) {
        crate::sys::fd::close(self.fd.as_inner());
    }
}

impl fmt::Debug for BorrowedFd<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BorrowedFd").field("fd", &self.fd).finish()
    }
}

impl fmt::Debug for OwnedFd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnedFd").field("fd", &self.fd).finish()
    }
}

/// Lends its descriptor.
pub trait AsFd {
    /// The descriptor, borrowed.
    fn as_fd(&self) -> BorrowedFd<'_>;
}

impl AsFd for OwnedFd {
    #[inline]
    fn as_fd(&self) -> BorrowedFd<'_> {
        crate::sys::fd::borrow(self)
    }
}

impl AsFd for BorrowedFd<'_> {
    #[inline]
    fn as_fd(&self) -> BorrowedFd<'_> {
        *self
    }
}
