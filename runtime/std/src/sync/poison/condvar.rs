//! `Condvar`.

use core::panic::{RefUnwindSafe, UnwindSafe};
use core::time::Duration;

use super::mutex::MutexGuard;
use super::{LockResult, PoisonError, mutex};
use crate::fmt;
use crate::sync::WaitTimeoutResult;
use crate::sys::sync::RawCondvar;
use crate::time::Instant;

/// Lets threads sleep until another one says that something under a mutex has changed.
pub struct Condvar {
    raw: RawCondvar,
}

impl UnwindSafe for Condvar {}
impl RefUnwindSafe for Condvar {}

impl WaitTimeoutResult {
    /// True if the time was up.
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

/// The guard, as an error if the mutex was poisoned meanwhile.
fn checked<R>(poisoned: bool, value: R) -> LockResult<R> {
    if poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
}

impl Condvar {
    /// A condition variable nobody waits for.
    #[inline]
    #[must_use]
    pub const fn new() -> Condvar {
        Condvar { raw: RawCondvar::new() }
    }

    /// Unlocks, sleeps until notified (or for no reason), and locks again.
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.raw.wait(mutex::raw_of(&guard), None);
        checked(mutex::is_poisoned(&guard), guard)
    }

    /// Waits while the condition holds.
    pub fn wait_while<'a, T, F>(&self, mut guard: MutexGuard<'a, T>, mut condition: F) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        while condition(&mut *guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// As [`Condvar::wait_timeout`], in milliseconds; the flag is false if the time was up.
    #[deprecated(since = "1.6.0", note = "replaced by `std::sync::Condvar::wait_timeout`")]
    pub fn wait_timeout_ms<'a, T>(&self, guard: MutexGuard<'a, T>, ms: u32) -> LockResult<(MutexGuard<'a, T>, bool)> {
        match self.wait_timeout(guard, Duration::from_millis(ms.into())) {
            Ok((guard, result)) => Ok((guard, !result.timed_out())),
            Err(error) => {
                let (guard, result) = error.into_inner();
                Err(PoisonError::new((guard, !result.timed_out())))
            }
        }
    }

    /// As [`Condvar::wait`], for at most the given time.
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        dur: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let woken = self.raw.wait(mutex::raw_of(&guard), Some(dur));
        checked(mutex::is_poisoned(&guard), (guard, WaitTimeoutResult(!woken)))
    }

    /// Waits while the condition holds, for at most the given time in all.
    pub fn wait_timeout_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        dur: Duration,
        mut condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
    where
        F: FnMut(&mut T) -> bool,
    {
        let start = Instant::now();
        loop {
            if !condition(&mut *guard) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            let Some(rest) = dur.checked_sub(start.elapsed()) else {
                return Ok((guard, WaitTimeoutResult(true)));
            };
            guard = self.wait_timeout(guard, rest)?.0;
        }
    }

    /// Wakes one sleeper.
    #[inline]
    pub fn notify_one(&self) {
        self.raw.notify_one();
    }

    /// Wakes all sleepers.
    #[inline]
    pub fn notify_all(&self) {
        self.raw.notify_all();
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}

impl Default for Condvar {
    fn default() -> Condvar {
        Condvar::new()
    }
}
