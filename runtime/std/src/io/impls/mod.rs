//! The I/O traits for references and boxes, and below for slices, vectors and queues.

mod append;
mod slices;
mod vec_deque;

use super::{BufRead, IoSlice, IoSliceMut, Read, Result, Seek, SeekFrom, Write};
use crate::fmt;
use crate::sys::copy::Endpoint;

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
            #[inline]
            fn __copy_own_memory(&mut self, write: &mut dyn FnMut(&[u8]) -> Result<()>) -> Option<Result<u64>> {
                (**self).__copy_own_memory(write)
            }
            #[inline]
            fn __bytes_left(&self) -> (usize, Option<usize>) {
                (**self).__bytes_left()
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
