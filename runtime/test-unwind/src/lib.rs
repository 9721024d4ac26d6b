//! What `std` would bring to a program whose panics unwind: the panic handler, `catch_unwind`, the symbols.
#![no_std]
#![feature(lang_items, core_intrinsics, panic_can_unwind)]
#![allow(internal_features, reason = "this crate stands in for std")]

extern crate alloc;

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use core::panic::PanicInfo;

use fullrust_rt::alloc::Allocator;
use fullrust_rt::unwind::{Action, Context, Exception, Reason, personality, raise};

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

fullrust_sys::define_start!(enter);
fullrust_rt::define_unwind_resume!();

/// # Safety
/// Only for `_start`.
unsafe extern "C" fn enter(stack: *const usize) -> ! {
    // SAFETY: `_start` passes the kernel's stack pointer.
    unsafe { fullrust_rt::start::run_explicit(stack, call_main) }
}

unsafe extern "C" {
    safe fn __fullrust_main() -> i32;
}

unsafe extern "C" fn call_main(_: i32, _: *const *const i8, _: *const *const i8) -> i32 {
    __fullrust_main()
}

#[lang = "eh_personality"]
unsafe extern "C" fn rust_eh_personality(
    version: i32,
    action: Action,
    class: u64,
    exception: *mut Exception,
    context: *mut Context,
) -> Reason {
    // SAFETY: the unwinder passes what it must.
    unsafe { personality(version, action, class, exception, context) }
}

#[repr(C)]
struct Panic {
    head: Exception,
    message: String,
}

#[panic_handler]
fn on_panic(info: &PanicInfo<'_>) -> ! {
    if !info.can_unwind() {
        fullrust::eprintln!("{info}");
        fullrust::rt::abort();
    }
    let head = Exception { class: u64::from_be_bytes(*b"FULLRUST"), cleanup: None, target: 0, reserved: 0 };
    let panic = Box::into_raw(Box::new(Panic { head, message: info.message().to_string() }));
    // SAFETY: the exception lives until it is caught.
    let reason = unsafe { raise(panic.cast()) };
    fullrust::eprintln!("not caught: {info}: {reason:?}");
    fullrust::rt::abort()
}

/// Calls a function; a panic's message is the error.
pub fn catch<R>(body: impl FnOnce() -> R) -> Result<R, String> {
    struct Call<F, R> {
        body: Option<F>,
        result: Result<R, String>,
    }
    fn run<F: FnOnce() -> R, R>(call: *mut u8) {
        // SAFETY: `catch` passes its call.
        let call = unsafe { &mut *call.cast::<Call<F, R>>() };
        if let Some(body) = call.body.take() {
            call.result = Ok(body());
        }
    }
    fn caught<F, R>(call: *mut u8, panic: *mut u8) {
        // SAFETY: `catch` passes its call, the handler above made the panic.
        unsafe { (*call.cast::<Call<F, R>>()).result = Err(Box::from_raw(panic.cast::<Panic>()).message) };
    }
    fn types<F: FnOnce() -> R, R>(_: &F) -> (fn(*mut u8), fn(*mut u8, *mut u8)) {
        (run::<F, R>, caught::<F, R>)
    }
    let (run, caught) = types(&body);
    let mut call = Call { body: Some(body), result: Err(String::new()) };
    // SAFETY: the functions take what is passed.
    unsafe { core::intrinsics::catch_unwind(run, (&raw mut call).cast(), caught) };
    call.result
}
