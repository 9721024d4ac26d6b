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

/// The status of a program whose `main` a panic has left: as under the real std, which programs that unwind are asked to resemble.
const UNWOUND_STATUS: i32 = 101;

/// Runs `main` and turns its result into the status; descriptors and signals are in order already.
#[lang = "start"]
fn lang_start<T: Termination + 'static>(main: fn() -> T, _argc: isize, _argv: *const *const u8, _sigpipe: u8) -> isize {
    // A constant of the crate that is being compiled, not of this one: true where debug assertions are on.
    if cfg!(panic = "unwind") || core::intrinsics::ub_checks() {
        crate::backtrace::link_printer();
    }
    // Caught here, so that the destructors of `main` run where panics unwind.
    let status = crate::sys::panic::catch(move || __rust_begin_short_backtrace(main).report().__to_i32());
    status.unwrap_or(UNWOUND_STATUS) as isize
}

/// Its name is where short backtraces end.
#[inline(never)]
pub(crate) fn __rust_begin_short_backtrace<T>(run: impl FnOnce() -> T) -> T {
    let result = run();
    // Not a tail call: the frame has to be on the stack.
    core::hint::black_box(());
    result
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

// Landing pads exist in the precompiled `core` and `alloc` in any case; where panics end the process nothing reaches
// them.

/// What decides on landing while unwinding; the tables of the precompiled crates name it.
#[cfg(not(panic = "unwind"))]
#[lang = "eh_personality"]
extern "C" fn rust_eh_personality() {}

/// Ends the process: no panic unwinds, so nothing can resume unwinding.
#[cfg(not(panic = "unwind"))]
#[unsafe(no_mangle)]
extern "C" fn _Unwind_Resume() -> ! {
    fullrust_rt::abort()
}

/// What decides on landing while unwinding (Itanium C++ ABI: Exception Handling, 2.5.2).
///
/// # Safety
/// For the unwinder only.
#[cfg(panic = "unwind")]
#[lang = "eh_personality"]
unsafe extern "C" fn rust_eh_personality(
    version: c_int,
    action: fullrust_rt::unwind::Action,
    class: u64,
    exception: *mut fullrust_rt::unwind::Exception,
    context: *mut fullrust_rt::unwind::Context,
) -> fullrust_rt::unwind::Reason {
    // SAFETY: the unwinder's arguments, passed on.
    unsafe { fullrust_rt::unwind::personality(version, action, class, exception, context) }
}

/// Goes on unwinding behind a landing pad; a jump, because the frame of the landing pad has to be the caller.
///
/// # Safety
/// For landing pads only.
#[cfg(panic = "unwind")]
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn _Unwind_Resume(exception: *mut fullrust_rt::unwind::Exception) -> ! {
    core::arch::naked_asm!("jmp {resume}", resume = sym fullrust_rt::unwind::resume)
}
