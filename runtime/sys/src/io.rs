//! Reading, writing, waiting on and duplicating descriptors.

use crate::Result;
pub use crate::abi::io::*;
use crate::reg::syscall;
use crate::time::Timespec;

/// `read(2)` into a buffer; returns the bytes read, 0 at the end.
#[inline]
pub fn read(fd: i32, buffer: &mut [u8]) -> Result<usize> {
    // SAFETY: the buffer is writable for its length.
    unsafe { syscall!(READ, fd, buffer.as_mut_ptr(), buffer.len()) }
}

/// `read(2)` into memory that need not be initialised.
///
/// # Safety
/// `buffer` must be writable for `length` bytes.
#[inline]
pub unsafe fn read_raw(fd: i32, buffer: *mut u8, length: usize) -> Result<usize> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(READ, fd, buffer, length) }
}

/// `write(2)`; returns how many bytes were taken.
#[inline]
pub fn write(fd: i32, bytes: &[u8]) -> Result<usize> {
    // SAFETY: the slice is readable for its length.
    unsafe { syscall!(WRITE, fd, bytes.as_ptr(), bytes.len()) }
}

/// `pread64(2)`: reads at an offset, the file position stays.
#[inline]
pub fn pread(fd: i32, buffer: &mut [u8], offset: u64) -> Result<usize> {
    // SAFETY: the buffer is writable for its length.
    unsafe { syscall!(PREAD64, fd, buffer.as_mut_ptr(), buffer.len(), offset) }
}

/// `pread64(2)` into memory that need not be initialised.
///
/// # Safety
/// `buffer` must be writable for `length` bytes.
#[inline]
pub unsafe fn pread_raw(fd: i32, buffer: *mut u8, length: usize, offset: u64) -> Result<usize> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(PREAD64, fd, buffer, length, offset) }
}

/// `pwrite64(2)`: writes at an offset, the file position stays.
#[inline]
pub fn pwrite(fd: i32, bytes: &[u8], offset: u64) -> Result<usize> {
    // SAFETY: the slice is readable for its length.
    unsafe { syscall!(PWRITE64, fd, bytes.as_ptr(), bytes.len(), offset) }
}

/// `readv(2)`; at most [`IOV_MAX`] buffers.
///
/// # Safety
/// Every buffer must be writable for its length.
#[inline]
pub unsafe fn readv(fd: i32, buffers: *const IoVec, count: usize) -> Result<usize> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(READV, fd, buffers, count) }
}

/// `writev(2)`; at most [`IOV_MAX`] buffers.
///
/// # Safety
/// Every buffer must be readable for its length.
#[inline]
pub unsafe fn writev(fd: i32, buffers: *const IoVec, count: usize) -> Result<usize> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(WRITEV, fd, buffers, count) }
}

/// `preadv(2)`; at most [`IOV_MAX`] buffers.
///
/// # Safety
/// Every buffer must be writable for its length.
#[inline]
pub unsafe fn preadv(fd: i32, buffers: *const IoVec, count: usize, offset: u64) -> Result<usize> {
    // SAFETY: the caller's promise; the high half of the offset is ignored on 64-bit kernels.
    unsafe { syscall!(PREADV, fd, buffers, count, offset, 0usize) }
}

/// `pwritev(2)`; at most [`IOV_MAX`] buffers.
///
/// # Safety
/// Every buffer must be readable for its length.
#[inline]
pub unsafe fn pwritev(fd: i32, buffers: *const IoVec, count: usize, offset: u64) -> Result<usize> {
    // SAFETY: the caller's promise; the high half of the offset is ignored on 64-bit kernels.
    unsafe { syscall!(PWRITEV, fd, buffers, count, offset, 0usize) }
}

/// `lseek(2)`: moves the file position and returns it.
#[inline]
pub fn lseek(fd: i32, offset: i64, whence: i32) -> Result<u64> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(LSEEK, fd, offset, whence) }.map(|position| position as u64)
}

/// `close(2)`. Never repeated: the descriptor is gone even after `EINTR`.
#[inline]
pub fn close(fd: i32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(CLOSE, fd) }.map(drop)
}

/// `close_range(2)` (Linux 5.9).
#[inline]
pub fn close_range(first: u32, last: u32, flags: u32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(CLOSE_RANGE, first, last, flags) }.map(drop)
}

/// `dup(2)`.
#[inline]
pub fn dup(fd: i32) -> Result<i32> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(DUP, fd) }.map(|fd| fd as i32)
}

/// `dup2(2)`: equal descriptors are left alone.
#[inline]
pub fn dup2(from: i32, to: i32) -> Result<i32> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(DUP2, from, to) }.map(|fd| fd as i32)
}

/// `dup3(2)`: equal descriptors are an error.
#[inline]
pub fn dup3(from: i32, to: i32, flags: i32) -> Result<i32> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(DUP3, from, to, flags) }.map(|fd| fd as i32)
}

/// `fcntl(2)` with a number as argument.
#[inline]
pub fn fcntl(fd: i32, command: i32, argument: i32) -> Result<i32> {
    // SAFETY: the commands that take numbers touch no memory; those that take pointers fault on small numbers.
    unsafe { syscall!(FCNTL, fd, command, argument) }.map(|value| value as i32)
}

