//! The entries of a directory, as `getdents64` gives them.

use super::kernel;
use crate::ffi::{CStr, CString};
use crate::io::Result;
use crate::os::fd::{AsRawFd, OwnedFd};
use fullrust_sys::Errno;

/// A directory entry as the kernel gave it.
pub(crate) struct RawEntry {
    pub(crate) ino: u64,
    /// A `DT_` value, [`DT_UNKNOWN`] where the file system does not say.
    pub(crate) kind: u8,
    pub(crate) name: CString,
}

/// Reads the entries of an open directory, without `.` and `..`.
pub(crate) struct DirReader {
    fd: OwnedFd,
    buffer: Box<[u8]>,
    next: usize,
    filled: usize,
    ended: bool,
}

impl DirReader {
    pub(crate) fn new(fd: OwnedFd) -> Self {
        DirReader { fd, buffer: vec![0; 32 * 1024].into_boxed_slice(), next: 0, filled: 0, ended: false }
    }

    pub(crate) fn fd(&self) -> i32 {
        self.fd.as_raw_fd()
    }

    pub(crate) fn into_fd(self) -> OwnedFd {
        self.fd
    }

    /// Parses the entry at the read position; its record ends where the next one starts.
    fn parse(&mut self) -> RawEntry {
        let record = &self.buffer[self.next..self.filled];
        let word = |at: usize| u64::from_ne_bytes(*record[at..].first_chunk().expect("whole entries"));
        let length = usize::from(u16::from_ne_bytes([record[16], record[17]]));
        let name = CStr::from_bytes_until_nul(&record[kernel::DIRENT64_NAME..length]).expect("names end with NUL");
        let entry = RawEntry { ino: word(0), kind: record[18], name: name.to_owned() };
        self.next += length;
        entry
    }
}

impl Iterator for DirReader {
    type Item = Result<RawEntry>;

    fn next(&mut self) -> Option<Result<RawEntry>> {
        while !self.ended {
            if self.next == self.filled {
                match kernel::getdents64(self.fd(), &mut self.buffer) {
                    Ok(filled) => (self.next, self.filled, self.ended) = (0, filled, filled == 0),
                    // The directory was removed while it was read.
                    Err(Errno::ENOENT) => self.ended = true,
                    Err(errno) => {
                        self.ended = true;
                        return Some(Err(errno.into()));
                    }
                }
                continue;
            }
            let entry = self.parse();
            if !matches!(entry.name.to_bytes(), b"." | b"..") {
                return Some(Ok(entry));
            }
        }
        None
    }
}
