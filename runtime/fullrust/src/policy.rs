//! What a program has exactly once. With our `std` in the program, `std` supplies these instead.
#![cfg(all(feature = "rt", not(test), not(fullrust_on_std)))]

use core::ffi::{c_char, c_int};
use core::panic::PanicInfo;

use fullrust_rt::{alloc::Allocator, panic, start};

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

#[panic_handler]
fn on_panic(info: &PanicInfo<'_>) -> ! {
    panic::handle(info)
}

fullrust_sys::define_start!(enter);

/// # Safety
/// Only for `_start`.
unsafe extern "C" fn enter(stack: *const usize) -> ! {
    // SAFETY: `_start` passes the kernel's stack pointer.
    unsafe { start::run_explicit(stack, main) }
}

unsafe extern "C" {
    /// Defined by [`entry!`](crate::entry).
    safe fn __fullrust_main() -> i32;
}

/// The C name of a program's beginning, as a program of std has it too: where debuggers stop at `break main`.
#[unsafe(no_mangle)]
unsafe extern "C" fn main(_: c_int, _: *const *const c_char, _: *const *const c_char) -> c_int {
    __fullrust_main()
}

/// Named by the unwind tables of the precompiled `core` and `alloc`; never called, for a panic ends the process.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() -> ! {
    fullrust_rt::fatal("a stack frame was asked how to unwind")
}

/// Called by landing pads of the precompiled `alloc`; never reached, for a panic ends the process.
#[unsafe(no_mangle)]
extern "C" fn _Unwind_Resume() -> ! {
    fullrust_rt::fatal("unwinding was resumed")
}
