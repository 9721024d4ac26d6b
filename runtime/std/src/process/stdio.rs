//! Where a child's standard streams lead.

use super::{ChildStderr, ChildStdin, ChildStdout, Stdio};
use crate::fs::File;
use crate::os::fd::{BorrowedFd, OwnedFd};
use crate::{fmt, io};

/// The choices; the ones with a descriptor own it.
#[derive(Debug)]
pub(crate) enum Target {
    Inherit,
    Null,
    MakePipe,
    Fd(OwnedFd),
    /// One of our own standard descriptors.
    StaticFd(BorrowedFd<'static>),
}

impl Stdio {
    /// To us, through a new pipe.
    #[must_use]
    pub fn piped() -> Stdio {
        Stdio(Target::MakePipe)
    }

    /// Where ours leads.
    #[must_use]
    pub fn inherit() -> Stdio {
        Stdio(Target::Inherit)
    }

    /// To `/dev/null`.
    #[must_use]
    pub fn null() -> Stdio {
        Stdio(Target::Null)
    }
}

impl fmt::Debug for Stdio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stdio").finish_non_exhaustive()
    }
}

impl From<OwnedFd> for Stdio {
    #[inline]
    fn from(fd: OwnedFd) -> Stdio {
        Stdio(Target::Fd(fd))
    }
}

macro_rules! from_owners {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Stdio {
            #[inline]
            fn from(value: $ty) -> Stdio {
                Stdio::from(OwnedFd::from(value))
            }
        }
    )*};
}

from_owners!(File, ChildStdin, ChildStdout, ChildStderr);

impl From<io::Stdout> for Stdio {
    /// The stream itself, not what it still holds back.
    fn from(_: io::Stdout) -> Stdio {
        Stdio(Target::StaticFd(crate::sys::fd::borrow_standard(crate::sys::stdio::STDOUT)))
    }
}

impl From<io::Stderr> for Stdio {
    fn from(_: io::Stderr) -> Stdio {
        Stdio(Target::StaticFd(crate::sys::fd::borrow_standard(crate::sys::stdio::STDERR)))
    }
}

crate::sys::fd::from_raw_fd_by!(Stdio);
