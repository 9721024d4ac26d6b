//! The standard streams: their descriptors, stdout's buffer and lock, and how text gets there.

mod line_buffer;
mod printing;
mod reentrant_lock;

pub(crate) use line_buffer::{LineBuffer, SharedLineBuffer, WriteFailure};
pub(crate) use printing::{print_err, print_out};
pub(crate) use reentrant_lock::{ReentrantGuard, ReentrantLock};

use crate::io::{IoSlice, IoSliceMut, Result};
use fullrust_sys::Errno;

/// A standard stream that treats a closed descriptor as an empty source or a sink.
pub(crate) struct RawStream(pub(crate) i32);

pub(crate) const STDIN: i32 = 0;
pub(crate) const STDOUT: i32 = 1;
pub(crate) const STDERR: i32 = 2;

fn accept_closed<T>(result: Result<T>, instead: T) -> Result<T> {
    match result {
        Err(error) if error.raw_os_error() == Some(Errno::EBADF.raw()) => Ok(instead),
        other => other,
    }
}

impl RawStream {
    pub(crate) fn read(&self, buf: &mut [u8]) -> Result<usize> {
        accept_closed(crate::sys::io::read(self.0, buf), 0)
    }

    pub(crate) fn read_vectored(&self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        accept_closed(crate::sys::io::read_vectored(self.0, bufs), 0)
    }

    pub(crate) fn read_to_end(&self, buf: &mut Vec<u8>) -> Result<usize> {
        accept_closed(crate::sys::io::read_to_end(self.0, buf, None), 0)
    }

    pub(crate) fn write(&self, buf: &[u8]) -> Result<usize> {
        accept_closed(crate::sys::io::write(self.0, buf), buf.len())
    }

    pub(crate) fn write_vectored(&self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        let all = || bufs.iter().map(|buf| buf.len()).sum();
        accept_closed(crate::sys::io::write_vectored(self.0, bufs), all())
    }
}

/// Has stdout flushed when the process ends in an orderly way.
pub(crate) fn call_at_exit(flush: fn()) {
    fullrust_rt::exit::set_flush(flush);
}
