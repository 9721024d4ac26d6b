//! Our ends of a child's standard streams.

use super::{ChildStderr, ChildStdin, ChildStdout};
use crate::fmt;
use crate::io::pipe::{owned_fd_wrapper, pipe_read, pipe_write};
use crate::io::{IoSlice, IoSliceMut, Read, Result, Write};
use crate::os::fd::{AsFd, AsRawFd, BorrowedFd, IntoRawFd, OwnedFd, RawFd};
use crate::sys::copy::Endpoint;

owned_fd_wrapper!(ChildStdin, ChildStdout, ChildStderr);
crate::sys::fd::from_raw_fd!(ChildStdin, ChildStdout, ChildStderr);
pipe_read!(ChildStdout, ChildStderr);
pipe_write!(ChildStdin, &ChildStdin);

macro_rules! debug {
    ($($ty:ident $name:literal),*) => {$(
        impl fmt::Debug for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($name).finish_non_exhaustive()
            }
        }
    )*};
}

debug!(ChildStdin "ChildStdin", ChildStdout "ChildStdout", ChildStderr "ChildStderr");
