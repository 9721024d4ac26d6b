//! Anonymous pipes.

use super::{IoSlice, IoSliceMut, Read, Result, Write};
use crate::fmt;
use crate::os::fd::{AsFd, AsRawFd, BorrowedFd, IntoRawFd, OwnedFd, RawFd};
use crate::process::Stdio;
use crate::sys::copy::Endpoint;
use crate::sys::fd::FileDesc;

/// A new pipe, close-on-exec at both ends.
#[inline]
pub fn pipe() -> Result<(PipeReader, PipeWriter)> {
    let (reader, writer) = crate::sys::fd::owned_pipe()?;
    Ok((PipeReader(reader), PipeWriter(writer)))
}

/// The end of a pipe to read from.
pub struct PipeReader(pub(crate) OwnedFd);

/// The end of a pipe to write to.
pub struct PipeWriter(pub(crate) OwnedFd);

impl fmt::Debug for PipeReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PipeReader").field(&FileDesc(&self.0)).finish()
    }
}

impl fmt::Debug for PipeWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PipeWriter").field(&FileDesc(&self.0)).finish()
    }
}

impl PipeReader {
    /// A second handle of the same end.
    pub fn try_clone(&self) -> Result<Self> {
        self.0.try_clone().map(Self)
    }
}

impl PipeWriter {
    /// A second handle of the same end.
    pub fn try_clone(&self) -> Result<Self> {
        self.0.try_clone().map(Self)
    }
}

macro_rules! pipe_read {
    ($($ty:ty),*) => {$(
        impl Read for $ty {
            fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
                crate::sys::io::read(self.0.as_raw_fd(), buf)
            }
            fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
                crate::sys::io::read_vectored(self.0.as_raw_fd(), bufs)
            }
            fn __is_read_vectored(&self) -> bool {
                true
            }
            fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
                crate::sys::io::read_to_end(self.0.as_raw_fd(), buf, None)
            }
            fn __kernel_source(&mut self) -> Option<Endpoint> {
                Some(Endpoint::new(self.0.as_raw_fd()))
            }
        }
    )*};
}
pub(crate) use pipe_read;

macro_rules! pipe_write {
    ($($ty:ty),*) => {$(
        impl Write for $ty {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                crate::sys::io::write(self.0.as_raw_fd(), buf)
            }
            fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
                crate::sys::io::write_vectored(self.0.as_raw_fd(), bufs)
            }
            fn __is_write_vectored(&self) -> bool {
                true
            }
            #[inline]
            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
            fn __kernel_target(&mut self) -> Option<Endpoint> {
                Some(Endpoint::new(self.0.as_raw_fd()))
            }
        }
    )*};
}
pub(crate) use pipe_write;

pipe_read!(PipeReader, &PipeReader);
pipe_write!(PipeWriter, &PipeWriter);

/// The descriptor traits and conversions of a tuple struct around an [`OwnedFd`].
macro_rules! owned_fd_wrapper {
    ($($ty:ident),*) => {$(
        impl AsFd for $ty {
            #[inline]
            fn as_fd(&self) -> BorrowedFd<'_> {
                self.0.as_fd()
            }
        }
        impl AsRawFd for $ty {
            #[inline]
            fn as_raw_fd(&self) -> RawFd {
                self.0.as_raw_fd()
            }
        }
        impl IntoRawFd for $ty {
            #[inline]
            fn into_raw_fd(self) -> RawFd {
                self.0.into_raw_fd()
            }
        }
        impl From<$ty> for OwnedFd {
            #[inline]
            fn from(value: $ty) -> OwnedFd {
                value.0
            }
        }
        impl From<OwnedFd> for $ty {
            #[inline]
            fn from(fd: OwnedFd) -> $ty {
                $ty(fd)
            }
        }
    )*};
}
pub(crate) use owned_fd_wrapper;

owned_fd_wrapper!(PipeReader, PipeWriter);
crate::sys::fd::from_raw_fd!(PipeReader, PipeWriter);

impl From<PipeReader> for Stdio {
    fn from(pipe: PipeReader) -> Self {
        Self::from(OwnedFd::from(pipe))
    }
}

impl From<PipeWriter> for Stdio {
    fn from(pipe: PipeWriter) -> Self {
        Self::from(OwnedFd::from(pipe))
    }
}
