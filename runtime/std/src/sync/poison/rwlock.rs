//! `RwLock`.
//!
//! # Safety
//! The only `unsafe` is the access to the value through a guard, which exists exactly while its thread holds the lock
//! in that way.

use core::cell::UnsafeCell;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};
use core::panic::{RefUnwindSafe, UnwindSafe};
use core::ptr::NonNull;

use super::{AtEntry, Flag, LockResult, TryLockError, TryLockResult, lock_with_poison};
use crate::fmt;
use crate::sys::sync::RawRwLock;

/// Gives many threads read access or one thread write access to a value.
#[cfg_attr(not(test), rustc_diagnostic_item = "RwLock")]
pub struct RwLock<T: ?Sized> {
    raw: RawRwLock,
    poison: Flag,
    data: UnsafeCell<T>,
}

lock_with_poison!(RwLock, RawRwLock, shown by try_read or format_args!("<locked>"), guards: RwLockReadGuard RwLockWriteGuard);

// SAFETY: the value moves between the threads that write-lock it, one at a time.
unsafe impl<T: ?Sized + Send> Send for RwLock<T> {}
// SAFETY: as above; several readers share the value.
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLock<T> {}

/// Read access to a [`RwLock`]'s value; unlocks when dropped.
#[must_use = "if unused the RwLock will immediately unlock"]
#[must_not_suspend = "holding a RwLockReadGuard across suspend points can cause deadlocks, delays, and cause Futures to not implement `Send`"]
#[clippy::has_significant_drop]
#[cfg_attr(not(test), rustc_diagnostic_item = "RwLockReadGuard")]
pub struct RwLockReadGuard<'a, T: ?Sized + 'a> {
    /// Not by way of the lock, whose cell would forbid to see a longer lifetime inside `T` as a shorter one.
    value: NonNull<T>,
    raw: &'a RawRwLock,
}

/// Write access to a [`RwLock`]'s value; unlocks when dropped.
#[must_use = "if unused the RwLock will immediately unlock"]
#[must_not_suspend = "holding a RwLockWriteGuard across suspend points can cause deadlocks, delays, and cause Future's to not implement `Send`"]
#[clippy::has_significant_drop]
#[cfg_attr(not(test), rustc_diagnostic_item = "RwLockWriteGuard")]
pub struct RwLockWriteGuard<'a, T: ?Sized + 'a> {
    lock: &'a RwLock<T>,
    entry: AtEntry,
}

impl<T: ?Sized> RwLock<T> {
    /// Waits for read access.
    #[inline]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        self.raw.read();
        self.read_guard()
    }

    /// Takes read access if it can be had at once.
    #[inline]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        if self.raw.try_read() { Ok(self.read_guard()?) } else { Err(TryLockError::WouldBlock) }
    }

    /// Waits for write access.
    #[inline]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        self.raw.write();
        self.write_guard()
    }

    /// Takes write access if it can be had at once.
    #[inline]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        if self.raw.try_write() { Ok(self.write_guard()?) } else { Err(TryLockError::WouldBlock) }
    }

    #[inline]
    fn read_guard(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        self.poison.guard(RwLockReadGuard::of(self))
    }

    #[inline]
    fn write_guard(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        self.poison.guard(RwLockWriteGuard { lock: self, entry: self.poison.enter() })
    }
}

impl<'a, T: ?Sized> RwLockReadGuard<'a, T> {
    /// The guard of a lock that was just taken.
    #[inline]
    fn of(lock: &'a RwLock<T>) -> Self {
        // SAFETY: a cell's address is not null.
        let value = unsafe { NonNull::new_unchecked(lock.data.get()) };
        RwLockReadGuard { value, raw: &lock.raw }
    }

    #[inline]
    fn value(guard: &Self) -> *const T {
        guard.value.as_ptr()
    }
}

impl<'a, T: ?Sized> RwLockWriteGuard<'a, T> {
    #[inline]
    fn value(guard: &Self) -> *const T {
        guard.lock.data.get()
    }

    /// Turns write access into read access; no other writer comes in between.
    pub fn downgrade(s: Self) -> RwLockReadGuard<'a, T> {
        let writer = ManuallyDrop::new(s);
        writer.lock.poison.leave(&writer.entry);
        writer.lock.raw.downgrade();
        RwLockReadGuard::of(writer.lock)
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: this guard holds the lock for writing.
        unsafe { &mut *self.lock.data.get() }
    }
}

impl<T: ?Sized> Drop for RwLockReadGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.raw.read_unlock();
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.lock.poison.leave(&self.entry);
        self.lock.raw.write_unlock();
    }
}
