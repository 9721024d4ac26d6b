//! Waiting for a moment without sleeping.

use std::hint::spin_loop;
use std::thread::yield_now;

/// A wait that grows from turn to turn, until sleeping is better.
#[derive(Clone, Copy, Debug, Default)]
pub struct SpinWait {
    turns: u32,
}

impl SpinWait {
    /// A wait that begins.
    #[inline]
    pub fn new() -> SpinWait {
        SpinWait::default()
    }

    /// Begins again.
    #[inline]
    pub fn reset(&mut self) {
        self.turns = 0;
    }

    /// Waits a little: busily in the first turns, leaving the processor to others in the next. `false`, without a wait, after ten turns.
    #[inline]
    pub fn spin(&mut self) -> bool {
        if self.turns >= 10 {
            return false;
        }
        self.turns += 1;
        if self.turns <= 3 {
            busy(1 << self.turns);
        } else {
            yield_now();
        }
        true
    }

    /// Waits busily, the longer the more turns there were.
    #[inline]
    pub fn spin_no_yield(&mut self) {
        self.turns = (self.turns + 1).min(10);
        busy(1 << self.turns);
    }
}

fn busy(times: u32) {
    for _ in 0..times {
        spin_loop();
    }
}
