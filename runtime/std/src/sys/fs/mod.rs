//! Files by path and by descriptor: one function per thing that std's `fs` does, with the kernel's fallbacks.

mod attributes;
mod canonicalize;
mod current_dir;
mod dir_reader;
mod remove_dir_all;

pub(crate) use attributes::{Attributes, attributes, attributes_at, attributes_of};
pub(crate) use canonicalize::canonicalize;
pub(crate) use current_dir::getcwd;
pub(crate) use dir_reader::DirReader;
pub(crate) use remove_dir_all::remove_dir_all;

use crate::ffi::{CStr, CString, OsStr, OsString};
use crate::io::{Error, ErrorKind, Result, const_error};
use crate::os::fd::OwnedFd;
use crate::path::{Path, PathBuf};
use fullrust_sys::fs as kernel;
use fullrust_sys::time::Timespec;

pub(crate) use kernel::{
    AT_FDCWD, AT_SYMLINK_NOFOLLOW, DT_UNKNOWN, LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN, O_ACCMODE, O_APPEND, O_CLOEXEC,
    O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO,
    S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK,
};

/// Paths up to this length are copied to the stack to get their NUL.
const SHORT_PATH: usize = 384;

pub(crate) const NUL_IN_PATH: Error =
    const_error!(ErrorKind::InvalidInput, "file name contained an unexpected NUL byte");

/// Calls `f` with the path as a C string.
#[inline]
pub(crate) fn with_c_path<T>(path: &Path, f: impl FnOnce(&CStr) -> Result<T>) -> Result<T> {
    with_c_bytes(path.as_os_str().as_encoded_bytes(), f)
}

#[inline]
pub(crate) fn with_c_bytes<T>(bytes: &[u8], f: impl FnOnce(&CStr) -> Result<T>) -> Result<T> {
    if bytes.len() >= SHORT_PATH {
        return f(&CString::new(bytes).map_err(|_| NUL_IN_PATH)?);
    }
    let mut copy = [0u8; SHORT_PATH];
    copy[..bytes.len()].copy_from_slice(bytes);
    f(CStr::from_bytes_with_nul(&copy[..bytes.len() + 1]).map_err(|_| NUL_IN_PATH)?)
}

/// A point in time as file systems have it: seconds since 1970, nanoseconds within the second.
pub(crate) type FileTime = (i64, u32);

/// Opens below a directory; always close-on-exec.
pub(crate) fn open_at(dir: i32, path: &CStr, flags: i32, mode: u32) -> Result<OwnedFd> {
    super::io::retry(|| kernel::openat(dir, path, flags | O_CLOEXEC, mode)).map(super::fd::own)
}

/// Opens a path; always close-on-exec.
pub(crate) fn open(path: &Path, flags: i32, mode: u32) -> Result<OwnedFd> {
    with_c_path(path, |path| open_at(AT_FDCWD, path, flags, mode))
}

/// Moves the position of an open file.
pub(crate) fn seek(fd: i32, pos: crate::io::SeekFrom) -> Result<u64> {
    use crate::io::SeekFrom;
    use fullrust_sys::io::{SEEK_CUR, SEEK_END, SEEK_SET, lseek};
    let (offset, whence) = match pos {
        SeekFrom::Start(offset) => (offset as i64, SEEK_SET),
        SeekFrom::End(offset) => (offset, SEEK_END),
        SeekFrom::Current(offset) => (offset, SEEK_CUR),
    };
    Ok(lseek(fd, offset, whence)?)
}

pub(crate) fn sync_all(fd: i32) -> Result<()> {
    super::io::retry(|| kernel::fsync(fd))
}

pub(crate) fn sync_data(fd: i32) -> Result<()> {
    super::io::retry(|| kernel::fdatasync(fd))
}

pub(crate) fn truncate(fd: i32, size: u64) -> Result<()> {
    let size = i64::try_from(size).map_err(|error| Error::new(ErrorKind::InvalidInput, error))?;
    super::io::retry(|| kernel::ftruncate(fd, size as u64))
}

/// Takes, tries or gives back the lock of an open file. Waiting for one ends with a signal, as under the real std.
pub(crate) fn flock(fd: i32, operation: i32) -> Result<()> {
    Ok(kernel::flock(fd, operation)?)
}

