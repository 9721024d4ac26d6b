//! Opening, naming, describing and changing files. Every path call takes a directory descriptor or [`AT_FDCWD`].

use core::ffi::CStr;

use crate::Result;
pub use crate::abi::fs::*;
use crate::reg::syscall;
use crate::time::Timespec;

/// `openat(2)`; `mode` counts when a file is created.
#[inline]
pub fn openat(dir: i32, path: &CStr, flags: i32, mode: u32) -> Result<i32> {
    // SAFETY: the path ends with NUL.
    unsafe { syscall!(OPENAT, dir, path.as_ptr(), flags, mode) }.map(|fd| fd as i32)
}

/// `statx(2)` (Linux 4.11).
#[inline]
pub fn statx(dir: i32, path: &CStr, flags: i32, mask: u32) -> Result<Statx> {
    let mut result = Statx::default();
    // SAFETY: the path ends with NUL, the result has the kernel's layout.
    unsafe { syscall!(STATX, dir, path.as_ptr(), flags, mask, &raw mut result) }?;
    Ok(result)
}

/// `newfstatat(2)`.
#[inline]
pub fn fstatat(dir: i32, path: &CStr, flags: i32) -> Result<Stat> {
    let mut result = Stat::default();
    // SAFETY: the path ends with NUL, the result has the kernel's layout.
    unsafe { syscall!(NEWFSTATAT, dir, path.as_ptr(), &raw mut result, flags) }?;
    Ok(result)
}

/// `fstat(2)`.
#[inline]
pub fn fstat(fd: i32) -> Result<Stat> {
    let mut result = Stat::default();
    // SAFETY: the result has the kernel's layout.
    unsafe { syscall!(FSTAT, fd, &raw mut result) }?;
    Ok(result)
}

/// `getdents64(2)`: fills the buffer with whole entries ([`Dirent64`]); 0 bytes at the end.
#[inline]
pub fn getdents64(fd: i32, buffer: &mut [u8]) -> Result<usize> {
    // SAFETY: the buffer is writable for its length.
    unsafe { syscall!(GETDENTS64, fd, buffer.as_mut_ptr(), buffer.len()) }
}

/// `mkdirat(2)`.
#[inline]
pub fn mkdirat(dir: i32, path: &CStr, mode: u32) -> Result<()> {
    // SAFETY: the path ends with NUL.
    unsafe { syscall!(MKDIRAT, dir, path.as_ptr(), mode) }.map(drop)
}

/// `mknodat(2)`.
#[inline]
pub fn mknodat(dir: i32, path: &CStr, mode: u32, device: u64) -> Result<()> {
    // SAFETY: the path ends with NUL.
    unsafe { syscall!(MKNODAT, dir, path.as_ptr(), mode, device) }.map(drop)
}

/// `unlinkat(2)`: a file, or with [`AT_REMOVEDIR`] an empty directory.
#[inline]
pub fn unlinkat(dir: i32, path: &CStr, flags: i32) -> Result<()> {
    // SAFETY: the path ends with NUL.
    unsafe { syscall!(UNLINKAT, dir, path.as_ptr(), flags) }.map(drop)
}

/// `renameat(2)`.
#[inline]
pub fn renameat(from_dir: i32, from: &CStr, to_dir: i32, to: &CStr) -> Result<()> {
    // SAFETY: the paths end with NUL.
    unsafe { syscall!(RENAMEAT, from_dir, from.as_ptr(), to_dir, to.as_ptr()) }.map(drop)
}

/// `renameat2(2)`.
#[inline]
pub fn renameat2(from_dir: i32, from: &CStr, to_dir: i32, to: &CStr, flags: u32) -> Result<()> {
    // SAFETY: the paths end with NUL.
    unsafe { syscall!(RENAMEAT2, from_dir, from.as_ptr(), to_dir, to.as_ptr(), flags) }.map(drop)
}

/// `linkat(2)`.
#[inline]
pub fn linkat(from_dir: i32, from: &CStr, to_dir: i32, to: &CStr, flags: i32) -> Result<()> {
    // SAFETY: the paths end with NUL.
    unsafe { syscall!(LINKAT, from_dir, from.as_ptr(), to_dir, to.as_ptr(), flags) }.map(drop)
}

/// `symlinkat(2)`: makes `path` a symbolic link that says `target`.
#[inline]
pub fn symlinkat(target: &CStr, dir: i32, path: &CStr) -> Result<()> {
    // SAFETY: the paths end with NUL.
    unsafe { syscall!(SYMLINKAT, target.as_ptr(), dir, path.as_ptr()) }.map(drop)
}

