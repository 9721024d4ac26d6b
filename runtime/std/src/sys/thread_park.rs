//! Sleeping until another thread says so: gates, deadlines, the token of `park`, and the runtime's lock by another name.

use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use core::time::Duration;

use fullrust_rt::futex;
pub(crate) use fullrust_rt::lock::{Guard as SharedGuard, Lock as Shared};
use fullrust_sys::time::{CLOCK_MONOTONIC, Timespec};

/// A point in time until which to wait, or none.
pub(crate) struct Deadline(Option<Timespec>);

impl Deadline {
    /// That far from now; none for no time and for one beyond the clock.
    pub(crate) fn after(timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|timeout| futex::deadline_after(CLOCK_MONOTONIC, timeout)))
    }
}

/// A counter to sleep on.
pub(crate) struct Gate {
    opened: AtomicU32,
}

impl Gate {
    pub(crate) const fn new() -> Self {
        Self { opened: AtomicU32::new(0) }
    }

    /// What [`Gate::wait`] needs; to be taken before giving up the lock that protects what is waited for.
    #[inline]
    pub(crate) fn ticket(&self) -> u32 {
        self.opened.load(Relaxed)
    }

    /// Sleeps until the gate was opened after the ticket was taken. False if the time ran out.
    #[inline]
    pub(crate) fn wait(&self, ticket: u32, deadline: Option<&Deadline>) -> bool {
        futex::wait_until(&self.opened, ticket, deadline.and_then(|deadline| deadline.0.as_ref()))
    }

    #[inline]
    pub(crate) fn open_for_one(&self) {
        self.opened.fetch_add(1, Relaxed);
        futex::wake_one(&self.opened);
    }

    #[inline]
    pub(crate) fn open(&self) {
        self.opened.fetch_add(1, Relaxed);
        futex::wake_all(&self.opened);
    }
}

/// Short waits before a sleep: longer and longer spins, then giving the processor away a few times.
pub(crate) struct Patience {
    rounds: u32,
}

impl Patience {
    const SPINS: u32 = 6;
    const ALL: u32 = 10;

    pub(crate) const fn new() -> Self {
        Self { rounds: 0 }
    }

    /// Whether it is too early to sleep.
    #[inline]
    pub(crate) fn is_left(&self) -> bool {
        self.rounds < Self::ALL
    }

    pub(crate) fn wait(&mut self) {
        if self.rounds < Self::SPINS {
            (0..1 << self.rounds).for_each(|_| core::hint::spin_loop());
        } else {
            fullrust_sys::thread::sched_yield();
        }
        self.rounds += 1;
    }
}

const EMPTY: u32 = 0;
const TOKEN: u32 = 1;
const ASLEEP: u32 = u32::MAX;

/// The token of `park` and `unpark`.
pub(crate) struct Parker {
    word: AtomicU32,
}

impl Parker {
    pub(crate) const fn new() -> Self {
        Self { word: AtomicU32::new(EMPTY) }
    }

    /// Takes the token, sleeping until there is one or the time is over. For the owner only.
    pub(crate) fn park(&self, timeout: Option<Duration>) {
        // From TOKEN to EMPTY, or from EMPTY to ASLEEP.
        if self.word.fetch_sub(1, Acquire) == TOKEN {
            return;
        }
        let deadline = Deadline::after(timeout);
        loop {
            let in_time = futex::wait_until(&self.word, ASLEEP, deadline.0.as_ref());
            if self.word.compare_exchange(TOKEN, EMPTY, Acquire, Acquire).is_ok() {
                return;
            }
            if !in_time {
                // Takes a token that came just now, too.
                self.word.swap(EMPTY, Acquire);
                return;
            }
        }
    }

    /// Leaves a token and wakes the owner.
    #[inline]
    pub(crate) fn unpark(&self) {
        if self.word.swap(TOKEN, Release) == ASLEEP {
            futex::wake_one(&self.word);
        }
    }
}
