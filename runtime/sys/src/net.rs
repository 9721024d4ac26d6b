//! Sockets. Addresses are passed as pointer and length, as the kernel takes them; their types are in this module.

use crate::Result;
pub use crate::abi::net::*;
use crate::reg::syscall;

/// `socket(2)`.
#[inline]
pub fn socket(family: i32, kind: i32, protocol: i32) -> Result<i32> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(SOCKET, family, kind, protocol) }.map(|fd| fd as i32)
}

/// `socketpair(2)`.
#[inline]
pub fn socketpair(family: i32, kind: i32, protocol: i32) -> Result<(i32, i32)> {
    let mut ends = [0i32; 2];
    // SAFETY: two ints are written.
    unsafe { syscall!(SOCKETPAIR, family, kind, protocol, ends.as_mut_ptr()) }?;
    Ok((ends[0], ends[1]))
}

/// `bind(2)`.
///
/// # Safety
/// `address` must be readable for `length` bytes.
#[inline]
pub unsafe fn bind(fd: i32, address: *const u8, length: u32) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(BIND, fd, address, length) }.map(drop)
}

/// `connect(2)`.
///
/// # Safety
/// `address` must be readable for `length` bytes.
#[inline]
pub unsafe fn connect(fd: i32, address: *const u8, length: u32) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(CONNECT, fd, address, length) }.map(drop)
}

/// `listen(2)`.
#[inline]
pub fn listen(fd: i32, backlog: i32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(LISTEN, fd, backlog) }.map(drop)
}

/// `accept4(2)`: the new descriptor; the peer's address goes into `storage`, its length is returned beside.
#[inline]
pub fn accept4(fd: i32, storage: &mut SockaddrStorage, flags: i32) -> Result<(i32, u32)> {
    let mut length = size_of::<SockaddrStorage>() as u32;
    // SAFETY: storage and length are writable.
    let fd = unsafe { syscall!(ACCEPT4, fd, storage as *mut SockaddrStorage, &raw mut length, flags) }?;
    Ok((fd as i32, length))
}

/// `getsockname(2)`: returns the address's length.
#[inline]
pub fn getsockname(fd: i32, storage: &mut SockaddrStorage) -> Result<u32> {
    let mut length = size_of::<SockaddrStorage>() as u32;
    // SAFETY: storage and length are writable.
    unsafe { syscall!(GETSOCKNAME, fd, storage as *mut SockaddrStorage, &raw mut length) }?;
    Ok(length)
}

/// `getpeername(2)`: returns the address's length.
#[inline]
pub fn getpeername(fd: i32, storage: &mut SockaddrStorage) -> Result<u32> {
    let mut length = size_of::<SockaddrStorage>() as u32;
    // SAFETY: storage and length are writable.
    unsafe { syscall!(GETPEERNAME, fd, storage as *mut SockaddrStorage, &raw mut length) }?;
    Ok(length)
}

/// `shutdown(2)`.
#[inline]
pub fn shutdown(fd: i32, how: i32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(SHUTDOWN, fd, how) }.map(drop)
}

/// `setsockopt(2)` with a plain value.
///
/// # Safety
/// `T` must have no padding and be what the option takes.
#[inline]
pub unsafe fn setsockopt<T: Copy>(fd: i32, level: i32, option: i32, value: &T) -> Result<()> {
    // SAFETY: the value is readable for its size.
    unsafe { syscall!(SETSOCKOPT, fd, level, option, value as *const T, size_of::<T>()) }.map(drop)
}

/// `getsockopt(2)` into a plain value; returns it with the length that the kernel wrote.
///
/// # Safety
/// Every bit pattern must be a valid `T`, and all zeros one.
#[inline]
pub unsafe fn getsockopt<T: Copy>(fd: i32, level: i32, option: i32) -> Result<(T, u32)> {
    // SAFETY: all zeros is a value, says the caller.
    let mut value: T = unsafe { core::mem::zeroed() };
    let mut length = size_of::<T>() as u32;
    // SAFETY: value and length are writable.
    unsafe { syscall!(GETSOCKOPT, fd, level, option, &raw mut value, &raw mut length) }?;
    Ok((value, length))
}

/// `sendto(2)`; a null address sends to the connected peer.
///
/// # Safety
/// `address` must be null or readable for `length` bytes.
#[inline]
pub unsafe fn sendto(fd: i32, bytes: &[u8], flags: i32, address: *const u8, length: u32) -> Result<usize> {
    // SAFETY: the caller's promise, and a readable slice.
    unsafe { syscall!(SENDTO, fd, bytes.as_ptr(), bytes.len(), flags, address, length) }
}

/// `sendto(2)` to the connected peer.
#[inline]
pub fn send(fd: i32, bytes: &[u8], flags: i32) -> Result<usize> {
    // SAFETY: no address is passed.
    unsafe { sendto(fd, bytes, flags, core::ptr::null(), 0) }
}

/// `recvfrom(2)` without an address.
#[inline]
pub fn recv(fd: i32, buffer: &mut [u8], flags: i32) -> Result<usize> {
    // SAFETY: the buffer is writable, no address is asked for.
    unsafe { syscall!(RECVFROM, fd, buffer.as_mut_ptr(), buffer.len(), flags, 0usize, 0usize) }
}

/// `recvfrom(2)`: bytes and the length of the sender's address in `storage`.
#[inline]
pub fn recvfrom(fd: i32, buffer: &mut [u8], flags: i32, storage: &mut SockaddrStorage) -> Result<(usize, u32)> {
    let mut length = size_of::<SockaddrStorage>() as u32;
    let address = storage as *mut SockaddrStorage;
    // SAFETY: buffer, storage and length are writable.
    let count = unsafe { syscall!(RECVFROM, fd, buffer.as_mut_ptr(), buffer.len(), flags, address, &raw mut length) }?;
    Ok((count, length))
}

/// `sendmsg(2)`.
///
/// # Safety
/// Every pointer of the header must be valid for its length.
#[inline]
pub unsafe fn sendmsg(fd: i32, message: &MsgHdr, flags: i32) -> Result<usize> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(SENDMSG, fd, message as *const MsgHdr, flags) }
}

/// `recvmsg(2)`.
///
/// # Safety
/// Every pointer of the header must be valid for its length, and writable.
#[inline]
pub unsafe fn recvmsg(fd: i32, message: &mut MsgHdr, flags: i32) -> Result<usize> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(RECVMSG, fd, message as *mut MsgHdr, flags) }
}
