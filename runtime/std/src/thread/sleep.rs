//! Giving the processor away.

use core::time::Duration;

/// Sleeps at least that long.
pub fn sleep(dur: Duration) {
    if !dur.is_zero() {
        crate::sys::thread::sleep(dur);
    }
}

/// As [`sleep`], in milliseconds.
#[deprecated(since = "1.6.0", note = "replaced by `std::thread::sleep`")]
pub fn sleep_ms(ms: u32) {
    sleep(Duration::from_millis(ms.into()));
}

/// Lets another thread run.
pub fn yield_now() {
    crate::sys::thread::yield_now();
}
