//! `OnceLock`.
//!
//! # Safety
//! The value is written by the one run of `once`, and read only after that run has completed.

use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::panic::{RefUnwindSafe, UnwindSafe};

use crate::fmt;
use crate::sys::sync::{OnceWord, Outcome};

/// A cell that is written once, from whichever thread.
pub struct OnceLock<T> {
    once: OnceWord,
    value: UnsafeCell<MaybeUninit<T>>,
    _owns: PhantomData<T>,
}

// SAFETY: readers share the value; a value set by one thread may be dropped or taken by another.
unsafe impl<T: Sync + Send> Sync for OnceLock<T> {}
// SAFETY: the cell owns the value.
unsafe impl<T: Send> Send for OnceLock<T> {}
impl<T: RefUnwindSafe + UnwindSafe> RefUnwindSafe for OnceLock<T> {}
impl<T: UnwindSafe> UnwindSafe for OnceLock<T> {}

impl<T> OnceLock<T> {
    /// An empty cell.
    #[inline]
    #[must_use]
    pub const fn new() -> OnceLock<T> {
        OnceLock { once: OnceWord::new(), value: UnsafeCell::new(MaybeUninit::uninit()), _owns: PhantomData }
    }

    /// The value, if there is one already.
    #[inline]
    pub fn get(&self) -> Option<&T> {
        if self.once.is_complete() {
            // SAFETY: the run that wrote the value has completed.
            Some(unsafe { (*self.value.get()).assume_init_ref() })
        } else {
            None
        }
    }

    /// The value for changing, if there is one.
    #[inline]
    pub fn get_mut(&mut self) -> Option<&mut T> {
        if self.once.is_complete() {
            // SAFETY: as in `get`.
            Some(unsafe { self.value.get_mut().assume_init_mut() })
        } else {
            None
        }
    }

    /// The value, after sleeping until there is one.
    #[inline]
    pub fn wait(&self) -> &T {
        if !self.once.is_complete() {
            self.once.wait(true);
        }
        self.get_complete()
    }

    /// Sets the value; gives it back if there was one already.
    #[inline]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.get_or_init(|| value.take().expect("the closure runs at most once"));
        match value {
            None => Ok(()),
            Some(value) => Err(value),
        }
    }

    /// The value, after making it if there is none. While one thread makes it, others wait.
    #[inline]
    pub fn get_or_init<F>(&self, f: F) -> &T
    where
        F: FnOnce() -> T,
    {
        if !self.once.is_complete() {
            self.initialise(f);
        }
        self.get_complete()
    }

    #[cold]
    fn initialise<F: FnOnce() -> T>(&self, f: F) {
        let mut f = Some(f);
        self.once.call(true, &mut |_| {
            if let Some(f) = f.take() {
                let value = f();
                // SAFETY: this is the one run; nobody reads before it has completed.
                unsafe { (*self.value.get()).write(value) };
            }
            Outcome::Complete
        });
    }

    #[inline]
    fn get_complete(&self) -> &T {
        debug_assert!(self.once.is_complete());
        // SAFETY: only called after a completed run.
        unsafe { (*self.value.get()).assume_init_ref() }
    }

    /// The value, if there is one.
    #[inline]
    pub fn into_inner(mut self) -> Option<T> {
        self.take()
    }

    /// Takes the value out; the cell is empty afterwards.
    #[inline]
    pub fn take(&mut self) -> Option<T> {
        if !self.once.is_complete() {
            return None;
        }
        self.once.set_mut(None);
        // SAFETY: there was a value, and the word no longer says so.
        Some(unsafe { self.value.get_mut().assume_init_read() })
    }
}

impl<T> Drop for OnceLock<T> {
    #[inline]
    fn drop(&mut self) {
        if self.once.is_complete() {
            // SAFETY: there is a value, and nobody reads it any more.
            unsafe { self.value.get_mut().assume_init_drop() };
        }
    }
}

impl<T> Default for OnceLock<T> {
    #[inline]
    fn default() -> OnceLock<T> {
        OnceLock::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_tuple("OnceLock");
        match self.get() {
            Some(v) => d.field(v),
            None => d.field(&format_args!("<uninit>")),
        };
        d.finish()
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    #[inline]
    fn clone(&self) -> OnceLock<T> {
        match self.get() {
            Some(value) => OnceLock::from(value.clone()),
            None => OnceLock::new(),
        }
    }
}

impl<T> From<T> for OnceLock<T> {
    #[inline]
    fn from(value: T) -> Self {
        OnceLock { once: OnceWord::new_complete(), value: UnsafeCell::new(MaybeUninit::new(value)), _owns: PhantomData }
    }
}

impl<T: PartialEq> PartialEq for OnceLock<T> {
    #[inline]
    fn eq(&self, other: &OnceLock<T>) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq> Eq for OnceLock<T> {}