/// A close-on-exec duplicate whose number is at least `lowest`.
#[inline]
pub fn dup_cloexec(fd: i32, lowest: i32) -> Result<i32> {
    fcntl(fd, F_DUPFD_CLOEXEC, lowest)
}

/// `ioctl(2)`.
///
/// # Safety
/// `argument` must be what `request` takes.
#[inline]
pub unsafe fn ioctl(fd: i32, request: usize, argument: usize) -> Result<usize> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(IOCTL, fd, request, argument) }
}

/// Sets or clears non-blocking mode by `FIONBIO`.
#[inline]
pub fn set_nonblocking(fd: i32, nonblocking: bool) -> Result<()> {
    let flag = i32::from(nonblocking);
    // SAFETY: FIONBIO reads one int.
    unsafe { ioctl(fd, FIONBIO, &raw const flag as usize) }.map(drop)
}

/// Whether the descriptor is a terminal (`TCGETS` succeeds).
#[inline]
pub fn is_terminal(fd: i32) -> bool {
    let mut termios = [0u32; 16];
    // SAFETY: TCGETS writes the kernel's termios, 36 bytes.
    unsafe { ioctl(fd, TCGETS, termios.as_mut_ptr() as usize) }.is_ok()
}

/// `pipe2(2)`: reading end, writing end.
#[inline]
pub fn pipe2(flags: i32) -> Result<(i32, i32)> {
    let mut ends = [0i32; 2];
    // SAFETY: two ints are written.
    unsafe { syscall!(PIPE2, ends.as_mut_ptr(), flags) }?;
    Ok((ends[0], ends[1]))
}

/// `poll(2)`: waits up to `timeout_ms` (negative: for ever); returns how many entries are ready.
#[inline]
pub fn poll(entries: &mut [PollFd], timeout_ms: i32) -> Result<usize> {
    // SAFETY: the entries are writable.
    unsafe { syscall!(POLL, entries.as_mut_ptr(), entries.len(), timeout_ms) }
}

/// `ppoll(2)` without a signal mask; the kernel may write the rest of the time into `timeout`.
#[inline]
pub fn ppoll(entries: &mut [PollFd], timeout: Option<&mut Timespec>) -> Result<usize> {
    let timeout = timeout.map_or(core::ptr::null_mut(), |time| time as *mut Timespec);
    // SAFETY: entries and timeout are writable or null.
    unsafe { syscall!(PPOLL, entries.as_mut_ptr(), entries.len(), timeout, 0usize, 8usize) }
}

/// `sendfile(2)`; a given offset is read and advanced instead of the input's position.
#[inline]
pub fn sendfile(output: i32, input: i32, offset: Option<&mut i64>, count: usize) -> Result<usize> {
    // SAFETY: the offset is writable or null.
    unsafe { syscall!(SENDFILE, output, input, pointer_to(offset), count) }
}

/// `splice(2)`.
#[inline]
pub fn splice(
    input: i32,
    input_offset: Option<&mut i64>,
    output: i32,
    output_offset: Option<&mut i64>,
    length: usize,
    flags: u32,
) -> Result<usize> {
    // SAFETY: the offsets are writable or null.
    unsafe { syscall!(SPLICE, input, pointer_to(input_offset), output, pointer_to(output_offset), length, flags) }
}

/// `copy_file_range(2)`.
#[inline]
pub fn copy_file_range(
    input: i32,
    input_offset: Option<&mut i64>,
    output: i32,
    output_offset: Option<&mut i64>,
    length: usize,
) -> Result<usize> {
    let (from, to) = (pointer_to(input_offset), pointer_to(output_offset));
    // SAFETY: the offsets are writable or null.
    unsafe { syscall!(COPY_FILE_RANGE, input, from, output, to, length, 0u32) }
}

/// `eventfd2(2)`.
#[inline]
pub fn eventfd(initial: u32, flags: i32) -> Result<i32> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(EVENTFD2, initial, flags) }.map(|fd| fd as i32)
}

/// `epoll_create1(2)`.
#[inline]
pub fn epoll_create(flags: i32) -> Result<i32> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(EPOLL_CREATE1, flags) }.map(|fd| fd as i32)
}

/// `epoll_ctl(2)`.
#[inline]
pub fn epoll_ctl(epoll: i32, operation: i32, fd: i32, event: &mut EpollEvent) -> Result<()> {
    // SAFETY: the event is readable.
    unsafe { syscall!(EPOLL_CTL, epoll, operation, fd, event as *mut EpollEvent) }.map(drop)
}

/// `epoll_wait(2)`.
#[inline]
pub fn epoll_wait(epoll: i32, events: &mut [EpollEvent], timeout_ms: i32) -> Result<usize> {
    // SAFETY: the events are writable.
    unsafe { syscall!(EPOLL_WAIT, epoll, events.as_mut_ptr(), events.len(), timeout_ms) }
}

fn pointer_to(offset: Option<&mut i64>) -> *mut i64 {
    offset.map_or(core::ptr::null_mut(), |offset| offset as *mut i64)
}
