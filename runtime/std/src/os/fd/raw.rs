//! Bare descriptor numbers.

use crate::rc::Rc;
use crate::sync::Arc;

/// A descriptor number.
pub type RawFd = i32;

/// Gives its descriptor number without giving it up.
pub trait AsRawFd {
    /// The number.
    fn as_raw_fd(&self) -> RawFd;
}

/// Is made from a descriptor number.
pub trait FromRawFd {
    /// Takes over a descriptor.
    ///
    /// # Safety
    /// The descriptor must be open and owned by nobody else.
    unsafe fn from_raw_fd(fd: RawFd) -> Self;
}

/// Gives its descriptor number up.
pub trait IntoRawFd {
    /// The number; the caller closes it.
    #[must_use = "losing the raw file descriptor may leak resources"]
    fn into_raw_fd(self) -> RawFd;
}

impl AsRawFd for RawFd {
    #[inline]
    fn as_raw_fd(&self) -> RawFd {
        *self
    }
}

impl IntoRawFd for RawFd {
    #[inline]
    fn into_raw_fd(self) -> RawFd {
        self
    }
}

impl FromRawFd for RawFd {
    #[inline]
    unsafe fn from_raw_fd(fd: RawFd) -> RawFd {
        fd
    }
}

macro_rules! as_raw_fd_through {
    ($($ty:ty),*) => {$(
        impl<T: AsRawFd> AsRawFd for $ty {
            #[inline]
            fn as_raw_fd(&self) -> RawFd {
                (**self).as_raw_fd()
            }
        }
    )*};
}

as_raw_fd_through!(Arc<T>, Rc<T>, Box<T>);
