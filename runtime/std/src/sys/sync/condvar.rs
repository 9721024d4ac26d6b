//! The queue of `Condvar`: a counter of notifications to sleep on, and the number of sleepers, so that a notification
//! without sleepers stays out of the kernel.

use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::{Relaxed, SeqCst};
use core::time::Duration;

use fullrust_rt::futex;

use super::RawMutex;

pub(crate) struct RawCondvar {
    notifications: AtomicU32,
    sleepers: AtomicU32,
}

impl RawCondvar {
    #[inline]
    pub(crate) const fn new() -> Self {
        Self { notifications: AtomicU32::new(0), sleepers: AtomicU32::new(0) }
    }

    #[inline]
    pub(crate) fn notify_one(&self) {
        if self.sleepers.load(SeqCst) != 0 {
            self.notifications.fetch_add(1, Relaxed);
            futex::wake_one(&self.notifications);
        }
    }

    #[inline]
    pub(crate) fn notify_all(&self) {
        if self.sleepers.load(SeqCst) != 0 {
            self.notifications.fetch_add(1, Relaxed);
            futex::wake_all(&self.notifications);
        }
    }

    /// Unlocks, sleeps, locks again. False if the time ran out.
    ///
    /// Whoever changes the condition under the mutex afterwards sees the sleeper counted, and changes the number that
    /// was read before: nothing is missed in between.
    pub(crate) fn wait(&self, mutex: &RawMutex, timeout: Option<Duration>) -> bool {
        self.sleepers.fetch_add(1, SeqCst);
        let seen = self.notifications.load(Relaxed);
        mutex.unlock();
        let woken = futex::wait(&self.notifications, seen, timeout);
        self.sleepers.fetch_sub(1, Relaxed);
        mutex.lock();
        woken
    }
}
