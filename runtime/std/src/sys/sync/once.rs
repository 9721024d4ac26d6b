//! The state of `Once`: one word.
//!
//! | word | meaning |
//! |---|---|
//! | 0 | complete |
//! | 1 | never run |
//! | 2 | a run has panicked |
//! | 3 | running |
//!
//! 4 is added to any but the first when somebody may sleep.

use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use fullrust_rt::futex;

const COMPLETE: u32 = 0;
const NEW: u32 = 1;
const POISONED: u32 = 2;
const RUNNING: u32 = 3;
const AWAITED: u32 = 4;
const STATE: u32 = 3;

/// What a run leaves behind; `Complete` unless the closure says otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Complete,
    Poisoned,
}

pub(crate) struct OnceWord {
    word: AtomicU32,
}

/// Ends a run, also when it unwinds.
struct Running<'a> {
    once: &'a OnceWord,
    outcome: Outcome,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let state = match self.outcome {
            Outcome::Complete => COMPLETE,
            Outcome::Poisoned => POISONED,
        };
        if self.once.word.swap(state, Release) & AWAITED != 0 {
            futex::wake_all(&self.once.word);
        }
    }
}

impl OnceWord {
    #[inline]
    pub(crate) const fn new() -> Self {
        Self { word: AtomicU32::new(NEW) }
    }

    #[inline]
    pub(crate) const fn new_complete() -> Self {
        Self { word: AtomicU32::new(COMPLETE) }
    }

    #[inline]
    pub(crate) fn is_complete(&self) -> bool {
        self.word.load(Acquire) == COMPLETE
    }

    /// The state for one who has the word alone: complete, poisoned or neither.
    #[inline]
    pub(crate) fn outcome_mut(&mut self) -> Option<Outcome> {
        match *self.word.get_mut() & STATE {
            COMPLETE => Some(Outcome::Complete),
            POISONED => Some(Outcome::Poisoned),
            _ => None,
        }
    }

    /// Sets the state for one who has the word alone.
    #[inline]
    pub(crate) fn set_mut(&mut self, outcome: Option<Outcome>) {
        *self.word.get_mut() = match outcome {
            None => NEW,
            Some(Outcome::Complete) => COMPLETE,
            Some(Outcome::Poisoned) => POISONED,
        };
    }

    /// Runs the closure if no run has completed, or sleeps while another thread does. The closure hears whether an
    /// earlier run has panicked and says what its run leaves. Panics on a poisoned word unless `ignore_poison`.
    #[cold]
    #[track_caller]
    pub(crate) fn call(&self, ignore_poison: bool, run: &mut dyn FnMut(bool) -> Outcome) {
        loop {
            let word = self.word.load(Acquire);
            match word & STATE {
                COMPLETE => return,
                POISONED if !ignore_poison => panic!("Once instance has previously been poisoned"),
                RUNNING => self.sleep(word),
                state => {
                    if self.word.compare_exchange(word, RUNNING | word & AWAITED, Acquire, Relaxed).is_ok() {
                        let mut running = Running { once: self, outcome: Outcome::Poisoned };
                        running.outcome = run(state == POISONED);
                        return;
                    }
                }
            }
        }
    }

    /// Sleeps until some run has completed. Panics on a poisoned word unless `ignore_poison`.
    #[cold]
    #[track_caller]
    pub(crate) fn wait(&self, ignore_poison: bool) {
        loop {
            let word = self.word.load(Acquire);
            match word & STATE {
                COMPLETE => return,
                POISONED if !ignore_poison => panic!("Once instance has previously been poisoned"),
                _ => self.sleep(word),
            }
        }
    }

    /// Sleeps until a run ends. A run that starts meanwhile keeps the mark, so its end wakes us.
    fn sleep(&self, word: u32) {
        let marked = word | AWAITED;
        if word == marked || self.word.compare_exchange(word, marked, Relaxed, Relaxed).is_ok() {
            futex::wait_until(&self.word, marked, None);
        }
    }
}
