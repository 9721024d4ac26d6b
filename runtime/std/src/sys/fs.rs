//! Files by path and by descriptor: one function per thing that std's `fs` does, with the kernel's fallbacks.

use crate::ffi::{CStr, CString, OsStr, OsString};
use crate::io::{Error, ErrorKind, Result, const_error};
use crate::os::fd::{AsRawFd, OwnedFd};
use crate::path::{Path, PathBuf};
use core::sync::atomic::{AtomicBool, Ordering};
use fullrust_sys::time::Timespec;
use fullrust_sys::{Errno, fs as kernel};

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

/// What is known about a file.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Attributes {
    pub(crate) stat: kernel::Stat,
    /// `None` where the file system or the kernel keeps no birth time.
    pub(crate) created: Option<FileTime>,
    /// Whether the kernel could have said a birth time.
    pub(crate) has_statx: bool,
}

/// A device number as C libraries pack it (`makedev(3)`).
fn device(major: u32, minor: u32) -> u64 {
    let (major, minor) = (u64::from(major), u64::from(minor));
    ((major & 0xffff_f000) << 32) | ((major & 0xfff) << 8) | ((minor & 0xffff_ff00) << 12) | (minor & 0xff)
}

impl From<kernel::Statx> for Attributes {
    fn from(statx: kernel::Statx) -> Self {
        let stat = kernel::Stat {
            st_dev: device(statx.stx_dev_major, statx.stx_dev_minor),
            st_ino: statx.stx_ino,
            st_nlink: u64::from(statx.stx_nlink),
            st_mode: u32::from(statx.stx_mode),
            st_uid: statx.stx_uid,
            st_gid: statx.stx_gid,
            st_rdev: device(statx.stx_rdev_major, statx.stx_rdev_minor),
            st_size: statx.stx_size as i64,
            st_blksize: i64::from(statx.stx_blksize),
            st_blocks: statx.stx_blocks as i64,
            st_atime: statx.stx_atime.tv_sec,
            st_atime_nsec: i64::from(statx.stx_atime.tv_nsec),
            st_mtime: statx.stx_mtime.tv_sec,
            st_mtime_nsec: i64::from(statx.stx_mtime.tv_nsec),
            st_ctime: statx.stx_ctime.tv_sec,
            st_ctime_nsec: i64::from(statx.stx_ctime.tv_nsec),
            ..kernel::Stat::default()
        };
        let has_birth_time = statx.stx_mask & kernel::STATX_BTIME != 0;
        let created = has_birth_time.then_some((statx.stx_btime.tv_sec, statx.stx_btime.tv_nsec));
        Attributes { stat, created, has_statx: true }
    }
}

impl From<kernel::Stat> for Attributes {
    fn from(stat: kernel::Stat) -> Self {
        Attributes { stat, created: None, has_statx: false }
    }
}

/// Set once a kernel (before 4.11) or a sandbox has refused `statx`.
static NO_STATX: AtomicBool = AtomicBool::new(false);

