//! Sleeping on a word of memory, with private futexes (`futex(2)`).

use core::sync::atomic::{AtomicU32, Ordering};
use core::time::Duration;

use fullrust_sys::Errno;
use fullrust_sys::thread::{self, FUTEX_PRIVATE_FLAG};
use fullrust_sys::time::{CLOCK_MONOTONIC, Timespec};

use crate::time;

/// Sleeps while the word has the expected value, until woken or for at most the given time.
/// Returns false if the time ran out; true otherwise, perhaps for no reason: the caller checks the word.
pub fn wait(word: &AtomicU32, expected: u32, timeout: Option<Duration>) -> bool {
    // A deadline beyond the clock's range is none.
    let deadline = timeout.and_then(|timeout| deadline_after(CLOCK_MONOTONIC, timeout));
    wait_until(word, expected, deadline.as_ref())
}

/// As [`wait`], with an absolute time of `CLOCK_MONOTONIC`.
pub fn wait_until(word: &AtomicU32, expected: u32, deadline: Option<&Timespec>) -> bool {
    while word.load(Ordering::Relaxed) == expected {
        match thread::futex_wait(word, expected, deadline, FUTEX_PRIVATE_FLAG) {
            Err(Errno::ETIMEDOUT) => return false,
            Err(Errno::EINTR) => {}
            _ => return true,
        }
    }
    true
}

/// Wakes one sleeper; returns whether there was one.
#[inline]
pub fn wake_one(word: &AtomicU32) -> bool {
    matches!(thread::futex_wake(word, 1, FUTEX_PRIVATE_FLAG), Ok(1..))
}

/// Wakes every sleeper.
#[inline]
pub fn wake_all(word: &AtomicU32) {
    let _ = thread::futex_wake(word, i32::MAX, FUTEX_PRIVATE_FLAG);
}

/// Now plus a span, or `None` if that is beyond the clock.
pub fn deadline_after(clock: i32, span: Duration) -> Option<Timespec> {
    let now = time::now(clock);
    let mut seconds = now.tv_sec.checked_add(i64::try_from(span.as_secs()).ok()?)?;
    let mut nanoseconds = now.tv_nsec + i64::from(span.subsec_nanos());
    if nanoseconds >= 1_000_000_000 {
        nanoseconds -= 1_000_000_000;
        seconds = seconds.checked_add(1)?;
    }
    Some(Timespec { tv_sec: seconds, tv_nsec: nanoseconds })
}
