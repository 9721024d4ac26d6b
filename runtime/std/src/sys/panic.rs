//! How a panic ends.

use crate::any::Any;
use core::cell::Cell;
use core::sync::atomic::{AtomicUsize, Ordering};

/// How many panics are under way in all threads, so that `panicking` needs no thread-local access most of the time.
static IN_ALL_THREADS: AtomicUsize = AtomicUsize::new(0);

#[thread_local]
static IN_THIS_THREAD: Cell<usize> = Cell::new(0);

/// Whether the hook of this thread is running.
#[thread_local]
static IN_HOOK: Cell<bool> = Cell::new(false);

/// Counts a panic; false if one is being reported on this thread already.
pub(crate) fn enter() -> bool {
    IN_ALL_THREADS.fetch_add(1, Ordering::Relaxed);
    IN_THIS_THREAD.set(IN_THIS_THREAD.get() + 1);
    !IN_HOOK.replace(true)
}

/// The hook has run.
pub(crate) fn leave_hook() {
    IN_HOOK.set(false);
}

pub(crate) fn panicking() -> bool {
    IN_ALL_THREADS.load(Ordering::Relaxed) != 0 && IN_THIS_THREAD.get() != 0
}

/// Ends the process: what stdout holds goes out, then status 134.
///
/// The payload is made only where somebody could catch it, which nobody can here.
pub(crate) fn end(_payload: impl FnOnce() -> Box<dyn Any + Send>) -> ! {
    crate::io::stdio::flush_at_exit();
    fullrust_sys::process::exit_group(fullrust_rt::abort::PANIC_STATUS)
}

/// Panics end the process, so whatever returns has not panicked.
#[inline]
pub(crate) fn catch<R>(f: impl FnOnce() -> R) -> crate::thread::Result<R> {
    Ok(f())
}

/// Ends the process at once: reporting a panic panicked.
pub(crate) fn end_nested() -> ! {
    fullrust_sys::process::exit_group(fullrust_rt::abort::PANIC_STATUS)
}

/// Name and kernel id of this thread.
pub(crate) fn thread_label() -> (Option<&'static [u8]>, i32) {
    (fullrust_rt::thread::current_name(), fullrust_sys::thread::gettid())
}

/// Text for descriptor 2 that is one write if it fits.
pub(crate) use fullrust_rt::text::Text;