/// Attributes of `path` below `dir`; `flags` may say not to follow a link.
pub(crate) fn attributes_at(dir: i32, path: &CStr, flags: i32) -> Result<Attributes> {
    if !NO_STATX.load(Ordering::Relaxed) {
        match kernel::statx(dir, path, flags, kernel::STATX_BASIC_STATS | kernel::STATX_BTIME) {
            Ok(stat) => return Ok(stat.into()),
            Err(Errno::ENOSYS) => NO_STATX.store(true, Ordering::Relaxed),
            // A sandbox; if it is the file that is forbidden, the older call says so too.
            Err(Errno::EPERM) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
    Ok(kernel::fstatat(dir, path, flags)?.into())
}

/// Attributes of an open file.
pub(crate) fn attributes_of(fd: i32) -> Result<Attributes> {
    attributes_at(fd, c"", kernel::AT_EMPTY_PATH)
}

/// Attributes of a path.
pub(crate) fn attributes(path: &Path, follow: bool) -> Result<Attributes> {
    let flags = if follow { 0 } else { AT_SYMLINK_NOFOLLOW };
    with_c_path(path, |path| attributes_at(AT_FDCWD, path, flags))
}

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
    let size = i64::try_from(size)
        .map_err(|_| const_error!(ErrorKind::InvalidInput, "out of range integral type conversion attempted"))?;
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

pub(crate) fn getcwd() -> Result<PathBuf> {
    let mut text = vec![0u8; 512];
    loop {
        match kernel::getcwd(&mut text) {
            Ok(length) => {
                // The kernel counts the NUL.
                text.truncate(length.saturating_sub(1));
                text.shrink_to_fit();
                return Ok(PathBuf::from(OsString { inner: text }));
            }
            Err(Errno::ERANGE) => text.resize(text.len() * 2, 0),
            Err(errno) => return Err(errno.into()),
        }
    }
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

/// Removes a directory and everything in it. Links are removed, never followed: each level is opened relative to its
/// parent with `O_NOFOLLOW`, so nothing that is swapped in meanwhile leads out of the tree.
pub(crate) fn remove_dir_all(path: &Path) -> Result<()> {
    with_c_path(path, |path| {
        let attributes = attributes_at(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW)?;
        if attributes.stat.st_mode & S_IFMT == S_IFLNK {
            return Ok(kernel::unlinkat(AT_FDCWD, path, 0)?);
        }
        remove_tree(AT_FDCWD, path)
    })
}

fn remove_tree(parent: i32, name: &CStr) -> Result<()> {
    let dir = match open_at(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0) {
        Ok(dir) => dir,
        // Not a directory (any more), or a link: below the top level it is simply removed.
        Err(error) if parent != AT_FDCWD && is_no_directory(&error) => {
            return Ok(kernel::unlinkat(parent, name, 0)?);
        }
        Err(error) => return Err(error),
    };
    let mut entries = DirReader::new(dir);
    while let Some(entry) = entries.next() {
        let entry = entry?;
        let result = match entry.kind {
            kernel::DT_DIR | DT_UNKNOWN => remove_tree(entries.fd(), &entry.name),
            _ => kernel::unlinkat(entries.fd(), &entry.name, 0).map_err(Error::from),
        };
        ignore_not_found(result)?;
    }
    ignore_not_found(kernel::unlinkat(parent, name, kernel::AT_REMOVEDIR).map_err(Error::from))
}

fn is_no_directory(error: &Error) -> bool {
    matches!(error.raw_os_error().map(Errno::from_raw), Some(Errno::ENOTDIR | Errno::ELOOP))
}

/// Somebody else may remove the same things at the same time.
fn ignore_not_found(result: Result<()>) -> Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The absolute path without links, `.` and `..`, found without `/proc`.
pub(crate) fn canonicalize(path: &Path) -> Result<PathBuf> {
    /// As many links as the kernel itself follows.
    const MOST_LINKS: usize = 40;
    let bytes = path.as_os_str().as_encoded_bytes();
    if bytes.contains(&0) {
        return Err(NUL_IN_PATH);
    }
    if bytes.is_empty() {
        return Err(Errno::ENOENT.into());
    }
    let mut resolved = if path.is_absolute() { PathBuf::from("/") } else { getcwd()? };
    // What is still to be walked, last part first.
    let mut pending: Vec<OsString> = Vec::new();
    push_parts(&mut pending, bytes);
    let mut links = 0;
    while let Some(part) = pending.pop() {
        match part.as_encoded_bytes() {
            b"" | b"." => require_dir(&resolved)?,
            b".." => {
                require_dir(&resolved)?;
                resolved.pop();
            }
            _ => {
                resolved.push(&part);
                match read_link(&resolved) {
                    Ok(target) => {
                        links += 1;
                        if links > MOST_LINKS {
                            return Err(Errno::ELOOP.into());
                        }
                        resolved.pop();
                        if target.is_absolute() {
                            resolved = PathBuf::from("/");
                        }
                        push_parts(&mut pending, target.as_os_str().as_encoded_bytes());
                    }
                    // Not a link.
                    Err(error) if error.raw_os_error() == Some(Errno::EINVAL.raw()) => {}
                    Err(error) => return Err(error),
                }
            }
        }
    }
    Ok(resolved)
}

fn push_parts(pending: &mut Vec<OsString>, path: &[u8]) {
    let trimmed = path.iter().position(|byte| *byte != b'/').map_or(&b""[..], |start| &path[start..]);
    pending.extend(trimmed.split(|byte| *byte == b'/').rev().map(|part| OsString { inner: part.to_vec() }));
}

fn require_dir(path: &Path) -> Result<()> {
    match attributes(path, true)?.stat.st_mode & S_IFMT {
        S_IFDIR => Ok(()),
        _ => Err(Errno::ENOTDIR.into()),
    }
}

/// A file name of a directory entry.
pub(crate) fn name_of(entry: &CStr) -> &OsStr {
    super::os_str::os_str(entry.to_bytes())
}
