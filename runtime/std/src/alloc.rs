//! Allocation: the traits are `core`'s and `alloc`'s, the allocator is the runtime's.

pub use alloc_crate::alloc::*;

pub use crate::sys::alloc::System;

use crate::mem;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

static HOOK: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

/// Sets what is called when an allocation has failed.
#[doc(hidden)]
pub fn set_alloc_error_hook(hook: fn(Layout)) {
    HOOK.store(hook as *mut (), Ordering::Release);
}

/// Takes that function away again.
#[doc(hidden)]
pub fn take_alloc_error_hook() -> fn(Layout) {
    crate::sys::alloc::hook_from(HOOK.swap(ptr::null_mut(), Ordering::Acquire)).unwrap_or(default_alloc_error_hook)
}

fn default_alloc_error_hook(layout: Layout) {
    use core::fmt::Write as _;
    let mut out = crate::sys::panic::Text::stderr();
    let _ignored = writeln!(out, "memory allocation of {} bytes failed", layout.size());
    crate::panic::push_backtrace(&mut out);
    mem::drop(out);
}

/// What `handle_alloc_error` calls: the hook, then SIGABRT.
#[doc(hidden)]
#[alloc_error_handler]
pub fn rust_oom(layout: Layout) -> ! {
    crate::sys::alloc::hook_from(HOOK.load(Ordering::Acquire)).unwrap_or(default_alloc_error_hook)(layout);
    crate::process::abort()
}
