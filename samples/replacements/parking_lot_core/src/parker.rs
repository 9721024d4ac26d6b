//! One wait of one thread.

use crate::UnparkToken;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// `std::thread::park` would not do: its one token is the program's.
pub(crate) struct Parker {
    key: AtomicUsize,
    token: Mutex<Option<UnparkToken>>,
    woken: Condvar,
}

impl Parker {
    pub(crate) fn new(key: usize) -> Parker {
        Parker { key: AtomicUsize::new(key), token: Mutex::new(None), woken: Condvar::new() }
    }

    /// In whose queue the thread is; sure only while that queue is locked.
    pub(crate) fn key(&self) -> usize {
        self.key.load(Ordering::Relaxed)
    }

    /// Both queues must be locked.
    pub(crate) fn set_key(&self, key: usize) {
        self.key.store(key, Ordering::Relaxed);
    }

    pub(crate) fn wake(&self, token: UnparkToken) {
        *self.token() = Some(token);
        self.woken.notify_one();
    }

    /// Waits to be woken; `None` if the time is over before.
    pub(crate) fn sleep(&self, timeout: Option<Instant>) -> Option<UnparkToken> {
        let mut token = self.token();
        while token.is_none() {
            token = match timeout {
                None => self.woken.wait(token).unwrap_or_else(PoisonError::into_inner),
                Some(end) => {
                    let left = end.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
                    self.woken.wait_timeout(token, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        *token
    }

    fn token(&self) -> MutexGuard<'_, Option<UnparkToken>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
