//! `memcpy memmove memset memcmp bcmp strlen`.
use core::ffi::{c_char, c_int, c_void};

/// Chooses the variants that fit the processor.
pub fn select() {}

/// C's `memcpy`.
///
/// # Safety
/// As in C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn memcpy(d: *mut c_void, s: *const c_void, n: usize) -> *mut c_void {
    // SAFETY: as the caller says.
    unsafe {
        core::arch::asm!("rep movsb", inout("rcx") n => _, inout("rdi") d => _, inout("rsi") s => _, options(nostack))
    };
    d
}

/// C's `memmove`.
///
/// # Safety
/// As in C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn memmove(d: *mut c_void, s: *const c_void, n: usize) -> *mut c_void {
    // SAFETY: as the caller says.
    unsafe {
        if (d as usize).wrapping_sub(s as usize) >= n {
            return memcpy(d, s, n);
        }
        core::arch::asm!("std", "rep movsb", "cld", inout("rcx") n => _, inout("rdi") d.byte_add(n).byte_sub(1) => _,
            inout("rsi") s.byte_add(n).byte_sub(1) => _, options(nostack));
    }
    d
}

/// C's `memset`.
///
/// # Safety
/// As in C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn memset(d: *mut c_void, value: c_int, n: usize) -> *mut c_void {
    // SAFETY: as the caller says.
    unsafe {
        core::arch::asm!("rep stosb", inout("rcx") n => _, inout("rdi") d => _, in("al") value as u8, options(nostack))
    };
    d
}

/// C's `memcmp`.
///
/// # Safety
/// As in C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn memcmp(a: *const c_void, b: *const c_void, n: usize) -> c_int {
    for i in 0..n {
        // SAFETY: as the caller says.
        let (x, y) = unsafe { (*a.cast::<u8>().add(i), *b.cast::<u8>().add(i)) };
        if x != y {
            return c_int::from(x) - c_int::from(y);
        }
    }
    0
}

/// C's `bcmp`.
///
/// # Safety
/// As in C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bcmp(a: *const c_void, b: *const c_void, n: usize) -> c_int {
    // SAFETY: as the caller says.
    unsafe { memcmp(a, b, n) }
}

/// C's `strlen`.
///
/// # Safety
/// As in C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strlen(s: *const c_char) -> usize {
    let mut n = 0;
    // SAFETY: as the caller says.
    while unsafe { *s.add(n) } != 0 {
        n += 1;
    }
    n
}
