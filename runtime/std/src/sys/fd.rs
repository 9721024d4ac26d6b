//! Descriptors: owning numbers, duplicating, closing.

use crate::io::Result;
use crate::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use core::num::niche_types::NotAllOnes;
use fullrust_sys::io as kernel;

/// A descriptor as std's wrappers of it show themselves.
#[derive(Debug)]
#[expect(dead_code, reason = "only printed")]
pub(crate) struct FileDesc<'a>(pub(crate) &'a OwnedFd);

/// A descriptor number, which is never -1.
pub(crate) type ValidFd = NotAllOnes<i32>;

#[inline]
pub(crate) const fn valid(fd: i32) -> ValidFd {
    ValidFd::new(fd).expect("fd != -1")
}

/// Closes once; a failure of `close` leaves nothing to do.
#[inline]
pub(crate) fn close(fd: i32) {
    let _ignored = kernel::close(fd);
}

/// A close-on-exec duplicate that is not one of the standard descriptors.
pub(crate) fn duplicate(fd: i32) -> Result<i32> {
    Ok(kernel::dup_cloexec(fd, 3)?)
}

/// Sets or clears non-blocking mode.
pub(crate) fn set_nonblocking(fd: i32, nonblocking: bool) -> Result<()> {
    Ok(kernel::set_nonblocking(fd, nonblocking)?)
}

/// A pipe as two owned descriptors: reading end, writing end.
pub(crate) fn owned_pipe() -> Result<(OwnedFd, OwnedFd)> {
    let (reader, writer) = super::io::pipe()?;
    Ok((own(reader), own(writer)))
}

/// Takes over a descriptor that a call has just returned.
#[inline]
pub(crate) fn own(fd: i32) -> OwnedFd {
    // SAFETY: only called with descriptors that nobody else owns.
    unsafe { OwnedFd::from_raw_fd(fd) }
}

/// Borrows a standard descriptor, which is open for as long as the program runs.
#[inline]
pub(crate) fn borrow_standard(fd: i32) -> BorrowedFd<'static> {
    // SAFETY: 0, 1 and 2 are opened at start-up if they were closed, and never closed by std.
    unsafe { BorrowedFd::borrow_raw(fd) }
}

/// Borrows the descriptor of a value for as long as the value is borrowed.
#[inline]
pub(crate) fn borrow(fd: &OwnedFd) -> BorrowedFd<'_> {
    // SAFETY: the owner keeps the descriptor open for the borrow.
    unsafe { BorrowedFd::borrow_raw(fd.as_raw_fd()) }
}

/// `FromRawFd` of tuple structs around something that implements it.
macro_rules! from_raw_fd {
    ($($ty:ident),*) => {$(
        impl crate::os::fd::FromRawFd for $ty {
            #[inline]
            unsafe fn from_raw_fd(fd: crate::os::fd::RawFd) -> Self {
                // SAFETY: the caller's promise.
                $ty(unsafe { crate::os::fd::FromRawFd::from_raw_fd(fd) })
            }
        }
    )*};
}
pub(crate) use from_raw_fd;

/// `FromRawFd` of types that are made from an [`OwnedFd`].
macro_rules! from_raw_fd_by {
    ($($ty:ident),*) => {$(
        impl crate::os::fd::FromRawFd for $ty {
            #[inline]
            unsafe fn from_raw_fd(fd: crate::os::fd::RawFd) -> Self {
                // SAFETY: the caller's promise.
                $ty::from(unsafe { <OwnedFd as crate::os::fd::FromRawFd>::from_raw_fd(fd) })
            }
        }
    )*};
}
pub(crate) use from_raw_fd_by;
