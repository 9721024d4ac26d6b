//! The read and write calls on descriptors.

mod errors;
mod vectors;

pub(crate) use errors::{ErrorText, decode_error_kind, is_interrupted, last_error_number, write_error_text};
pub(crate) use fullrust_rt::text::{NO_DIGITS, decimal};
pub(crate) use vectors::{IoVec, IoVecMut};

use crate::io::{IoSlice, IoSliceMut, Result};
use fullrust_sys::Errno;
use fullrust_sys::io as kernel;

/// The kernel takes at most this many bytes in one call anyway (`MAX_RW_COUNT`); longer requests are cut.
const MOST_BYTES: usize = isize::MAX as usize;

/// Repeats a call that a signal interrupted.
#[inline]
pub(crate) fn retry<T>(mut call: impl FnMut() -> fullrust_sys::Result<T>) -> Result<T> {
    loop {
        match call() {
            Ok(value) => return Ok(value),
            Err(Errno::EINTR) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
}

/// One `read`; a signal may interrupt it.
#[inline]
pub(crate) fn read(fd: i32, buf: &mut [u8]) -> Result<usize> {
    let most = buf.len().min(MOST_BYTES);
    Ok(kernel::read(fd, &mut buf[..most])?)
}

/// One `write`; a signal may interrupt it.
#[inline]
pub(crate) fn write(fd: i32, buf: &[u8]) -> Result<usize> {
    Ok(kernel::write(fd, &buf[..buf.len().min(MOST_BYTES)])?)
}

/// One `pread64`.
pub(crate) fn read_at(fd: i32, buf: &mut [u8], offset: u64) -> Result<usize> {
    let most = buf.len().min(MOST_BYTES);
    Ok(kernel::pread(fd, &mut buf[..most], offset)?)
}

/// One `pwrite64`.
pub(crate) fn write_at(fd: i32, buf: &[u8], offset: u64) -> Result<usize> {
    Ok(kernel::pwrite(fd, &buf[..buf.len().min(MOST_BYTES)], offset)?)
}

/// One `readv` of at most as many buffers as the kernel takes.
pub(crate) fn read_vectored(fd: i32, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
    let count = bufs.len().min(kernel::IOV_MAX);
    // SAFETY: an `IoSliceMut` is a transparent `struct iovec` over writable bytes.
    Ok(unsafe { kernel::readv(fd, bufs.as_mut_ptr().cast::<kernel::IoVec>(), count) }?)
}

/// One `writev` of at most as many buffers as the kernel takes.
pub(crate) fn write_vectored(fd: i32, bufs: &[IoSlice<'_>]) -> Result<usize> {
    Ok(writev_once(fd, bufs)?)
}

/// The same, with the kernel's own error.
pub(crate) fn writev_once(fd: i32, bufs: &[IoSlice<'_>]) -> fullrust_sys::Result<usize> {
    let count = bufs.len().min(kernel::IOV_MAX);
    // SAFETY: an `IoSlice` is a transparent `struct iovec` over readable bytes.
    unsafe { kernel::writev(fd, bufs.as_ptr().cast::<kernel::IoVec>(), count) }
}

/// Reads once into the spare capacity of a vector, which need not be initialised first.
pub(crate) fn read_into_spare(fd: i32, buf: &mut Vec<u8>) -> Result<usize> {
    let spare = buf.spare_capacity_mut();
    let (pointer, room) = (spare.as_mut_ptr().cast::<u8>(), spare.len().min(MOST_BYTES));
    // SAFETY: the spare capacity is writable for `room` bytes.
    let n = unsafe { kernel::read_raw(fd, pointer, room) }?;
    // SAFETY: the kernel has written `n` bytes behind the old length, and `n <= room`.
    unsafe { buf.set_len(buf.len() + n) };
    Ok(n)
}

/// Reads to the end of a descriptor. `size_hint` is how much is expected, if that is known.
pub(crate) fn read_to_end(fd: i32, buf: &mut Vec<u8>, size_hint: Option<usize>) -> Result<usize> {
    const PROBE: usize = 32;
    let start = buf.len();
    let start_capacity = buf.capacity();
    buf.try_reserve(size_hint.unwrap_or(0))?;
    if size_hint.is_none() && buf.capacity() - buf.len() < PROBE && probe::<PROBE>(fd, buf)? == 0 {
        return Ok(0);
    }
    loop {
        // A vector that was exactly large enough should not double only to learn that the end has come.
        if buf.len() == buf.capacity() {
            let exact = buf.capacity() == start_capacity || size_hint.is_some_and(|hint| buf.len() - start == hint);
            if exact && probe::<PROBE>(fd, buf)? == 0 {
                return Ok(buf.len() - start);
            }
            if buf.len() == buf.capacity() {
                buf.try_reserve(PROBE)?;
            }
        }
        match read_into_spare(fd, buf) {
            Ok(0) => return Ok(buf.len() - start),
            Ok(_) => {}
            Err(error) if error.is_interrupted() => {}
            Err(error) => return Err(error),
        }
    }
}

fn probe<const N: usize>(fd: i32, buf: &mut Vec<u8>) -> Result<usize> {
    let mut small = [0u8; N];
    let n = retry(|| kernel::read(fd, &mut small))?;
    buf.try_reserve(n)?;
    buf.extend_from_slice(&small[..n]);
    Ok(n)
}

/// Whether a descriptor is a terminal.
pub(crate) fn is_terminal(fd: i32) -> bool {
    kernel::is_terminal(fd)
}

/// A pipe whose both ends are close-on-exec: reading end, writing end.
pub(crate) fn pipe() -> Result<(i32, i32)> {
    Ok(kernel::pipe2(fullrust_sys::fs::O_CLOEXEC)?)
}
