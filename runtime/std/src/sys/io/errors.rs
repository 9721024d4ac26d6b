//! Error numbers of the kernel: as `io::Error`, as categories, as text.

use crate::io::{Error, ErrorKind};
use core::cell::Cell;
use core::fmt;
use fullrust_sys::Errno;

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
