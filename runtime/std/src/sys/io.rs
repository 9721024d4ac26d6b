//! Errors of the kernel as `io::Error`, vectored buffers, and the read and write calls on descriptors.

use crate::io::{Error, ErrorKind, IoSlice, IoSliceMut, Result};
use core::cell::Cell;
use core::fmt;
use core::marker::PhantomData;
use core::slice;
use fullrust_sys::Errno;
use fullrust_sys::io as kernel;

/// The kernel takes at most this many bytes in one call anyway (`MAX_RW_COUNT`); longer requests are cut.
const MOST_BYTES: usize = isize::MAX as usize;

#[thread_local]
static LAST_ERROR: Cell<i32> = Cell::new(0);

/// The number of the last failed call of this thread.
pub(crate) fn last_error_number() -> i32 {
    LAST_ERROR.get()
}

impl From<Errno> for Error {
    #[inline]
    fn from(errno: Errno) -> Error {
        LAST_ERROR.set(errno.raw());
        Error::from_raw_os_error(errno.raw())
    }
}

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

#[inline]
pub(crate) fn is_interrupted(code: i32) -> bool {
    code == Errno::EINTR.raw()
}

/// The usual English text of an error number.
pub(crate) struct ErrorText(pub(crate) i32);

impl fmt::Display for ErrorText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("Success"),
            code => fmt::Display::fmt(&Errno::from_raw(code), f),
        }
    }
}

impl fmt::Debug for ErrorText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// The texts of the numbers that writing to a terminal, file, pipe or socket can fail with (`write(2)`, `send(2)`).
#[optimize(size)]
pub(crate) fn write_error_text(code: i32) -> &'static str {
    macro_rules! texts {
        ($($name:ident),*) => {
            [$((Errno::$name.raw() as u8, Errno::$name.message().expect("has a text"))),*]
        };
    }
    const TEXTS: [(u8, &str); 14] = texts!(
        EPIPE, ENOSPC, EIO, EAGAIN, EFBIG, EDQUOT, EINVAL, EPERM, EACCES, ENXIO, ENOBUFS, ENOMEM, ECONNRESET, ENOTCONN
    );
    const LENGTH: usize = {
        let (mut index, mut length) = (0, 0);
        while index < TEXTS.len() {
            length += 2 + TEXTS[index].1.len();
            index += 1;
        }
        length
    };
    /// Number, length and text of each: half as large as a table of pairs.
    static PACKED: [u8; LENGTH] = {
        let (mut packed, mut index, mut at) = ([0; LENGTH], 0, 0);
        while index < TEXTS.len() {
            let (number, text) = TEXTS[index];
            let (head, tail) = packed.split_at_mut(at + 2);
            [head[at], head[at + 1]] = [number, text.len() as u8];
            tail.split_at_mut(text.len()).0.copy_from_slice(text.as_bytes());
            at += 2 + text.len();
            index += 1;
        }
        packed
    };
    let mut rest = PACKED.as_slice();
    while let [number, length, tail @ ..] = rest {
        let Some((text, tail)) = tail.split_at_checked(usize::from(*length)) else { break };
        if i32::from(*number) == code {
            // SAFETY: whole texts were packed.
            return unsafe { core::str::from_utf8_unchecked(text) };
        }
        rest = tail;
    }
    "Unknown error"
}

/// Room for the digits of a number.
pub(crate) type Digits = [core::mem::MaybeUninit<u8>; 10];

/// A number as text, written into the end of `digits`.
#[inline(never)]
#[optimize(size)]
pub(crate) fn decimal(mut number: u32, digits: &mut Digits) -> &str {
    let end = digits.as_mut_ptr_range().end.cast::<u8>();
    let mut length = 0;
    loop {
        length += 1;
        // SAFETY: ten digits are enough for the largest number.
        unsafe { end.sub(length).write(b'0' + (number % 10) as u8) };
        number /= 10;
        if number == 0 {
            break;
        }
    }
    // SAFETY: these bytes were written, and are digits.
    unsafe { core::str::from_utf8_unchecked(core::slice::from_raw_parts(end.sub(length), length)) }
}

