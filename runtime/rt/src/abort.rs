//! Ends that are failures: SIGABRT, and the last words before it.

use fullrust_sys::{io, process, signal, thread};

/// The status of a process that died by a panic: 128 + SIGABRT, as a shell shows it.
pub const PANIC_STATUS: i32 = 134;

/// Ends the process by SIGABRT, whatever action or mask the program has set; the parent sees signal 6.
#[cold]
#[cfg_attr(fullrust_sysroot, optimize(size))]
pub fn abort() -> ! {
    let default = signal::SigAction::disposition(signal::SIG_DFL);
    // SAFETY: the default action runs no handler.
    let _ = unsafe { signal::set_action(signal::SIGABRT, &default) };
    let _ = signal::unblock(signal::SigSet::of(signal::SIGABRT));
    let _ = process::tgkill(process::getpid(), thread::gettid(), signal::SIGABRT);
    // Still alive, as the first process of a container is.
    process::exit_group(PANIC_STATUS)
}

/// Writes `fatal runtime error: MESSAGE, aborting` to stderr and aborts. Needs neither thread-locals nor the heap.
#[cold]
#[cfg_attr(fullrust_sysroot, optimize(size))]
pub fn fatal(message: &str) -> ! {
    for part in ["fatal runtime error: ", message, ", aborting\n"] {
        let _ = io::write(2, part.as_bytes());
    }
    abort()
}
