//! `Barrier`.

use core::panic::RefUnwindSafe;

use super::{Condvar, Mutex};
use crate::fmt;

/// Lets a number of threads wait for each other.
pub struct Barrier {
    state: Mutex<State>,
    turn_over: Condvar,
    thread_count: usize,
}

struct State {
    arrived: usize,
    generation: usize,
}

impl RefUnwindSafe for Barrier {}

/// Says which one of the threads came last.
pub struct BarrierWaitResult(bool);

impl Barrier {
    /// A barrier for `n` threads.
    #[inline]
    #[must_use]
    pub const fn new(n: usize) -> Barrier {
        Barrier { state: Mutex::new(State { arrived: 0, generation: 0 }), turn_over: Condvar::new(), thread_count: n }
    }

    /// Waits until as many threads as the barrier is for have come here.
    pub fn wait(&self) -> BarrierWaitResult {
        let mut state = self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let generation = state.generation;
        state.arrived += 1;
        if state.arrived < self.thread_count {
            let waiting = self.turn_over.wait_while(state, |state| state.generation == generation);
            drop(waiting);
            return BarrierWaitResult(false);
        }
        state.arrived = 0;
        state.generation = generation.wrapping_add(1);
        self.turn_over.notify_all();
        BarrierWaitResult(true)
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").finish_non_exhaustive()
    }
}

impl BarrierWaitResult {
    /// True for exactly one of the threads that waited together.
    #[must_use]
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl fmt::Debug for BarrierWaitResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BarrierWaitResult").field("is_leader", &self.is_leader()).finish()
    }
}
