//! Random bytes.

use crate::Result;
use crate::reg::syscall;

/// `getrandom(2)` (Linux 3.17): fills at most the buffer; up to 256 bytes come whole once the pool is ready.
#[inline]
pub fn getrandom(buffer: &mut [u8], flags: u32) -> Result<usize> {
    // SAFETY: the buffer is writable for its length.
    unsafe { syscall!(GETRANDOM, buffer.as_mut_ptr(), buffer.len(), flags) }
}

/// Fails with `EAGAIN` instead of waiting for the pool.
pub const GRND_NONBLOCK: u32 = 1;
