//! The `Write` trait.

use super::{Error, IoSlice, Result};
use crate::sys::copy::Endpoint;
use crate::{fmt, mem};

/// A sink of bytes.
pub trait Write {
    /// Writes some of `buf` and says how many bytes were taken.
    fn write(&mut self, buf: &[u8]) -> Result<usize>;

    /// Writes several buffers, one after the other.
    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        match bufs.iter().find(|buf| !buf.is_empty()) {
            Some(buf) => self.write(buf),
            None => self.write(&[]),
        }
    }

    /// Whether `write_vectored` is more than a loop.
    #[doc(hidden)]
    fn __is_write_vectored(&self) -> bool {
        false
    }

    /// Hands on everything that is still held back.
    fn flush(&mut self) -> Result<()>;

    /// Writes all of `buf` or fails.
    fn write_all(&mut self, mut buf: &[u8]) -> Result<()> {
        while !buf.is_empty() {
            match self.write(buf) {
                Ok(0) => return Err(Error::WRITE_ALL_EOF),
                Ok(n) => buf = &buf[n..],
                Err(error) if error.is_interrupted() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Writes all of several buffers or fails.
    #[doc(hidden)]
    fn __write_all_vectored(&mut self, mut bufs: &mut [IoSlice<'_>]) -> Result<()> {
        IoSlice::advance_slices(&mut bufs, 0);
        while !bufs.is_empty() {
            match self.write_vectored(bufs) {
                Ok(0) => return Err(Error::WRITE_ALL_EOF),
                Ok(n) => IoSlice::advance_slices(&mut bufs, n),
                Err(error) if error.is_interrupted() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Writes formatted text.
    fn write_fmt(&mut self, args: fmt::Arguments<'_>) -> Result<()> {
        match args.as_str() {
            Some(text) => self.write_all(text.as_bytes()),
            None => write_formatted(self, args),
        }
    }

    /// A borrowing form of this writer.
    fn by_ref(&mut self) -> &mut Self
    where
        Self: Sized,
    {
        self
    }

    /// What the kernel needs to know to copy to here by itself, after what was held back has been handed on.
    #[doc(hidden)]
    fn __kernel_target(&mut self) -> Option<Endpoint> {
        None
    }
}

/// Keeps the error of the writer, which `fmt::Write` has no room for.
struct Adapter<'a, W: ?Sized> {
    inner: &'a mut W,
    error: Result<()>,
}

impl<W: Write + ?Sized> fmt::Write for Adapter<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.inner.write_all(text.as_bytes()).map_err(|error| {
            self.error = Err(error);
            fmt::Error
        })
    }
}

fn write_formatted<W: Write + ?Sized>(inner: &mut W, args: fmt::Arguments<'_>) -> Result<()> {
    let mut adapter = Adapter { inner, error: Ok(()) };
    match fmt::write(&mut adapter, args) {
        Ok(()) => Ok(()),
        Err(_) if adapter.error.is_err() => mem::replace(&mut adapter.error, Ok(())),
        Err(_) => panic!("a formatting trait implementation returned an error when the underlying stream did not"),
    }
}
