//! Everything that the compiler asks for by role: entry, `main`'s caller, panic handler, default allocator.

use crate::alloc::{GlobalAlloc, Layout, System};
use crate::process::Termination;
use core::ffi::{c_char, c_int};

unsafe extern "C" {
    /// The `main` that rustc generates; it calls the `start` lang item below.
    fn main(argc: c_int, argv: *const *const c_char, envp: *const *const c_char) -> c_int;
}

/// # Safety
/// Only `_start` calls this, with the stack pointer of the kernel.
unsafe extern "C" fn enter(stack: *const usize) -> ! {
    // SAFETY: the caller's promise.
    unsafe { fullrust_rt::start::run_std(stack, main) }
}

fullrust_sys::define_start!(enter);

/// Runs `main` and turns its result into the status; descriptors and signals are in order already.
#[lang = "start"]
fn lang_start<T: Termination + 'static>(main: fn() -> T, _argc: isize, _argv: *const *const u8, _sigpipe: u8) -> isize {
    main().report().to_i32() as isize
}

#[panic_handler]
fn panic_handler(info: &core::panic::PanicInfo<'_>) -> ! {
    crate::panic::begin_panic_handler(info)
}

// The allocator of programs that choose none. A program's own `#[global_allocator]` takes the place of these.

/// # Safety
/// As [`GlobalAlloc::alloc`].
#[rustc_std_internal_symbol]
unsafe fn __rdl_alloc(size: usize, align: usize) -> *mut u8 {
    // SAFETY: the compiler's glue passes the parts of a `Layout`.
    unsafe { System.alloc(Layout::from_size_align_unchecked(size, align)) }
}

/// # Safety
/// As [`GlobalAlloc::dealloc`].
#[rustc_std_internal_symbol]
unsafe fn __rdl_dealloc(block: *mut u8, size: usize, align: usize) {
    // SAFETY: as above.
    unsafe { System.dealloc(block, Layout::from_size_align_unchecked(size, align)) }
}

/// # Safety
/// As [`GlobalAlloc::realloc`].
#[rustc_std_internal_symbol]
unsafe fn __rdl_realloc(block: *mut u8, old_size: usize, align: usize, new_size: usize) -> *mut u8 {
    // SAFETY: as above.
    unsafe { System.realloc(block, Layout::from_size_align_unchecked(old_size, align), new_size) }
}

/// # Safety
/// As [`GlobalAlloc::alloc_zeroed`].
#[rustc_std_internal_symbol]
unsafe fn __rdl_alloc_zeroed(size: usize, align: usize) -> *mut u8 {
    // SAFETY: as above.
    unsafe { System.alloc_zeroed(Layout::from_size_align_unchecked(size, align)) }
}

// Landing pads exist in the precompiled `core` and `alloc`; nothing ever reaches them while panics end the process.

/// What decides on landing while unwinding; the tables of the precompiled crates name it.
#[lang = "eh_personality"]
extern "C" fn rust_eh_personality() {}

/// Ends the process: no panic unwinds, so nothing can resume unwinding.
#[unsafe(no_mangle)]
extern "C" fn _Unwind_Resume() -> ! {
    fullrust_rt::abort()
}
