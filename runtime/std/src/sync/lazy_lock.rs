//! `LazyLock`.
//!
//! # Safety
//! The cell holds the closure until the one run of `once` takes it, and the value after that run has completed. A run
//! that panics leaves neither, which the word says.

use core::cell::UnsafeCell;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};
use core::panic::{RefUnwindSafe, UnwindSafe};

use crate::fmt;
use crate::sys::sync::{OnceWord, Outcome};

union Data<T, F> {
    value: ManuallyDrop<T>,
    f: ManuallyDrop<F>,
}

/// A value that is made on first use, by whichever thread.
pub struct LazyLock<T, F = fn() -> T> {
    once: OnceWord,
    data: UnsafeCell<Data<T, F>>,
}

// SAFETY: the closure runs on one thread, which may be another than the one that made it; readers share the value.
unsafe impl<T: Sync + Send, F: Send> Sync for LazyLock<T, F> {}
impl<T: RefUnwindSafe + UnwindSafe, F: UnwindSafe> RefUnwindSafe for LazyLock<T, F> {}
impl<T: UnwindSafe, F: UnwindSafe> UnwindSafe for LazyLock<T, F> {}

#[cold]
#[track_caller]
fn poisoned() -> ! {
    panic!("LazyLock instance has previously been poisoned")
}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// A value to be made by the closure.
    #[inline]
    pub const fn new(f: F) -> LazyLock<T, F> {
        LazyLock { once: OnceWord::new(), data: UnsafeCell::new(Data { f: ManuallyDrop::new(f) }) }
    }

    /// The value, after making it if that has not happened. Panics if making it has panicked.
    #[inline]
    #[track_caller]
    pub fn force(this: &LazyLock<T, F>) -> &T {
        if !this.once.is_complete() {
            this.make();
        }
        // SAFETY: the run has completed.
        unsafe { &(*this.data.get()).value }
    }

    #[cold]
    #[track_caller]
    fn make(&self) {
        self.once.call(true, &mut |was_poisoned| {
            if was_poisoned {
                poisoned();
            }
            // SAFETY: this is the one run: the cell holds the closure, and nobody else looks.
            unsafe {
                let data = &mut *self.data.get();
                let value = ManuallyDrop::take(&mut data.f)();
                data.value = ManuallyDrop::new(value);
            }
            Outcome::Complete
        });
    }

    /// The value for changing, after making it if that has not happened.
    #[inline]
    pub fn force_mut(this: &mut LazyLock<T, F>) -> &mut T {
        if !this.once.is_complete() {
            this.make();
        }
        // SAFETY: as in `force`.
        unsafe { &mut this.data.get_mut().value }
    }
}

impl<T, F> LazyLock<T, F> {
    /// The value, if it has been made.
    #[inline]
    pub fn get(this: &LazyLock<T, F>) -> Option<&T> {
        if this.once.is_complete() {
            // SAFETY: the run has completed.
            Some(unsafe { &(*this.data.get()).value })
        } else {
            None
        }
    }

    /// The value for changing, if it has been made.
    #[inline]
    pub fn get_mut(this: &mut LazyLock<T, F>) -> Option<&mut T> {
        if this.once.is_complete() {
            // SAFETY: as in `get`.
            Some(unsafe { &mut this.data.get_mut().value })
        } else {
            None
        }
    }
}

impl<T, F> Drop for LazyLock<T, F> {
    fn drop(&mut self) {
        match self.once.outcome_mut() {
            // SAFETY: the cell holds the closure.
            None => unsafe { ManuallyDrop::drop(&mut self.data.get_mut().f) },
            // SAFETY: the cell holds the value.
            Some(Outcome::Complete) => unsafe { ManuallyDrop::drop(&mut self.data.get_mut().value) },
            Some(Outcome::Poisoned) => {}
        }
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[inline]
    #[track_caller]
    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T, F: FnOnce() -> T> DerefMut for LazyLock<T, F> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        LazyLock::force_mut(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    #[inline]
    fn default() -> LazyLock<T> {
        LazyLock::new(T::default)
    }
}

#[cfg(version("1.96"))]
impl<T, F> From<T> for LazyLock<T, F> {
    /// A value that is there already; the closure is never needed.
    #[inline]
    fn from(value: T) -> LazyLock<T, F> {
        LazyLock { once: OnceWord::new_complete(), data: UnsafeCell::new(Data { value: ManuallyDrop::new(value) }) }
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_tuple("LazyLock");
        match LazyLock::get(self) {
            Some(v) => d.field(v),
            None => d.field(&format_args!("<uninit>")),
        };
        d.finish()
    }
}
