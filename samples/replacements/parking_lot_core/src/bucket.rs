//! The table of queues: a fixed number of buckets, each with the threads of all keys that fall into it, in the order of their coming.

use crate::ParkToken;
use crate::parker::Parker;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const BITS: u32 = 8;

static BUCKETS: [Mutex<Bucket>; 1 << BITS] =
    [const { Mutex::new(Bucket { waiters: VecDeque::new(), fairness: None }) }; 1 << BITS];

/// A thread in a queue.
pub(crate) struct Waiter {
    pub(crate) key: usize,
    pub(crate) token: ParkToken,
    pub(crate) parker: Arc<Parker>,
}

pub(crate) struct Bucket {
    pub(crate) waiters: VecDeque<Waiter>,
    /// When to be fair next, and the last random number.
    fairness: Option<(Instant, u32)>,
}

impl Bucket {
    pub(crate) fn has(&self, key: usize) -> bool {
        self.waiters.iter().any(|waiter| waiter.key == key)
    }

    pub(crate) fn count(&self, key: usize) -> usize {
        self.waiters.iter().filter(|waiter| waiter.key == key).count()
    }

    pub(crate) fn take_first(&mut self, key: usize) -> Option<Waiter> {
        let place = self.waiters.iter().position(|waiter| waiter.key == key)?;
        self.waiters.remove(place)
    }

    /// Whether it is; at random times up to a millisecond apart, so that no pattern of waiting evades it.
    pub(crate) fn is_time_to_be_fair(&mut self) -> bool {
        let now = Instant::now();
        let (due, last) = self.fairness.unwrap_or((now, std::ptr::from_ref(self) as usize as u32 | 1));
        if now < due {
            return false;
        }
        // An xorshift generator.
        let mut random = last ^ (last << 13);
        random ^= random >> 17;
        random ^= random << 5;
        self.fairness = Some((now + Duration::from_nanos(u64::from(random % 1_000_000)), random));
        true
    }
}

/// The bucket of a key, by Fibonacci hashing.
fn place(key: usize) -> usize {
    ((key as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - BITS)) as usize
}

fn lock_at(place: usize) -> MutexGuard<'static, Bucket> {
    BUCKETS[place].lock().unwrap_or_else(PoisonError::into_inner)
}

/// Locks the bucket of a key.
pub(crate) fn lock(key: usize) -> MutexGuard<'static, Bucket> {
    lock_at(place(key))
}

/// The locked buckets of two keys, which may be the same.
pub(crate) struct Pair {
    from: MutexGuard<'static, Bucket>,
    to: Option<MutexGuard<'static, Bucket>>,
}

impl Pair {
    /// Locks both, the one that stands first in the table first.
    pub(crate) fn lock(key_from: usize, key_to: usize) -> Pair {
        let (from, to) = (place(key_from), place(key_to));
        if from == to {
            return Pair { from: lock_at(from), to: None };
        }
        let first = lock_at(from.min(to));
        let second = lock_at(from.max(to));
        if from < to { Pair { from: first, to: Some(second) } } else { Pair { from: second, to: Some(first) } }
    }

    pub(crate) fn from(&mut self) -> &mut Bucket {
        &mut self.from
    }

    pub(crate) fn to(&mut self) -> &mut Bucket {
        self.to.as_mut().unwrap_or(&mut self.from)
    }
}
