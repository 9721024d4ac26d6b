//! The I/O traits for references, boxes, slices, vectors and queues.

use super::read::append_text;
use super::{BufRead, Error, IoSlice, IoSliceMut, Read, Result, Seek, SeekFrom, Write};
use crate::alloc::Allocator;
use crate::collections::VecDeque;
use crate::sys::copy::Endpoint;
use crate::{cmp, fmt, mem, str};

macro_rules! forward {
    ($([$($generics:tt)*] $param:ident $ty:ty),*) => {$(
        impl<$($generics)* $param: Read + ?Sized> Read for $ty {
            #[inline]
            fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
                (**self).read(buf)
            }
            #[inline]
            fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
                (**self).read_vectored(bufs)
            }
            #[inline]
            fn __is_read_vectored(&self) -> bool {
                (**self).__is_read_vectored()
            }
            #[inline]
            fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
                (**self).read_to_end(buf)
            }
            #[inline]
            fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
                (**self).read_to_string(buf)
            }
            #[inline]
            fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
                (**self).read_exact(buf)
            }
            #[inline]
            fn __kernel_source(&mut self) -> Option<Endpoint> {
                (**self).__kernel_source()
            }
            #[inline]
            fn __kernel_consumed(&mut self, n: u64) {
                (**self).__kernel_consumed(n)
            }
        }

        impl<$($generics)* $param: Write + ?Sized> Write for $ty {
            #[inline]
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                (**self).write(buf)
            }
            #[inline]
            fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
                (**self).write_vectored(bufs)
            }
            #[inline]
            fn __is_write_vectored(&self) -> bool {
                (**self).__is_write_vectored()
            }
            #[inline]
            fn flush(&mut self) -> Result<()> {
                (**self).flush()
            }
            #[inline]
            fn write_all(&mut self, buf: &[u8]) -> Result<()> {
                (**self).write_all(buf)
            }
            #[inline]
            fn __write_all_vectored(&mut self, bufs: &mut [IoSlice<'_>]) -> Result<()> {
                (**self).__write_all_vectored(bufs)
            }
            #[inline]
            fn write_fmt(&mut self, args: fmt::Arguments<'_>) -> Result<()> {
                (**self).write_fmt(args)
            }
            #[inline]
            fn __kernel_target(&mut self) -> Option<Endpoint> {
                (**self).__kernel_target()
            }
        }

        impl<$($generics)* $param: Seek + ?Sized> Seek for $ty {
            #[inline]
            fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
                (**self).seek(pos)
            }
            #[inline]
            fn rewind(&mut self) -> Result<()> {
                (**self).rewind()
            }
            #[inline]
            fn stream_position(&mut self) -> Result<u64> {
                (**self).stream_position()
            }
            #[inline]
            fn seek_relative(&mut self, offset: i64) -> Result<()> {
                (**self).seek_relative(offset)
            }
        }

        impl<$($generics)* $param: BufRead + ?Sized> BufRead for $ty {
            #[inline]
            fn fill_buf(&mut self) -> Result<&[u8]> {
                (**self).fill_buf()
            }
            #[inline]
            fn consume(&mut self, amount: usize) {
                (**self).consume(amount)
            }
            #[inline]
            fn read_until(&mut self, byte: u8, buf: &mut Vec<u8>) -> Result<usize> {
                (**self).read_until(byte, buf)
            }
            #[inline]
            fn skip_until(&mut self, byte: u8) -> Result<usize> {
                (**self).skip_until(byte)
            }
            #[inline]
            fn read_line(&mut self, buf: &mut String) -> Result<usize> {
                (**self).read_line(buf)
            }
        }
    )*};
}

forward!([] T &mut T, [] T Box<T>);

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

impl<A: Allocator> Write for Vec<u8, A> {
    #[inline]
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        self.extend_from_slice(buf);
        Ok(buf.len())
    }

    #[inline]
    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        let total = bufs.iter().map(|buf| buf.len()).sum();
        self.reserve(total);
        for buf in bufs {
            self.extend_from_slice(buf);
        }
        Ok(total)
    }

    #[inline]
    fn __is_write_vectored(&self) -> bool {
        true
    }

    #[inline]
    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        self.extend_from_slice(buf);
        Ok(())
    }

    #[inline]
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

impl<A: Allocator> Read for VecDeque<u8, A> {
    #[inline]
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let (mut front, _) = self.as_slices();
        let n = Read::read(&mut front, buf)?;
        self.drain(..n);
        Ok(n)
    }

    #[inline]
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        let short = buf.len() > self.len();
        if short {
            self.clear();
            return Err(Error::READ_EXACT_EOF);
        }
        let (front, back) = self.as_slices();
        let in_front = cmp::min(front.len(), buf.len());
        let (first, second) = buf.split_at_mut(in_front);
        first.copy_from_slice(&front[..in_front]);
        second.copy_from_slice(&back[..second.len()]);
        let taken = first.len() + second.len();
        self.drain(..taken);
        Ok(())
    }

    #[inline]
    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let length = self.len();
        buf.try_reserve(length)?;
        let (front, back) = self.as_slices();
        buf.extend_from_slice(front);
        buf.extend_from_slice(back);
        self.clear();
        Ok(length)
    }

    #[inline]
    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        append_text(buf, |bytes| self.read_to_end(bytes))
    }
}

impl<A: Allocator> BufRead for VecDeque<u8, A> {
    #[inline]
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(self.as_slices().0)
    }

    #[inline]
    fn consume(&mut self, amount: usize) {
        self.drain(..amount);
    }
}

impl<A: Allocator> Write for VecDeque<u8, A> {
    #[inline]
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        self.extend(buf);
        Ok(buf.len())
    }

    #[inline]
    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        let total = bufs.iter().map(|buf| buf.len()).sum();
        self.reserve(total);
        for buf in bufs {
            self.extend(&**buf);
        }
        Ok(total)
    }

    #[inline]
    fn __is_write_vectored(&self) -> bool {
        true
    }

    #[inline]
    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        self.extend(buf);
        Ok(())
    }

    #[inline]
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
