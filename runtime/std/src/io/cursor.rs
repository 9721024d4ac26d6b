//! A position over bytes in memory.

use super::{BufRead, Error, ErrorKind, IoSlice, IoSliceMut, Read, Result, Seek, SeekFrom, Write, const_error};
use crate::alloc::Allocator;
use crate::cmp;

/// Makes bytes in memory a stream.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct Cursor<T> {
    inner: T,
    pos: u64,
}

impl<T> Cursor<T> {
    /// A cursor at the start.
    pub const fn new(inner: T) -> Cursor<T> {
        Cursor { inner, pos: 0 }
    }

    /// The bytes by value.
    pub fn into_inner(self) -> T {
        self.inner
    }

    /// The bytes.
    pub const fn get_ref(&self) -> &T {
        &self.inner
    }

    /// The bytes for changing.
    pub const fn get_mut(&mut self) -> &mut T {
        &mut self.inner
    }

    /// The position.
    pub const fn position(&self) -> u64 {
        self.pos
    }

    /// Moves to a position, which may be behind the end.
    pub const fn set_position(&mut self, pos: u64) {
        self.pos = pos;
    }
}

impl<T: AsRef<[u8]>> Cursor<T> {
    fn rest(&self) -> &[u8] {
        let bytes = self.inner.as_ref();
        &bytes[usize::try_from(self.pos).map_or(bytes.len(), |at| at.min(bytes.len()))..]
    }
}

impl<T: Clone> Clone for Cursor<T> {
    #[inline]
    fn clone(&self) -> Self {
        Cursor { inner: self.inner.clone(), pos: self.pos }
    }

    #[inline]
    fn clone_from(&mut self, other: &Self) {
        self.inner.clone_from(&other.inner);
        self.pos = other.pos;
    }
}

impl<T: AsRef<[u8]>> Seek for Cursor<T> {
    fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
        let target = match pos {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => (self.inner.as_ref().len() as u64).checked_add_signed(offset),
            SeekFrom::Current(offset) => self.pos.checked_add_signed(offset),
        };
        self.pos = target
            .ok_or(const_error!(ErrorKind::InvalidInput, "invalid seek to a negative or overflowing position"))?;
        Ok(self.pos)
    }

    fn stream_position(&mut self) -> Result<u64> {
        Ok(self.pos)
    }
}

impl<T: AsRef<[u8]>> Read for Cursor<T> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = self.rest().read(buf)?;
        self.pos += n as u64;
        Ok(n)
    }

    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        let n = self.rest().read_vectored(bufs)?;
        self.pos += n as u64;
        Ok(n)
    }

    fn __is_read_vectored(&self) -> bool {
        true
    }

    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        let result = self.rest().read_exact(buf);
        match result {
            Ok(()) => self.pos += buf.len() as u64,
            Err(_) => self.pos = self.inner.as_ref().len() as u64,
        }
        result
    }

    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let n = self.rest().read_to_end(buf)?;
        self.pos += n as u64;
        Ok(n)
    }

    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        let n = self.rest().read_to_string(buf)?;
        self.pos += n as u64;
        Ok(n)
    }
}

impl<T: AsRef<[u8]>> BufRead for Cursor<T> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(self.rest())
    }

    fn consume(&mut self, amount: usize) {
        self.pos += amount as u64;
    }
}

/// Overwrites in a buffer of fixed length.
fn write_fixed(pos: &mut u64, target: &mut [u8], data: &[u8]) -> Result<usize> {
    let start = cmp::min(*pos, target.len() as u64) as usize;
    let n = (&mut target[start..]).write(data)?;
    *pos += n as u64;
    Ok(n)
}

/// Overwrites in a vector, which grows; a gap is filled with zeros.
fn write_growing<A: Allocator>(pos: &mut u64, target: &mut Vec<u8, A>, data: &[u8]) -> Result<usize> {
    let start = usize::try_from(*pos)
        .map_err(|_| const_error!(ErrorKind::InvalidInput, "cursor position exceeds maximum possible vector length"))?;
    let end = start.saturating_add(data.len());
    if end > target.len() {
        target.reserve(end - target.len());
    }
    if start > target.len() {
        target.resize(start, 0);
    }
    let over = cmp::min(target.len() - start, data.len());
    target[start..start + over].copy_from_slice(&data[..over]);
    target.extend_from_slice(&data[over..]);
    *pos += data.len() as u64;
    Ok(data.len())
}

macro_rules! cursor_writer {
    ($write:ident, $([$($generics:tt)*] $ty:ty, $bytes:ident => $target:expr;)*) => {$(
        impl<$($generics)*> Write for Cursor<$ty> {
            #[inline]
            fn write(&mut self, data: &[u8]) -> Result<usize> {
                let $bytes = &mut self.inner;
                $write(&mut self.pos, $target, data)
            }

            fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
                let mut total = 0;
                for buf in bufs {
                    let n = self.write(buf)?;
                    total += n;
                    if n < buf.len() {
                        break;
                    }
                }
                Ok(total)
            }

            #[inline]
            fn __is_write_vectored(&self) -> bool {
                true
            }

            #[inline]
            fn write_all(&mut self, data: &[u8]) -> Result<()> {
                if self.write(data)? < data.len() { Err(Error::WRITE_ALL_EOF) } else { Ok(()) }
            }

            #[inline]
            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
        }
    )*};
}

cursor_writer! { write_fixed,
    [] &mut [u8], bytes => bytes;
    [const N: usize] [u8; N], bytes => bytes;
    [A: Allocator] Box<[u8], A>, bytes => bytes;
}

cursor_writer! { write_growing,
    [A: Allocator] &mut Vec<u8, A>, bytes => bytes;
    [A: Allocator] Vec<u8, A>, bytes => bytes;
}
