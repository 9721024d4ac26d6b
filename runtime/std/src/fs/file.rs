//! Open files.

use super::{File, FileTimes, Metadata, OpenOptions, Permissions, TryLockError};
use crate::io::pipe::owned_fd_wrapper;
use crate::io::{self, ErrorKind, IoSlice, IoSliceMut, Read, Seek, SeekFrom, Write};
use crate::os::fd::{AsFd, AsRawFd, BorrowedFd, IntoRawFd, OwnedFd, RawFd};
use crate::path::Path;
use crate::sync::Arc;
use crate::sys::copy::Endpoint;
use crate::sys::fs as sys;
use crate::time::SystemTime;
use crate::{error, fmt};

owned_fd_wrapper!(File);
crate::sys::fd::from_raw_fd!(File);

impl error::Error for TryLockError {}

impl fmt::Debug for TryLockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TryLockError::Error(error) => error.fmt(f),
            TryLockError::WouldBlock => "WouldBlock".fmt(f),
        }
    }
}

impl fmt::Display for TryLockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TryLockError::Error(_) => f.pad("lock acquisition failed due to I/O error"),
            TryLockError::WouldBlock => f.pad("lock acquisition failed because the operation would block"),
        }
    }
}

impl From<TryLockError> for io::Error {
    fn from(error: TryLockError) -> io::Error {
        match error {
            TryLockError::Error(error) => error,
            TryLockError::WouldBlock => ErrorKind::WouldBlock.into(),
        }
    }
}

impl File {
    /// Opens for reading.
    pub fn open<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().read(true).open(path.as_ref())
    }

    /// Makes or empties a file for writing.
    pub fn create<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().write(true).create(true).truncate(true).open(path.as_ref())
    }

    /// Makes a file that is not there yet, for reading and writing.
    pub fn create_new<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).create_new(true).open(path.as_ref())
    }

    /// Choices for opening.
    #[must_use]
    pub fn options() -> OpenOptions {
        OpenOptions::new()
    }

    /// Waits until content and metadata are on the disk.
    pub fn sync_all(&self) -> io::Result<()> {
        sys::sync_all(self.as_raw_fd())
    }

    /// Waits until the content is on the disk.
    pub fn sync_data(&self) -> io::Result<()> {
        sys::sync_data(self.as_raw_fd())
    }

    /// Takes the exclusive lock.
    pub fn lock(&self) -> io::Result<()> {
        sys::flock(self.as_raw_fd(), sys::LOCK_EX)
    }

    /// Takes a shared lock.
    pub fn lock_shared(&self) -> io::Result<()> {
        sys::flock(self.as_raw_fd(), sys::LOCK_SH)
    }

    /// Takes the exclusive lock if nobody holds one.
    pub fn try_lock(&self) -> Result<(), TryLockError> {
        self.try_flock(sys::LOCK_EX)
    }

    /// Takes a shared lock if nobody holds the exclusive one.
    pub fn try_lock_shared(&self) -> Result<(), TryLockError> {
        self.try_flock(sys::LOCK_SH)
    }

    fn try_flock(&self, operation: i32) -> Result<(), TryLockError> {
        sys::flock(self.as_raw_fd(), operation | sys::LOCK_NB).map_err(|error| match error.kind() {
            ErrorKind::WouldBlock => TryLockError::WouldBlock,
            _ => TryLockError::Error(error),
        })
    }

    /// Gives the lock back.
    pub fn unlock(&self) -> io::Result<()> {
        sys::flock(self.as_raw_fd(), sys::LOCK_UN)
    }

    /// Cuts the file or fills it up with zeros.
    pub fn set_len(&self, size: u64) -> io::Result<()> {
        sys::truncate(self.as_raw_fd(), size)
    }

    /// What is known about the file.
    pub fn metadata(&self) -> io::Result<Metadata> {
        sys::attributes_of(self.as_raw_fd()).map(Metadata)
    }

    /// A second handle of the same open file.
    pub fn try_clone(&self) -> io::Result<File> {
        self.0.try_clone().map(File)
    }

    /// Changes the permissions.
    pub fn set_permissions(&self, perm: Permissions) -> io::Result<()> {
        sys::set_mode_of(self.as_raw_fd(), perm.bits())
    }

    /// Changes the times.
    pub fn set_times(&self, times: FileTimes) -> io::Result<()> {
        let (accessed, modified) = times.as_file_times()?;
        sys::set_times_of(self.as_raw_fd(), accessed, modified)
    }

    /// Changes the time of the last modification.
    pub fn set_modified(&self, time: SystemTime) -> io::Result<()> {
        self.set_times(FileTimes::new().set_modified(time))
    }

    /// Appends the content of a file that nobody has read from yet, so that its position need not be asked, and takes no more
    /// room than it needs.
    pub(super) fn read_from_start(&self, buf: &mut Vec<u8>) -> io::Result<usize> {
        let size = self.metadata().ok().and_then(|metadata| usize::try_from(metadata.len()).ok());
        buf.try_reserve_exact(size.unwrap_or(0))?;
        crate::sys::io::read_to_end(self.as_raw_fd(), buf, size)
    }

    /// How much is left to read, where that is known.
    fn size_hint(&self) -> Option<usize> {
        let size = self.metadata().ok()?.len();
        let position = sys::seek(self.as_raw_fd(), SeekFrom::Current(0)).ok()?;
        usize::try_from(size.saturating_sub(position)).ok()
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fd = self.as_raw_fd();
        let mut shown = f.debug_struct("File");
        shown.field("fd", &fd);
        if let Ok(path) = sys::read_link(Path::new(&format!("/proc/self/fd/{fd}"))) {
            shown.field("path", &path);
        }
        if let Some(mode) = sys::access_mode(fd) {
            shown.field("read", &(mode != sys::O_WRONLY)).field("write", &(mode != sys::O_RDONLY));
        }
        shown.finish()
    }
}

