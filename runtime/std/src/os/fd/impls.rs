//! The descriptor traits of references, smart pointers and the standard streams.

use super::{AsFd, AsRawFd, BorrowedFd, RawFd};
use crate::io::{Stderr, StderrLock, Stdin, StdinLock, Stdout, StdoutLock};
use crate::rc::{Rc, UniqueRc};
use crate::sync::Arc;
use crate::sys::fd::borrow_standard;
use crate::sys::stdio::{STDERR, STDIN, STDOUT};

macro_rules! as_fd_through {
    ($([$($bound:tt)*] $ty:ty),*) => {$(
        impl<T: AsFd $($bound)*> AsFd for $ty {
            #[inline]
            fn as_fd(&self) -> BorrowedFd<'_> {
                (**self).as_fd()
            }
        }
    )*};
}

as_fd_through!([+ ?Sized] &T, [+ ?Sized] &mut T, [+ ?Sized] Arc<T>, [+ ?Sized] Rc<T>, [+ ?Sized] Box<T>, [+ ?Sized] UniqueRc<T>);

macro_rules! standard_descriptor {
    ($($ty:ty => $fd:ident),*) => {$(
        impl AsRawFd for $ty {
            #[inline]
            fn as_raw_fd(&self) -> RawFd {
                $fd
            }
        }
        impl AsFd for $ty {
            #[inline]
            fn as_fd(&self) -> BorrowedFd<'_> {
                borrow_standard($fd)
            }
        }
    )*};
}

standard_descriptor!(
    Stdin => STDIN,
    StdinLock<'_> => STDIN,
    Stdout => STDOUT,
    StdoutLock<'_> => STDOUT,
    Stderr => STDERR,
    StderrLock<'_> => STDERR
);
