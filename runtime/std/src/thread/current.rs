//! The calling thread's own handle, and parking.
//!
//! # Safety
//! `CURRENT` holds a reference that `Thread::into_raw` gave, which the thread's end takes back.

use core::cell::Cell;
use core::time::Duration;

use super::Thread;
use super::thread::Inner;
use crate::sys::thread::current_number;
use crate::sys::thread_local::at_thread_end;

/// Null: not asked for yet. `GONE`: the thread is ending and has given it up.
#[thread_local]
static CURRENT: Cell<*const Inner> = Cell::new(core::ptr::null());

const GONE: *const Inner = core::ptr::without_provenance(1);

/// The calling thread's handle.
#[must_use]
pub fn current() -> Thread {
    let raw = CURRENT.get();
    if raw.is_null() {
        let name = (current_number() == 1).then(|| Box::from("main"));
        let thread = Thread::new(name, current_number());
        set_current(thread.clone());
        return thread;
    }
    if raw == GONE {
        // A destructor of the ending thread asks: number and waking are right, the name is not worth keeping for this.
        return Thread::new(None, current_number());
    }
    // SAFETY: the thread's own reference is alive; the clone below makes another one.
    let own = core::mem::ManuallyDrop::new(unsafe { Thread::from_raw(raw) });
    Thread::clone(&own)
}

/// Gives a thread its handle; the first thing that a new thread does.
pub(super) fn set_current(thread: Thread) {
    CURRENT.set(thread.into_raw());
    // SAFETY: the destructor takes what was just stored.
    unsafe { at_thread_end(core::ptr::null_mut(), give_up) };
}

unsafe extern "C" fn give_up(_: *mut u8) {
    let raw = CURRENT.replace(GONE);
    // SAFETY: the thread's own reference, taken out above.
    drop(unsafe { Thread::from_raw(raw) });
}

/// Sleeps until somebody calls [`Thread::unpark`] of this thread, or has already; or for no reason.
pub fn park() {
    current().park(None);
}

/// As [`park`], for at most the given time.
pub fn park_timeout(dur: Duration) {
    current().park(Some(dur));
}

/// As [`park_timeout`], in milliseconds.
#[deprecated(since = "1.6.0", note = "replaced by `std::thread::park_timeout`")]
pub fn park_timeout_ms(ms: u32) {
    park_timeout(Duration::from_millis(ms.into()));
}