/// `readlinkat(2)`: bytes written; a full buffer means that the text may have been cut.
#[inline]
pub fn readlinkat(dir: i32, path: &CStr, buffer: &mut [u8]) -> Result<usize> {
    // SAFETY: the path ends with NUL, the buffer is writable for its length.
    unsafe { syscall!(READLINKAT, dir, path.as_ptr(), buffer.as_mut_ptr(), buffer.len()) }
}

/// `faccessat(2)`: checks with the real ids.
#[inline]
pub fn faccessat(dir: i32, path: &CStr, mode: i32) -> Result<()> {
    // SAFETY: the path ends with NUL.
    unsafe { syscall!(FACCESSAT, dir, path.as_ptr(), mode) }.map(drop)
}

/// `fchmod(2)`.
#[inline]
pub fn fchmod(fd: i32, mode: u32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(FCHMOD, fd, mode) }.map(drop)
}

/// `fchmodat(2)`: follows symbolic links.
#[inline]
pub fn fchmodat(dir: i32, path: &CStr, mode: u32) -> Result<()> {
    // SAFETY: the path ends with NUL.
    unsafe { syscall!(FCHMODAT, dir, path.as_ptr(), mode) }.map(drop)
}

/// `fchown(2)`; an id of `u32::MAX` stays.
#[inline]
pub fn fchown(fd: i32, uid: u32, gid: u32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(FCHOWN, fd, uid, gid) }.map(drop)
}

/// `fchownat(2)`; an id of `u32::MAX` stays.
#[inline]
pub fn fchownat(dir: i32, path: &CStr, uid: u32, gid: u32, flags: i32) -> Result<()> {
    // SAFETY: the path ends with NUL.
    unsafe { syscall!(FCHOWNAT, dir, path.as_ptr(), uid, gid, flags) }.map(drop)
}

/// `utimensat(2)` on a path: access time, modification time ([`UTIME_OMIT`], [`UTIME_NOW`] as nanoseconds).
#[inline]
pub fn utimensat(dir: i32, path: &CStr, times: &[Timespec; 2], flags: i32) -> Result<()> {
    // SAFETY: the path ends with NUL, two times are read.
    unsafe { syscall!(UTIMENSAT, dir, path.as_ptr(), times.as_ptr(), flags) }.map(drop)
}

/// `utimensat(2)` on an open file.
#[inline]
pub fn futimens(fd: i32, times: &[Timespec; 2]) -> Result<()> {
    // SAFETY: a null path means the descriptor itself; two times are read.
    unsafe { syscall!(UTIMENSAT, fd, 0usize, times.as_ptr(), 0i32) }.map(drop)
}

/// `ftruncate(2)`.
#[inline]
pub fn ftruncate(fd: i32, length: u64) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(FTRUNCATE, fd, length) }.map(drop)
}

/// `fallocate(2)`.
#[inline]
pub fn fallocate(fd: i32, mode: i32, offset: u64, length: u64) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(FALLOCATE, fd, mode, offset, length) }.map(drop)
}

/// `fsync(2)`.
#[inline]
pub fn fsync(fd: i32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(FSYNC, fd) }.map(drop)
}

/// `fdatasync(2)`.
#[inline]
pub fn fdatasync(fd: i32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(FDATASYNC, fd) }.map(drop)
}

/// `flock(2)`.
#[inline]
pub fn flock(fd: i32, operation: i32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(FLOCK, fd, operation) }.map(drop)
}

/// `getcwd(2)`: bytes written, the NUL among them.
#[inline]
pub fn getcwd(buffer: &mut [u8]) -> Result<usize> {
    // SAFETY: the buffer is writable for its length.
    unsafe { syscall!(GETCWD, buffer.as_mut_ptr(), buffer.len()) }
}

/// `chdir(2)`.
#[inline]
pub fn chdir(path: &CStr) -> Result<()> {
    // SAFETY: the path ends with NUL.
    unsafe { syscall!(CHDIR, path.as_ptr()) }.map(drop)
}

/// `fchdir(2)`.
#[inline]
pub fn fchdir(fd: i32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(FCHDIR, fd) }.map(drop)
}

/// `chroot(2)`.
#[inline]
pub fn chroot(path: &CStr) -> Result<()> {
    // SAFETY: the path ends with NUL.
    unsafe { syscall!(CHROOT, path.as_ptr()) }.map(drop)
}

/// `umask(2)`: sets the mask and returns the old one.
#[inline]
pub fn umask(mask: u32) -> u32 {
    // SAFETY: no memory is involved; the call cannot fail.
    unsafe { crate::arch::syscall1(crate::arch::nr::UMASK, mask as usize) as u32 }
}
