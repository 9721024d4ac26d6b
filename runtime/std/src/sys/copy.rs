//! Copying between descriptors inside the kernel: `copy_file_range`, `splice`, `sendfile`.

use crate::io::Result;
use fullrust_sys::{Errno, fs, io as kernel};

/// What a descriptor is, as far as it decides which call can copy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Regular,
    Pipe,
    Socket,
    Other,
}

/// One side of a copy.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Endpoint {
    fd: i32,
    limit: u64,
}

/// How far the kernel came.
pub(crate) enum Outcome {
    /// The source has ended, or the limit is reached.
    Done(u64),
    /// So many bytes were copied; the rest has to go through memory.
    Partly(u64),
}

/// The most bytes that one call is asked for: large, but a multiple of the page size.
const STEP: u64 = 0x7fff_f000;

impl Endpoint {
    #[inline]
    pub(crate) fn new(fd: i32) -> Self {
        Endpoint { fd, limit: u64::MAX }
    }

    #[inline]
    pub(crate) fn limited(self, limit: u64) -> Self {
        Endpoint { limit: limit.min(self.limit), ..self }
    }

    fn kind(self) -> Kind {
        match fs::fstat(self.fd).map(|stat| stat.st_mode & fs::S_IFMT) {
            Ok(fs::S_IFREG) => Kind::Regular,
            Ok(fs::S_IFIFO) => Kind::Pipe,
            Ok(fs::S_IFSOCK) => Kind::Socket,
            _ => Kind::Other,
        }
    }
}

/// Copies as much as the kernel can do by itself.
pub(crate) fn copy(source: Endpoint, target: Endpoint) -> Result<Outcome> {
    let (from, to) = (source.kind(), target.kind());
    let mut copied = 0;
    if from == Kind::Regular && to == Kind::Regular {
        match repeat(source, &mut copied, |n| kernel::copy_file_range(source.fd, None, target.fd, None, n))? {
            // Files of /proc claim to be empty: only reading tells.
            End::Eof if copied > 0 => return Ok(Outcome::Done(copied)),
            End::Limit => return Ok(Outcome::Done(copied)),
            End::Eof | End::Refused => {}
        }
    }
    if from == Kind::Pipe || to == Kind::Pipe {
        match repeat(source, &mut copied, |n| kernel::splice(source.fd, None, target.fd, None, n, 0))? {
            End::Eof | End::Limit => return Ok(Outcome::Done(copied)),
            End::Refused => {}
        }
    } else if from == Kind::Regular && (to == Kind::Regular || to == Kind::Socket) {
        match repeat(source, &mut copied, |n| kernel::sendfile(target.fd, source.fd, None, n))? {
            End::Eof if copied > 0 => return Ok(Outcome::Done(copied)),
            End::Limit => return Ok(Outcome::Done(copied)),
            End::Eof | End::Refused => {}
        }
    }
    Ok(Outcome::Partly(copied))
}

enum End {
    Eof,
    Limit,
    Refused,
}

fn repeat(
    source: Endpoint,
    copied: &mut u64,
    mut call: impl FnMut(usize) -> fullrust_sys::Result<usize>,
) -> Result<End> {
    loop {
        let left = source.limit - *copied;
        if left == 0 {
            return Ok(End::Limit);
        }
        match call(left.min(STEP) as usize) {
            Ok(0) => return Ok(End::Eof),
            Ok(n) => *copied += n as u64,
            Err(Errno::EINTR) => {}
            Err(errno) if is_refusal(errno) => return Ok(End::Refused),
            Err(errno) => return Err(errno.into()),
        }
    }
}

/// Errors that mean "not this way", not "not at all". An output opened for appending gives EBADF with
/// `copy_file_range` and EINVAL with the others; sandboxes answer EPERM.
fn is_refusal(errno: Errno) -> bool {
    matches!(
        errno,
        Errno::ENOSYS
            | Errno::EXDEV
            | Errno::EINVAL
            | Errno::EPERM
            | Errno::EOPNOTSUPP
            | Errno::EBADF
            | Errno::EOVERFLOW
            | Errno::EISDIR
            | Errno::ETXTBSY
            | Errno::EIO
    )
}
