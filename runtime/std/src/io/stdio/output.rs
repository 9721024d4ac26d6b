//! The standard output, line by line, and the standard error, at once; each under a lock that its holder may take again.

use super::{Stderr, StderrLock, Stdout, StdoutLock};
use crate::fmt;
use crate::io::{IoSlice, Result, Write};
use crate::panic::{RefUnwindSafe, UnwindSafe};
use crate::sys::copy::Endpoint;
use crate::sys::stdio::{LineBuffer, RawStream, ReentrantLock, STDERR, STDOUT, SharedLineBuffer};

static STDOUT_BUFFER: ReentrantLock<SharedLineBuffer> = ReentrantLock::new(SharedLineBuffer::new());

/// Writes out what stdout holds and makes it unbuffered. A lock that another thread holds is left alone: the program
/// is ending.
#[optimize(size)]
pub(crate) fn flush_at_exit() {
    if let Some(lock) = STDOUT_BUFFER.try_lock() {
        lock.with(LineBuffer::flush_and_hold_nothing);
    }
}

/// The standard output.
#[must_use]
pub fn stdout() -> Stdout {
    Stdout(())
}

impl Stdout {
    /// Takes the lock of the output for longer than one call.
    pub fn lock(&self) -> StdoutLock<'static> {
        crate::sys::stdio::call_at_exit(flush_at_exit);
        StdoutLock { inner: STDOUT_BUFFER.lock() }
    }
}

impl Write for StdoutLock<'_> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        Ok(self.inner.with(|stdout| stdout.write(buf))?)
    }
    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        Ok(self.inner.with(|stdout| stdout.write_vectored(bufs))?)
    }
    fn __is_write_vectored(&self) -> bool {
        true
    }
    fn flush(&mut self) -> Result<()> {
        Ok(self.inner.with(LineBuffer::flush)?)
    }
    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        Ok(self.inner.with(|stdout| stdout.write_all(buf))?)
    }
    fn __kernel_target(&mut self) -> Option<Endpoint> {
        self.flush().ok().map(|()| Endpoint::new(STDOUT))
    }
}

static STDERR_LOCK: ReentrantLock<RawStream> = ReentrantLock::new(RawStream(STDERR));

/// The standard error.
#[must_use]
pub fn stderr() -> Stderr {
    Stderr(())
}

impl Stderr {
    /// Takes the lock of the stream for longer than one call.
    pub fn lock(&self) -> StderrLock<'static> {
        StderrLock { inner: STDERR_LOCK.lock() }
    }
}

impl Write for StderrLock<'_> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        self.inner.write(buf)
    }
    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        self.inner.write_vectored(bufs)
    }
    fn __is_write_vectored(&self) -> bool {
        true
    }
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
    fn __kernel_target(&mut self) -> Option<Endpoint> {
        Some(Endpoint::new(STDERR))
    }
}

macro_rules! write_by_locking {
    ($($ty:ty),*) => {$(
        impl Write for $ty {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                self.lock().write(buf)
            }
            fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
                self.lock().write_vectored(bufs)
            }
            fn __is_write_vectored(&self) -> bool {
                true
            }
            fn flush(&mut self) -> Result<()> {
                self.lock().flush()
            }
            fn write_all(&mut self, buf: &[u8]) -> Result<()> {
                self.lock().write_all(buf)
            }
            fn __write_all_vectored(&mut self, bufs: &mut [IoSlice<'_>]) -> Result<()> {
                self.lock().__write_all_vectored(bufs)
            }
            fn write_fmt(&mut self, args: fmt::Arguments<'_>) -> Result<()> {
                self.lock().write_fmt(args)
            }
            fn __kernel_target(&mut self) -> Option<Endpoint> {
                self.lock().__kernel_target()
            }
        }
    )*};
}

write_by_locking!(Stdout, &Stdout, Stderr, &Stderr);

macro_rules! debug_and_unwind_safe {
    ($($name:literal $ty:ident [$($life:lifetime)?];)*) => {$(
        impl fmt::Debug for $ty$(<$life>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($name).finish_non_exhaustive()
            }
        }
        impl UnwindSafe for $ty$(<$life>)? {}
        impl RefUnwindSafe for $ty$(<$life>)? {}
    )*};
}

debug_and_unwind_safe! {
    "Stdout" Stdout [];
    "Stderr" Stderr [];
    "StdoutLock" StdoutLock ['_];
    "StderrLock" StderrLock ['_];
}
