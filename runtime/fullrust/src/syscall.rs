//! The kernel's calls that most programs start with, typed. All others are in `fullrust_sys`, by area.

pub use fullrust_sys::Result;
pub use fullrust_sys::fs::openat;
pub use fullrust_sys::io::{close, lseek, read, write};
pub use fullrust_sys::mm::{mmap, mmap_anon, munmap};
pub use fullrust_sys::process::exit_group;

use core::ffi::CStr;

/// `open(2)`: [`openat`] relative to the current directory.
pub fn open(path: &CStr, flags: i32, mode: u32) -> Result<i32> {
    openat(fullrust_sys::fs::AT_FDCWD, path, flags, mode)
}

/// `getrandom(2)`.
pub fn getrandom(buffer: &mut [u8], flags: u32) -> Result<usize> {
    fullrust_sys::random::getrandom(buffer, flags)
}
