//! The I/O traits for slices: what was read or written is cut off.

use crate::io::{BufRead, Error, IoSlice, IoSliceMut, Read, Result, Write};
use crate::{cmp, mem, str};

impl Read for &[u8] {
    #[inline]
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let amount = cmp::min(buf.len(), self.len());
        let (taken, rest) = self.split_at(amount);
        match (buf, taken) {
            // A single byte is common enough to keep it from becoming a call.
            ([first, ..], [byte]) => *first = *byte,
            (buf, taken) => buf[..amount].copy_from_slice(taken),
        }
        *self = rest;
        Ok(amount)
    }

    #[inline]
    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        let mut total = 0;
        for buf in bufs {
            total += self.read(buf)?;
            if self.is_empty() {
                break;
            }
        }
        Ok(total)
    }

    #[inline]
    fn __is_read_vectored(&self) -> bool {
        true
    }

    #[inline]
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        if buf.len() > self.len() {
            *self = &self[self.len()..];
            return Err(Error::READ_EXACT_EOF);
        }
        self.read(buf).map(drop)
    }

    #[inline]
    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let bytes = mem::take(self);
        buf.try_reserve(bytes.len())?;
        buf.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    #[inline]
    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        let text = str::from_utf8(self).map_err(|_| Error::INVALID_UTF8)?;
        buf.try_reserve(text.len())?;
        buf.push_str(text);
        *self = &self[self.len()..];
        Ok(text.len())
    }

    fn __copy_own_memory(&mut self, write: &mut dyn FnMut(&[u8]) -> Result<()>) -> Option<Result<u64>> {
        let length = self.len() as u64;
        Some(write(self).map(|()| {
            *self = &self[self.len()..];
            length
        }))
    }

    #[inline]
    fn __bytes_left(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }
}

impl BufRead for &[u8] {
    #[inline]
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(self)
    }

    #[inline]
    fn consume(&mut self, amount: usize) {
        *self = &self[amount..];
    }
}

impl Write for &mut [u8] {
    #[inline]
    fn write(&mut self, data: &[u8]) -> Result<usize> {
        let amount = cmp::min(data.len(), self.len());
        let (target, rest) = mem::take(self).split_at_mut(amount);
        target.copy_from_slice(&data[..amount]);
        *self = rest;
        Ok(amount)
    }

    #[inline]
    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        let mut total = 0;
        for buf in bufs {
            total += self.write(buf)?;
            if self.is_empty() {
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
