//! Leaving: step 11 of the start-up sequence, also `process::exit`.

use core::sync::atomic::{AtomicUsize, Ordering::*};

use fullrust_sys::{arch, process};

use crate::{start, thread};

/// The flush that `std` asked for; 0 if none.
static FLUSH: AtomicUsize = AtomicUsize::new(0);
/// Thread pointer of the thread that is leaving; 0 while nobody is.
static LEAVING: AtomicUsize = AtomicUsize::new(0);

/// Sets what [`exit`] calls first: flush stdout and make it unbuffered. The last call wins.
pub fn set_flush(flush: fn()) {
    FLUSH.store(flush as usize, Release);
}

/// Flushes, runs the calling thread's TLS destructors, then `.fini_array` in reverse order, and ends the process.
///
/// A second thread that calls this waits for the end; a call from within (a destructor, a `.fini_array` function)
/// ends the process at once.
#[cfg_attr(fullrust_sysroot, optimize(size))]
pub fn exit(status: i32) -> ! {
    // SAFETY: set by start-up.
    let this = unsafe { arch::thread_pointer() } as usize;
    match LEAVING.compare_exchange(0, this, AcqRel, Acquire) {
        Ok(_) => {}
        Err(other) if other == this => process::exit_group(status),
        Err(_) => loop {
            fullrust_sys::signal::pause();
        },
    }
    run_flush();
    thread::run_destructors();
    // SAFETY: this runs once, for one thread has won above.
    unsafe { start::run_fini_arrays() };
    process::exit_group(status)
}

#[cfg_attr(fullrust_sysroot, optimize(size))]
fn run_flush() {
    let address = FLUSH.load(Acquire);
    if address != 0 {
        // SAFETY: only `set_flush` stores here, and it stores a `fn()`.
        unsafe { core::mem::transmute::<usize, fn()>(address)() };
    }
}
