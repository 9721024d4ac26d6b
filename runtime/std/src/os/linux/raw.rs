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

#[doc(inline)]
pub use fullrust_sys::abi::fs::Stat as stat;