pub(crate) fn set_mode_of(fd: i32, mode: u32) -> Result<()> {
    super::io::retry(|| kernel::fchmod(fd, mode))
}

pub(crate) fn set_mode(path: &Path, mode: u32) -> Result<()> {
    with_c_path(path, |path| super::io::retry(|| kernel::fchmodat(AT_FDCWD, path, mode)))
}

/// Sets access and modification time; `None` leaves one as it is.
pub(crate) fn set_times_of(fd: i32, accessed: Option<FileTime>, modified: Option<FileTime>) -> Result<()> {
    let time = |time: Option<FileTime>| match time {
        Some((tv_sec, nanos)) => Timespec { tv_sec, tv_nsec: i64::from(nanos) },
        None => Timespec { tv_sec: 0, tv_nsec: kernel::UTIME_OMIT },
    };
    Ok(kernel::futimens(fd, &[time(accessed), time(modified)])?)
}

pub(crate) fn make_dir(path: &Path, mode: u32) -> Result<()> {
    with_c_path(path, |path| Ok(kernel::mkdirat(AT_FDCWD, path, mode)?))
}

pub(crate) fn remove_file(path: &Path) -> Result<()> {
    with_c_path(path, |path| Ok(kernel::unlinkat(AT_FDCWD, path, 0)?))
}

pub(crate) fn remove_dir(path: &Path) -> Result<()> {
    with_c_path(path, |path| Ok(kernel::unlinkat(AT_FDCWD, path, kernel::AT_REMOVEDIR)?))
}

pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    with_c_path(from, |from| with_c_path(to, |to| Ok(kernel::renameat(AT_FDCWD, from, AT_FDCWD, to)?)))
}

pub(crate) fn hard_link(original: &Path, link: &Path) -> Result<()> {
    with_c_path(original, |original| {
        with_c_path(link, |link| Ok(kernel::linkat(AT_FDCWD, original, AT_FDCWD, link, 0)?))
    })
}

pub(crate) fn symlink(original: &Path, link: &Path) -> Result<()> {
    with_c_path(original, |original| with_c_path(link, |link| Ok(kernel::symlinkat(original, AT_FDCWD, link)?)))
}

/// What a link says, however long.
pub(crate) fn read_link(path: &Path) -> Result<PathBuf> {
    with_c_path(path, |path| {
        let mut text = vec![0u8; 256];
        loop {
            let length = kernel::readlinkat(AT_FDCWD, path, &mut text)?;
            if length < text.len() {
                text.truncate(length);
                text.shrink_to_fit();
                return Ok(PathBuf::from(OsString { inner: text }));
            }
            text.resize(text.len() * 2, 0);
        }
    })
}

pub(crate) fn chdir(path: &Path) -> Result<()> {
    with_c_path(path, |path| Ok(kernel::chdir(path)?))
}

pub(crate) fn chroot(path: &Path) -> Result<()> {
    with_c_path(path, |path| Ok(kernel::chroot(path)?))
}

/// An id of `None` stays as it is.
pub(crate) fn chown(path: &Path, uid: Option<u32>, gid: Option<u32>, follow: bool) -> Result<()> {
    let flags = if follow { 0 } else { AT_SYMLINK_NOFOLLOW };
    let (uid, gid) = (uid.unwrap_or(u32::MAX), gid.unwrap_or(u32::MAX));
    with_c_path(path, |path| Ok(kernel::fchownat(AT_FDCWD, path, uid, gid, flags)?))
}

pub(crate) fn chown_of(fd: i32, uid: Option<u32>, gid: Option<u32>) -> Result<()> {
    Ok(kernel::fchown(fd, uid.unwrap_or(u32::MAX), gid.unwrap_or(u32::MAX))?)
}

/// The access mode that an open descriptor was opened with.
pub(crate) fn access_mode(fd: i32) -> Option<i32> {
    fullrust_sys::io::fcntl(fd, fullrust_sys::io::F_GETFL, 0).ok().map(|flags| flags & O_ACCMODE)
}

/// A file name of a directory entry.
pub(crate) fn name_of(entry: &CStr) -> &OsStr {
    super::os_str::os_str(entry.to_bytes())
}
