//! Whether a stream is a terminal.

use super::{Stderr, StderrLock, Stdin, StdinLock, Stdout, StdoutLock};

/// Whether a stream is a terminal.
pub trait IsTerminal: sealed::Sealed {
    /// Whether a stream is a terminal.
    fn is_terminal(&self) -> bool;
}

pub(crate) mod sealed {
    /// Keeps [`super::IsTerminal`] to std's own types.
    pub trait Sealed {}
}

macro_rules! is_terminal {
    ($($ty:ty),*) => {$(
        impl sealed::Sealed for $ty {}
        impl IsTerminal for $ty {
            #[inline]
            fn is_terminal(&self) -> bool {
                crate::sys::io::is_terminal(crate::os::fd::AsRawFd::as_raw_fd(self))
            }
        }
    )*};
}

is_terminal!(
    crate::fs::File,
    Stdin,
    StdinLock<'_>,
    Stdout,
    StdoutLock<'_>,
    Stderr,
    StderrLock<'_>,
    crate::os::fd::BorrowedFd<'_>,
    crate::os::fd::OwnedFd,
    crate::process::ChildStdin,
    crate::process::ChildStdout,
    crate::process::ChildStderr,
    crate::io::PipeReader,
    crate::io::PipeWriter
);
