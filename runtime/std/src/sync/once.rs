//! `Once`.

use core::panic::{RefUnwindSafe, UnwindSafe};

use crate::fmt;
use crate::sys::sync::{OnceWord, Outcome};

/// Runs a closure once, whichever thread comes first.
pub struct Once {
    word: OnceWord,
}

impl UnwindSafe for Once {}
impl RefUnwindSafe for Once {}

/// What the closure of [`Once::call_once_force`] may know.
pub struct OnceState {
    poisoned: bool,
}

/// A `Once` that has not run.
#[expect(clippy::declare_interior_mutable_const, reason = "what it is for: a copy at each use")]
#[deprecated(since = "1.38.0", note = "the `Once::new()` function is now preferred")]
pub const ONCE_INIT: Once = Once::new();

impl Once {
    /// A `Once` that has not run.
    #[inline]
    #[must_use]
    pub const fn new() -> Once {
        Once { word: OnceWord::new() }
    }

    /// Runs the closure if none has run; otherwise waits until that has returned. Panics if it panicked.
    #[inline]
    #[track_caller]
    pub fn call_once<F>(&self, f: F)
    where
        F: FnOnce(),
    {
        if !self.is_completed() {
            let mut f = Some(f);
            self.word.call(false, &mut |_| {
                if let Some(f) = f.take() {
                    f();
                }
                Outcome::Complete
            });
        }
    }

    /// As [`Once::call_once`], but runs also if an earlier closure panicked.
    #[inline]
    pub fn call_once_force<F>(&self, f: F)
    where
        F: FnOnce(&OnceState),
    {
        if !self.is_completed() {
            let mut f = Some(f);
            self.word.call(true, &mut |poisoned| {
                if let Some(f) = f.take() {
                    f(&OnceState { poisoned });
                }
                Outcome::Complete
            });
        }
    }

    /// Whether a closure has returned.
    #[inline]
    pub fn is_completed(&self) -> bool {
        self.word.is_complete()
    }

    /// Waits until a closure has returned. Panics if one panicked.
    pub fn wait(&self) {
        if !self.is_completed() {
            self.word.wait(false);
        }
    }

    /// Waits until a closure has returned, past those that panic.
    pub fn wait_force(&self) {
        if !self.is_completed() {
            self.word.wait(true);
        }
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}

impl OnceState {
    /// Whether an earlier closure panicked.
    #[inline]
    pub fn is_poisoned(&self) -> bool {
        self.poisoned
    }
}

impl fmt::Debug for OnceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnceState").field("poisoned", &self.is_poisoned()).finish()
    }
}