impl Read for &File {
    #[inline]
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        crate::sys::io::read(self.as_raw_fd(), buf)
    }

    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> io::Result<usize> {
        crate::sys::io::read_vectored(self.as_raw_fd(), bufs)
    }

    #[inline]
    fn __is_read_vectored(&self) -> bool {
        true
    }

    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> io::Result<usize> {
        crate::sys::io::read_to_end(self.as_raw_fd(), buf, self.size_hint())
    }

    fn __kernel_source(&mut self) -> Option<Endpoint> {
        Some(Endpoint::new(self.as_raw_fd()))
    }
}

impl Write for &File {
    #[inline]
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        crate::sys::io::write(self.as_raw_fd(), buf)
    }

    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> io::Result<usize> {
        crate::sys::io::write_vectored(self.as_raw_fd(), bufs)
    }

    #[inline]
    fn __is_write_vectored(&self) -> bool {
        true
    }

    #[inline]
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn __kernel_target(&mut self) -> Option<Endpoint> {
        Some(Endpoint::new(self.as_raw_fd()))
    }
}

impl Seek for &File {
    fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
        sys::seek(self.as_raw_fd(), pos)
    }
}

/// The same for owners of a file, by way of `&File`.
macro_rules! through_reference {
    ($($ty:ty, $this:ident => $file:expr;)*) => {$(
        impl Read for $ty {
            #[inline]
            fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
                let $this = self;
                Read::read(&mut $file, buf)
            }
            fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> io::Result<usize> {
                let $this = self;
                Read::read_vectored(&mut $file, bufs)
            }
            #[inline]
            fn __is_read_vectored(&self) -> bool {
                true
            }
            fn read_to_end(&mut self, buf: &mut Vec<u8>) -> io::Result<usize> {
                let $this = self;
                Read::read_to_end(&mut $file, buf)
            }
            fn __kernel_source(&mut self) -> Option<Endpoint> {
                let $this = self;
                Read::__kernel_source(&mut $file)
            }
        }

        impl Write for $ty {
            #[inline]
            fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
                let $this = self;
                Write::write(&mut $file, buf)
            }
            fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> io::Result<usize> {
                let $this = self;
                Write::write_vectored(&mut $file, bufs)
            }
            #[inline]
            fn __is_write_vectored(&self) -> bool {
                true
            }
            #[inline]
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
            fn __kernel_target(&mut self) -> Option<Endpoint> {
                let $this = self;
                Write::__kernel_target(&mut $file)
            }
        }

        impl Seek for $ty {
            fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
                let $this = self;
                Seek::seek(&mut $file, pos)
            }
        }
    )*};
}

through_reference! {
    File, file => &*file;
    Arc<File>, file => &**file;
}