/// The category of each error number; every number that is not listed has none.
pub(crate) fn decode_error_kind(code: i32) -> ErrorKind {
    use ErrorKind::*;
    match Errno::from_raw(code) {
        Errno::E2BIG => ArgumentListTooLong,
        Errno::EACCES | Errno::EPERM => PermissionDenied,
        Errno::EADDRINUSE => AddrInUse,
        Errno::EADDRNOTAVAIL => AddrNotAvailable,
        Errno::EAGAIN => WouldBlock,
        Errno::EBUSY => ResourceBusy,
        Errno::ECONNABORTED => ConnectionAborted,
        Errno::ECONNREFUSED => ConnectionRefused,
        Errno::ECONNRESET => ConnectionReset,
        Errno::EDEADLK => Deadlock,
        Errno::EDQUOT => QuotaExceeded,
        Errno::EEXIST => AlreadyExists,
        Errno::EFBIG => FileTooLarge,
        Errno::EHOSTUNREACH => HostUnreachable,
        Errno::EINPROGRESS => InProgress,
        Errno::EINTR => Interrupted,
        Errno::EINVAL => InvalidInput,
        Errno::EISDIR => IsADirectory,
        Errno::ELOOP => FilesystemLoop,
        Errno::EMLINK => TooManyLinks,
        Errno::ENAMETOOLONG => InvalidFilename,
        Errno::ENETDOWN => NetworkDown,
        Errno::ENETUNREACH => NetworkUnreachable,
        Errno::ENOENT => NotFound,
        Errno::ENOMEM => OutOfMemory,
        Errno::ENOSPC => StorageFull,
        Errno::ENOSYS | Errno::EOPNOTSUPP => Unsupported,
        Errno::ENOTCONN => NotConnected,
        Errno::ENOTDIR => NotADirectory,
        Errno::ENOTEMPTY => DirectoryNotEmpty,
        Errno::EPIPE => BrokenPipe,
        Errno::EROFS => ReadOnlyFilesystem,
        Errno::ESPIPE => NotSeekable,
        Errno::ESTALE => StaleNetworkFileHandle,
        Errno::ETIMEDOUT => TimedOut,
        Errno::ETXTBSY => ExecutableFileBusy,
        Errno::EXDEV => CrossesDevices,
        _ => Uncategorized,
    }
}

/// A readable buffer as the kernel describes it.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct IoVec<'a> {
    raw: kernel::IoVec,
    _bytes: PhantomData<&'a [u8]>,
}

/// A writable buffer as the kernel describes it.
#[repr(transparent)]
pub(crate) struct IoVecMut<'a> {
    raw: kernel::IoVec,
    _bytes: PhantomData<&'a mut [u8]>,
}

// SAFETY: an `IoVec` is a `&[u8]` in another layout.
unsafe impl Send for IoVec<'_> {}
// SAFETY: as above.
unsafe impl Sync for IoVec<'_> {}
// SAFETY: an `IoVecMut` is a `&mut [u8]` in another layout.
unsafe impl Send for IoVecMut<'_> {}
// SAFETY: as above.
unsafe impl Sync for IoVecMut<'_> {}

impl<'a> IoVec<'a> {
    #[inline]
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        IoVec { raw: kernel::IoVec { base: bytes.as_ptr().cast_mut(), len: bytes.len() }, _bytes: PhantomData }
    }

    #[inline]
    pub(crate) fn advance(&mut self, n: usize) {
        debug_assert!(n <= self.raw.len);
        self.raw = kernel::IoVec { base: self.raw.base.wrapping_add(n), len: self.raw.len - n };
    }

    #[inline]
    pub(crate) const fn as_slice(&self) -> &'a [u8] {
        // SAFETY: pointer and length come from a `&'a [u8]`, shortened at the front at most.
        unsafe { slice::from_raw_parts(self.raw.base, self.raw.len) }
    }
}

impl<'a> IoVecMut<'a> {
    #[inline]
    pub(crate) fn new(bytes: &'a mut [u8]) -> Self {
        IoVecMut { raw: kernel::IoVec { base: bytes.as_mut_ptr(), len: bytes.len() }, _bytes: PhantomData }
    }

    #[inline]
    pub(crate) fn advance(&mut self, n: usize) {
        debug_assert!(n <= self.raw.len);
        self.raw = kernel::IoVec { base: self.raw.base.wrapping_add(n), len: self.raw.len - n };
    }

    #[inline]
    pub(crate) const fn as_slice(&self) -> &[u8] {
        // SAFETY: pointer and length come from a `&'a mut [u8]`, shortened at the front at most.
        unsafe { slice::from_raw_parts(self.raw.base, self.raw.len) }
    }

    #[inline]
    pub(crate) const fn as_mut_slice(&mut self) -> &mut [u8] {
        // SAFETY: as in `as_slice`, and `self` is borrowed exclusively.
        unsafe { slice::from_raw_parts_mut(self.raw.base, self.raw.len) }
    }

    #[inline]
    pub(crate) const fn into_slice(self) -> &'a mut [u8] {
        // SAFETY: as in `as_slice`, and the exclusive borrow of `'a` is handed over.
        unsafe { slice::from_raw_parts_mut(self.raw.base, self.raw.len) }
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
