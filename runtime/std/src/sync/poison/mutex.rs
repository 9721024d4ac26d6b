//! `Mutex`.
//!
//! # Safety
//! The only `unsafe` is the access to the value through a guard, which exists exactly while its thread holds the lock.

use core::cell::UnsafeCell;
use core::ops::{Deref, DerefMut};
use core::panic::{RefUnwindSafe, UnwindSafe};

use super::{AtEntry, Flag, LockResult, TryLockError, TryLockResult, lock_with_poison};
use crate::fmt;
use crate::sys::sync::RawMutex;

/// Gives one thread at a time access to a value.
#[cfg_attr(not(test), rustc_diagnostic_item = "Mutex")]
pub struct Mutex<T: ?Sized> {
    raw: RawMutex,
    poison: Flag,
    data: UnsafeCell<T>,
}

lock_with_poison!(Mutex, RawMutex, shown by try_lock or "<locked>", guards: MutexGuard);

// SAFETY: the value moves between the threads that lock it, one at a time.
unsafe impl<T: ?Sized + Send> Send for Mutex<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

/// The access to a [`Mutex`]'s value; unlocks when dropped.
#[must_use = "if unused the Mutex will immediately unlock"]
#[must_not_suspend = "holding a MutexGuard across suspend points can cause deadlocks, delays, and cause Futures to not implement `Send`"]
#[clippy::has_significant_drop]
#[cfg_attr(not(test), rustc_diagnostic_item = "MutexGuard")]
pub struct MutexGuard<'a, T: ?Sized + 'a> {
    lock: &'a Mutex<T>,
    entry: AtEntry,
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until the lock is ours. Locking it twice on one thread waits for ever.
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        self.raw.lock();
        self.guard()
    }

    /// Takes the lock if it is free.
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        if self.raw.try_lock() { Ok(self.guard()?) } else { Err(TryLockError::WouldBlock) }
    }

    /// The guard of a lock that was just taken.
    #[inline]
    fn guard(&self) -> LockResult<MutexGuard<'_, T>> {
        self.poison.guard(MutexGuard { lock: self, entry: self.poison.enter() })
    }
}

impl<T: ?Sized> MutexGuard<'_, T> {
    #[inline]
    fn value(guard: &Self) -> *const T {
        guard.lock.data.get()
    }
}

/// The lock under a guard, for condition variables.
#[inline]
pub(super) fn raw_of<'a, T: ?Sized>(guard: &MutexGuard<'a, T>) -> &'a RawMutex {
    &guard.lock.raw
}

/// Whether the mutex under a guard is poisoned, for condition variables.
#[inline]
pub(super) fn is_poisoned<T: ?Sized>(guard: &MutexGuard<'_, T>) -> bool {
    guard.lock.poison.get()
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: this guard holds the lock.
        unsafe { &mut *self.lock.data.get() }
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.lock.poison.leave(&self.entry);
        self.lock.raw.unlock();
    }
}
