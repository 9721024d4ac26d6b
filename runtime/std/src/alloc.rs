//! Allocation: the traits are `core`'s and `alloc`'s, the allocator is the runtime's.

pub use alloc_crate::alloc::*;

/// The allocator of programs that choose no other.
#[derive(Debug, Default, Copy, Clone)]
pub struct System;

/// What `handle_alloc_error` calls: last words, then SIGABRT.
#[doc(hidden)]
#[alloc_error_handler]
pub fn rust_oom(layout: Layout) -> ! {
    use core::fmt::Write as _;
    let mut out = crate::sys::panic::Text::stderr();
    let _ignored = writeln!(out, "memory allocation of {} bytes failed", layout.size());
    crate::panic::push_backtrace(&mut out);
    crate::mem::drop(out);
    crate::process::abort()
}
