//! Poison: a lock remembers that a thread panicked while holding it.

pub mod condvar;
pub mod mutex;
pub mod rwlock;

use core::sync::atomic::{AtomicBool, Ordering::Relaxed};

use crate::error::Error;
use crate::fmt;

/// The mark in a lock.
pub(super) struct Flag {
    poisoned: AtomicBool,
}

/// Whether the thread was panicking already when it took the lock.
pub(super) struct AtEntry {
    panicking: bool,
}

impl Flag {
    #[inline]
    pub(super) const fn new() -> Flag {
        Flag { poisoned: AtomicBool::new(false) }
    }

    #[inline]
    pub(super) fn enter(&self) -> AtEntry {
        AtEntry { panicking: crate::thread::panicking() }
    }

    /// Poisons if a panic has begun since the entry.
    #[inline]
    pub(super) fn leave(&self, entry: &AtEntry) {
        if !entry.panicking && crate::thread::panicking() {
            self.poisoned.store(true, Relaxed);
        }
    }

    #[inline]
    pub(super) fn get(&self) -> bool {
        self.poisoned.load(Relaxed)
    }

    #[inline]
    pub(super) fn clear(&self) {
        self.poisoned.store(false, Relaxed);
    }

    /// The value, as an error if the lock is poisoned.
    #[inline]
    pub(super) fn guard<T>(&self, value: T) -> LockResult<T> {
        if self.get() { Err(PoisonError::new(value)) } else { Ok(value) }
    }
}

/// What the locks have in common: a value under a `raw` lock and a `poison` flag. `$try` is the access that changes
/// nothing, `$held` what is shown where it cannot be had.
macro_rules! lock_with_poison {
    ($lock:ident, $raw:ident, shown by $try:ident or $held:expr, guards: $($guard:ident)*) => {
        impl<T: ?Sized> UnwindSafe for $lock<T> {}
        impl<T: ?Sized> RefUnwindSafe for $lock<T> {}

        impl<T> $lock<T> {
            /// An unlocked one.
            #[inline]
            pub const fn new(t: T) -> $lock<T> {
                $lock { raw: $raw::new(), poison: Flag::new(), data: UnsafeCell::new(t) }
            }

            /// The value.
            pub fn into_inner(self) -> LockResult<T> {
                let data = self.data.into_inner();
                self.poison.guard(data)
            }
        }

        impl<T: ?Sized> $lock<T> {
            /// Whether one who could change the value has panicked.
            #[inline]
            pub fn is_poisoned(&self) -> bool {
                self.poison.get()
            }

            /// Forgets that.
            #[inline]
            pub fn clear_poison(&self) {
                self.poison.clear();
            }

            /// The value, without locking, for one who has the lock alone.
            pub fn get_mut(&mut self) -> LockResult<&mut T> {
                self.poison.guard(self.data.get_mut())
            }
        }

        impl<T> From<T> for $lock<T> {
            fn from(t: T) -> Self {
                $lock::new(t)
            }
        }

        impl<T: Default> Default for $lock<T> {
            fn default() -> $lock<T> {
                $lock::new(Default::default())
            }
        }

        impl<T: ?Sized + fmt::Debug> fmt::Debug for $lock<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut d = f.debug_struct(stringify!($lock));
                match self.$try() {
                    Ok(guard) => d.field("data", &&*guard),
                    Err(TryLockError::Poisoned(error)) => d.field("data", &&**error.get_ref()),
                    Err(TryLockError::WouldBlock) => d.field("data", &$held),
                };
                d.field("poisoned", &self.poison.get()).finish_non_exhaustive()
            }
        }

        $(
            impl<T: ?Sized> Deref for $guard<'_, T> {
                type Target = T;

                #[inline]
                fn deref(&self) -> &T {
                    // SAFETY: this guard holds the lock, for reading at least.
                    unsafe { &*Self::value(self) }
                }
            }

            // A lock is given back by the thread that took it.
            impl<T: ?Sized> !Send for $guard<'_, T> {}
            // SAFETY: a shared guard gives shared access to the value only.
            unsafe impl<T: ?Sized + Sync> Sync for $guard<'_, T> {}

            impl<T: ?Sized + fmt::Debug> fmt::Debug for $guard<'_, T> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    (**self).fmt(f)
                }
            }

            impl<T: ?Sized + fmt::Display> fmt::Display for $guard<'_, T> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    (**self).fmt(f)
                }
            }
        )*
    };
}

pub(super) use lock_with_poison;

/// A lock was held by a thread that panicked; what was asked for is inside all the same.
pub struct PoisonError<T> {
    data: T,
}

/// Why a lock could not be taken at once.
pub enum TryLockError<T> {
    /// It was taken, but a holder had panicked.
    Poisoned(PoisonError<T>),
    /// Somebody holds it.
    WouldBlock,
}

/// What taking a lock gives.
pub type LockResult<T> = Result<T, PoisonError<T>>;

/// What trying to take a lock gives.
pub type TryLockResult<Guard> = Result<Guard, TryLockError<Guard>>;

impl<T> PoisonError<T> {
    /// An error around a value.
    #[track_caller]
    pub fn new(data: T) -> PoisonError<T> {
        PoisonError { data }
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.data
    }

    /// The value by reference.
    pub fn get_ref(&self) -> &T {
        &self.data
    }

    /// The value for changing.
    pub fn get_mut(&mut self) -> &mut T {
        &mut self.data
    }
}

impl<T> fmt::Debug for PoisonError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoisonError").finish_non_exhaustive()
    }
}

impl<T> fmt::Display for PoisonError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("poisoned lock: another task failed inside")
    }
}

impl<T> Error for PoisonError<T> {}

impl<T> From<PoisonError<T>> for TryLockError<T> {
    fn from(err: PoisonError<T>) -> TryLockError<T> {
        TryLockError::Poisoned(err)
    }
}

impl<T> fmt::Debug for TryLockError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            TryLockError::Poisoned(..) => "Poisoned(..)",
            TryLockError::WouldBlock => "WouldBlock",
        };
        fmt::Debug::fmt(text, f)
    }
}

impl<T> fmt::Display for TryLockError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryLockError::Poisoned(..) => "poisoned lock: another task failed inside",
            TryLockError::WouldBlock => "try_lock failed because the operation would block",
        })
    }
}

impl<T> Error for TryLockError<T> {}
