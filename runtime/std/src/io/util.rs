//! The simplest streams: `empty`, `sink`, `repeat`.

use super::{BufRead, Error, IoSlice, IoSliceMut, Read, Result, Seek, SeekFrom, Write};
use crate::fmt;

/// A reader that is at its end, and a writer that takes everything.
#[non_exhaustive]
#[derive(Copy, Clone, Debug, Default)]
pub struct Empty;

/// An empty reader.
#[must_use]
pub const fn empty() -> Empty {
    Empty
}

impl Read for Empty {
    #[inline]
    fn read(&mut self, _: &mut [u8]) -> Result<usize> {
        Ok(0)
    }
    #[inline]
    fn read_vectored(&mut self, _: &mut [IoSliceMut<'_>]) -> Result<usize> {
        Ok(0)
    }
    #[inline]
    fn __is_read_vectored(&self) -> bool {
        true
    }
    #[inline]
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        if buf.is_empty() { Ok(()) } else { Err(Error::READ_EXACT_EOF) }
    }
    #[inline]
    fn read_to_end(&mut self, _: &mut Vec<u8>) -> Result<usize> {
        Ok(0)
    }
    #[inline]
    fn read_to_string(&mut self, _: &mut String) -> Result<usize> {
        Ok(0)
    }
    #[inline]
    fn __bytes_left(&self) -> (usize, Option<usize>) {
        (0, Some(0))
    }
}

impl BufRead for Empty {
    #[inline]
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(&[])
    }
    #[inline]
    fn consume(&mut self, _: usize) {}
}

impl Seek for Empty {
    #[inline]
    fn seek(&mut self, _: SeekFrom) -> Result<u64> {
        Ok(0)
    }
}

macro_rules! swallow_everything {
    ($($ty:ty),*) => {$(
        impl Write for $ty {
            #[inline]
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                Ok(buf.len())
            }
            #[inline]
            fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
                Ok(bufs.iter().map(|buf| buf.len()).sum())
            }
            #[inline]
            fn __is_write_vectored(&self) -> bool {
                true
            }
            #[inline]
            fn write_all(&mut self, _: &[u8]) -> Result<()> {
                Ok(())
            }
            #[inline]
            fn write_fmt(&mut self, _: fmt::Arguments<'_>) -> Result<()> {
                Ok(())
            }
            #[inline]
            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
        }
    )*};
}

swallow_everything!(Empty, &Empty, Sink, &Sink);

/// A writer that takes everything and keeps nothing.
#[non_exhaustive]
#[derive(Copy, Clone, Debug, Default)]
pub struct Sink;

/// A writer that keeps nothing.
#[must_use]
pub const fn sink() -> Sink {
    Sink
}

/// A reader that gives one byte for ever.
#[derive(Clone)]
pub struct Repeat {
    byte: u8,
}

impl fmt::Debug for Repeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repeat").finish_non_exhaustive()
    }
}

/// A reader that gives `byte` for ever.
#[must_use]
pub const fn repeat(byte: u8) -> Repeat {
    Repeat { byte }
}

impl Read for Repeat {
    #[inline]
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        buf.fill(self.byte);
        Ok(buf.len())
    }
    #[inline]
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        buf.fill(self.byte);
        Ok(())
    }
    #[inline]
    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        bufs.iter_mut().map(|buf| self.read(buf)).sum()
    }
    #[inline]
    fn __is_read_vectored(&self) -> bool {
        true
    }
    fn read_to_end(&mut self, _: &mut Vec<u8>) -> Result<usize> {
        Err(super::ErrorKind::OutOfMemory.into())
    }
    fn read_to_string(&mut self, _: &mut String) -> Result<usize> {
        Err(super::ErrorKind::OutOfMemory.into())
    }
    #[inline]
    fn __bytes_left(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }
}
