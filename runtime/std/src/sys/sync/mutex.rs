//! The lock of `Mutex`: one word.
//!
//! | word | meaning |
//! |---|---|
//! | 0 | free |
//! | 1 | held |
//! | 2 | held, and somebody may sleep |

use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use fullrust_rt::futex;

const FREE: u32 = 0;
const HELD: u32 = 1;
const CONTENDED: u32 = 2;

pub(crate) struct RawMutex {
    word: AtomicU32,
}

impl RawMutex {
    #[inline]
    pub(crate) const fn new() -> Self {
        Self { word: AtomicU32::new(FREE) }
    }

    #[inline]
    pub(crate) fn try_lock(&self) -> bool {
        self.word.compare_exchange(FREE, HELD, Acquire, Relaxed).is_ok()
    }

    #[inline]
    pub(crate) fn lock(&self) {
        if !self.try_lock() {
            self.lock_contended();
        }
    }

    #[cold]
    fn lock_contended(&self) {
        // While others sleep already, spinning would only take the lock away from them.
        if super::spin(&self.word, |word| word != HELD) == FREE && self.try_lock() {
            return;
        }
        while self.word.swap(CONTENDED, Acquire) != FREE {
            futex::wait_until(&self.word, CONTENDED, None);
        }
    }

    /// The caller must hold the lock; a wrong call cannot break memory here, only in the value that is guarded.
    #[inline]
    pub(crate) fn unlock(&self) {
        if self.word.swap(FREE, Release) == CONTENDED {
            self.wake();
        }
    }

    #[cold]
    fn wake(&self) {
        futex::wake_one(&self.word);
    }
}
