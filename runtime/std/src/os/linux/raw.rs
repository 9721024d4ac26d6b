//! Linux's C types, deprecated long ago.

#![allow(non_camel_case_types)]

/// A count of blocks.
pub type blkcnt_t = u64;
/// The size of a block.
pub type blksize_t = u64;
/// A device.
pub type dev_t = u64;
/// The number of a file.
pub type ino_t = u64;
/// Type and permissions.
pub type mode_t = u32;
/// A count of names.
pub type nlink_t = u64;
/// A position.
pub type off_t = u64;
/// A thread.
pub type pthread_t = crate::os::raw::c_ulong;
/// Seconds since 1970.
pub type time_t = i64;

/// What `stat(2)` gives.
#[repr(C)]
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct stat {
    pub st_dev: u64,
    pub st_ino: u64,
    pub st_nlink: u64,
    pub st_mode: u32,
    pub st_uid: u32,
    pub st_gid: u32,
    pub __pad0: i32,
    pub st_rdev: u64,
    pub st_size: i64,
    pub st_blksize: i64,
    pub st_blocks: i64,
    pub st_atime: i64,
    pub st_atime_nsec: i64,
    pub st_mtime: i64,
    pub st_mtime_nsec: i64,
    pub st_ctime: i64,
    pub st_ctime_nsec: i64,
    pub __unused: [i64; 3],
}
