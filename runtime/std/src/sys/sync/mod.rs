//! Locks without the values they guard, on private futexes.

mod condvar;
mod mutex;
mod once;
mod rwlock;

pub(crate) use condvar::RawCondvar;
pub(crate) use mutex::RawMutex;
pub(crate) use once::{OnceWord, Outcome};
pub(crate) use rwlock::RawRwLock;

/// How often to look at a lock before sleeping: about the length of a short critical section.
const SPINS: u32 = 100;

/// Looks at a word until the condition holds, a few times; returns the last value seen.
#[inline]
fn spin(word: &core::sync::atomic::AtomicU32, done: impl Fn(u32) -> bool) -> u32 {
    let mut left = SPINS;
    loop {
        let value = word.load(core::sync::atomic::Ordering::Relaxed);
        if done(value) || left == 0 {
            return value;
        }
        core::hint::spin_loop();
        left -= 1;
    }
}
