//! The smallest lock: one word, three states, a futex. For the runtime's own shared state, and what `std`'s locks are made of.
//!
//! | word | meaning |
//! |---|---|
//! | 0 | free |
//! | 1 | held |
//! | 2 | held, and somebody may sleep |

use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::sync::atomic::{AtomicU32, Ordering::*};

use fullrust_sys::thread::{FUTEX_PRIVATE_FLAG, futex_wait};

use crate::futex;

const FREE: u32 = 0;
const HELD: u32 = 1;
const CONTENDED: u32 = 2;

/// How often to look at a word before sleeping: about the length of a short critical section.
const SPINS: u32 = 100;

/// Looks at a word until the condition holds, a few times; returns the last value seen.
#[inline]
pub fn spin(word: &AtomicU32, done: impl Fn(u32) -> bool) -> u32 {
    let mut left = SPINS;
    loop {
        let value = word.load(Relaxed);
        if done(value) || left == 0 {
            return value;
        }
        core::hint::spin_loop();
        left -= 1;
    }
}

/// A lock without the value that it guards.
pub struct RawLock {
    word: AtomicU32,
}

impl Default for RawLock {
    fn default() -> Self {
        Self::new()
    }
}

impl RawLock {
    /// A free lock.
    #[inline]
    pub const fn new() -> Self {
        Self { word: AtomicU32::new(FREE) }
    }

    /// Takes the lock if it is free.
    #[inline]
    pub fn try_lock(&self) -> bool {
        self.word.compare_exchange(FREE, HELD, Acquire, Relaxed).is_ok()
    }

    /// Waits until the lock is ours: awake at first, as most holders are quick.
    #[inline]
    pub fn lock(&self) {
        if !self.try_lock() {
            self.spin_and_lock();
        }
    }

    /// As [`RawLock::lock`] where holders are slow: sleeps at once.
    #[inline]
    pub fn lock_patiently(&self) {
        if !self.try_lock() {
            self.sleep_and_lock();
        }
    }

    #[cold]
    fn spin_and_lock(&self) {
        // While others sleep already, spinning would only take the lock away from them.
        if spin(&self.word, |word| word != HELD) != FREE || !self.try_lock() {
            self.sleep_and_lock();
        }
    }

    #[cold]
    #[cfg_attr(fullrust_sysroot, optimize(size))]
    fn sleep_and_lock(&self) {
        while self.word.swap(CONTENDED, Acquire) != FREE {
            // Any return, also by a signal, means: look again.
            let _woken = futex_wait(&self.word, CONTENDED, None, FUTEX_PRIVATE_FLAG);
        }
    }

    /// The caller must hold the lock; a wrong call cannot break memory here, only in the value that is guarded.
    #[inline]
    pub fn unlock(&self) {
        if self.word.swap(FREE, Release) == CONTENDED {
            self.wake();
        }
    }

    #[cold]
    #[cfg_attr(fullrust_sysroot, optimize(size))]
    fn wake(&self) {
        futex::wake_one(&self.word);
    }
}

/// A value behind a lock that is never poisoned.
pub struct Lock<T> {
    raw: RawLock,
    value: UnsafeCell<T>,
}

// SAFETY: the lock gives the value to one thread at a time.
unsafe impl<T: Send> Sync for Lock<T> {}

impl<T> Lock<T> {
    /// A free lock.
    pub const fn new(value: T) -> Self {
        Self { raw: RawLock::new(), value: UnsafeCell::new(value) }
    }

    /// Waits until the value is ours.
    #[inline]
    pub fn lock(&self) -> Guard<'_, T> {
        self.raw.lock();
        Guard { lock: self, _not_send: PhantomData }
    }
}

/// The right to use the value; gives it back when dropped. Stays in its thread.
pub struct Guard<'a, T> {
    lock: &'a Lock<T>,
    _not_send: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives shared access to the value only.
unsafe impl<T: Sync> Sync for Guard<'_, T> {}

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: this guard holds the lock.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T> DerefMut for Guard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: this guard holds the lock and is borrowed exclusively.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T> Drop for Guard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.lock.raw.unlock();
    }
}
