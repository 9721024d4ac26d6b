//! Mapping memory.

use crate::Result;
pub use crate::abi::mm::*;
use crate::reg::syscall;

/// `mmap(2)`.
///
/// # Safety
/// With `MAP_FIXED`, nothing may still use what was mapped there.
#[inline]
pub unsafe fn mmap(hint: *mut u8, length: usize, prot: i32, flags: i32, fd: i32, offset: u64) -> Result<*mut u8> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(MMAP, hint, length, prot, flags, fd, offset) }.map(|address| address as *mut u8)
}

/// Fresh private zeroed memory, readable and writable, where the kernel likes.
#[inline]
pub fn mmap_anon(length: usize) -> Result<*mut u8> {
    // SAFETY: without MAP_FIXED a new mapping touches no other.
    unsafe { mmap(core::ptr::null_mut(), length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) }
}

/// `munmap(2)`.
///
/// # Safety
/// Nothing may use the region any more.
#[inline]
pub unsafe fn munmap(address: *mut u8, length: usize) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(MUNMAP, address, length) }.map(drop)
}

/// `mprotect(2)`.
///
/// # Safety
/// No use of the region may need a right that is taken away.
#[inline]
pub unsafe fn mprotect(address: *mut u8, length: usize, prot: i32) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(MPROTECT, address, length, prot) }.map(drop)
}

/// `mremap(2)`: grows, shrinks or moves a mapping; returns where it is now.
///
/// # Safety
/// The caller owns the mapping and keeps no pointer into it beyond the call unless it stays in place.
#[inline]
pub unsafe fn mremap(address: *mut u8, old: usize, new: usize, flags: i32, target: *mut u8) -> Result<*mut u8> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(MREMAP, address, old, new, flags, target) }.map(|address| address as *mut u8)
}

/// `madvise(2)`.
///
/// # Safety
/// Advice such as `MADV_DONTNEED` loses content: the caller owns the region.
#[inline]
pub unsafe fn madvise(address: *mut u8, length: usize, advice: i32) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(MADVISE, address, length, advice) }.map(drop)
}
