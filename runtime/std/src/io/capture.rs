//! Output of `print!`, `eprint!` and panic messages that goes to a buffer instead of the standard streams, as the
//! `test` crate needs it for tests that share a process. Only in a std whose panics unwind: otherwise each test has a
//! process of its own, and printing costs nothing for this.

use crate::cell::Cell;
use crate::fmt;
use crate::io::Write;
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::{Arc, Mutex, PoisonError};

/// Where captured output goes.
#[doc(hidden)]
pub type Sink = Option<Arc<Mutex<Vec<u8>>>>;

/// Whether any thread has captured its output yet.
static IS_USED: AtomicBool = AtomicBool::new(false);

thread_local! {
    static SINK: Cell<Sink> = const { Cell::new(None) };
}

/// Sets where this thread's output goes, and that of threads it starts from now on.
///
/// Returns where it went before.
#[doc(hidden)]
pub fn set_output_capture(sink: Sink) -> Sink {
    if sink.is_none() && !IS_USED.load(Ordering::Relaxed) {
        return None;
    }
    IS_USED.store(true, Ordering::Relaxed);
    SINK.try_with(|own| own.replace(sink)).unwrap_or(None)
}

/// This thread's sink, for a thread that it starts.
pub(crate) fn inherited() -> Sink {
    let sink = set_output_capture(None);
    set_output_capture(sink.clone());
    sink
}

/// Whether this thread's output is captured.
pub(crate) fn is_on() -> bool {
    inherited().is_some()
}

/// Prints to this thread's sink.
///
/// Returns whether there is one.
pub(crate) fn print(args: fmt::Arguments<'_>) -> bool {
    // Taken out while in use, so that what formatting prints goes to the stream and not into a deadlock.
    let Some(sink) = set_output_capture(None) else { return false };
    let _cannot_fail = sink.lock().unwrap_or_else(PoisonError::into_inner).write_fmt(args);
    set_output_capture(Some(sink));
    true
}
