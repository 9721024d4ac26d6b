//! The standard input: one buffer under one lock.

use super::{Stdin, StdinLock};
use crate::fmt;
use crate::io::buffered::BufReader;
use crate::io::{BufRead, IoSliceMut, Lines, Read, Result};
use crate::panic::{RefUnwindSafe, UnwindSafe};
use crate::sys::copy::Endpoint;
use crate::sys::stdio::{RawStream, STDIN};
use fullrust_rt::lock::Lock;

/// What stdin reads ahead at most.
const STDIN_BUFFER_SIZE: usize = 8 * 1024;

/// Made on the first use.
static STDIN_BUFFER: Lock<Option<BufReader<RawStream>>> = Lock::new(None);

/// The standard input.
#[must_use]
pub fn stdin() -> Stdin {
    Stdin(())
}

impl Stdin {
    /// Takes the lock of the input for longer than one call.
    pub fn lock(&self) -> StdinLock<'static> {
        let mut inner = STDIN_BUFFER.lock();
        if inner.is_none() {
            *inner = Some(BufReader::with_capacity(STDIN_BUFFER_SIZE, RawStream(STDIN)));
        }
        StdinLock { inner }
    }

    /// Appends one line with its line feed to `buf`.
    pub fn read_line(&self, buf: &mut String) -> Result<usize> {
        self.lock().read_line(buf)
    }

    /// The lines of the input.
    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn lines(self) -> Lines<StdinLock<'static>> {
        self.lock().lines()
    }
}

impl StdinLock<'_> {
    fn reader(&mut self) -> &mut BufReader<RawStream> {
        self.inner.as_mut().expect("stdin is made when it is locked")
    }
}

impl fmt::Debug for Stdin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stdin").finish_non_exhaustive()
    }
}

impl fmt::Debug for StdinLock<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StdinLock").finish_non_exhaustive()
    }
}

impl Read for StdinLock<'_> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        self.reader().read(buf)
    }
    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        self.reader().read_vectored(bufs)
    }
    fn __is_read_vectored(&self) -> bool {
        true
    }
    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        self.reader().read_to_end(buf)
    }
    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        self.reader().read_to_string(buf)
    }
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        self.reader().read_exact(buf)
    }
    fn __kernel_source(&mut self) -> Option<Endpoint> {
        self.reader().__kernel_source()
    }
}

impl BufRead for StdinLock<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        self.reader().fill_buf()
    }
    fn consume(&mut self, amount: usize) {
        self.reader().consume(amount)
    }
}

macro_rules! read_by_locking {
    ($($ty:ty),*) => {$(
        impl Read for $ty {
            fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
                self.lock().read(buf)
            }
            fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
                self.lock().read_vectored(bufs)
            }
            fn __is_read_vectored(&self) -> bool {
                true
            }
            fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
                self.lock().read_to_end(buf)
            }
            fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
                self.lock().read_to_string(buf)
            }
            fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
                self.lock().read_exact(buf)
            }
        }
    )*};
}

read_by_locking!(Stdin, &Stdin);

impl UnwindSafe for StdinLock<'_> {}
impl RefUnwindSafe for StdinLock<'_> {}
