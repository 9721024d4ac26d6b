//! What is known about a file: by `statx`, or by `stat` where the kernel has no other.

use super::{AT_FDCWD, AT_SYMLINK_NOFOLLOW, FileTime, kernel, with_c_path};
use crate::ffi::CStr;
use crate::io::Result;
use crate::path::Path;
use core::sync::atomic::{AtomicBool, Ordering};
use fullrust_sys::Errno;

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
