//! The interface of `parking_lot_core` 0.9 on `std::sync`: threads wait in queues that are found by a key, usually the address of a lock.
//!
//! Without the detection of deadlocks. As in the original, what is called with a queue locked may neither panic nor wait for anybody.

mod bucket;
mod parker;
mod spin_wait;
mod tokens;

pub use spin_wait::SpinWait;
pub use tokens::*;

use bucket::{Pair, Waiter};
use parker::Parker;
use std::sync::Arc;
use std::time::Instant;

/// What the original's detection of deadlocks is told; nothing is done with it.
pub mod deadlock {
    /// A thread has a resource from now on.
    ///
    /// # Safety
    /// None is needed here; the original's signature.
    #[inline]
    pub unsafe fn acquire_resource(_key: usize) {}

    /// A thread gives a resource back.
    ///
    /// # Safety
    /// None is needed here; the original's signature.
    #[inline]
    pub unsafe fn release_resource(_key: usize) {}
}

/// Puts the thread to the end of the key's queue and sleeps until somebody wakes it or the time is over.
///
/// `validate` decides, with the queue locked, whether to wait at all; `before_sleep` runs after that, unlocked. `timed_out` runs with
/// the queue locked and is told in which queue the thread was and whether that is empty now.
///
/// # Safety
/// The key must be the caller's own; `validate` and `timed_out` may not panic and not call into this crate.
pub unsafe fn park(
    key: usize,
    validate: impl FnOnce() -> bool,
    before_sleep: impl FnOnce(),
    timed_out: impl FnOnce(usize, bool),
    park_token: ParkToken,
    timeout: Option<Instant>,
) -> ParkResult {
    let parker = Arc::new(Parker::new(key));
    {
        let mut bucket = bucket::lock(key);
        if !validate() {
            return ParkResult::Invalid;
        }
        bucket.waiters.push_back(Waiter { key, token: park_token, parker: Arc::clone(&parker) });
    }
    before_sleep();
    if let Some(token) = parker.sleep(timeout) {
        return ParkResult::Unparked(token);
    }
    // A requeue may move the thread to another queue as long as none is locked.
    loop {
        let key = parker.key();
        let mut bucket = bucket::lock(key);
        if parker.key() != key {
            continue;
        }
        let Some(place) = bucket.waiters.iter().position(|waiter| Arc::ptr_eq(&waiter.parker, &parker)) else { break };
        bucket.waiters.remove(place);
        timed_out(key, !bucket.has(key));
        return ParkResult::TimedOut;
    }
    // Somebody has taken the thread from the queue and is about to wake it.
    parker.sleep(None).map_or(ParkResult::Invalid, ParkResult::Unparked)
}

/// Wakes the first thread of the key's queue. `callback` runs before that, with the queue locked.
///
/// # Safety
/// As for [`park`].
pub unsafe fn unpark_one(key: usize, callback: impl FnOnce(UnparkResult) -> UnparkToken) -> UnparkResult {
    let mut bucket = bucket::lock(key);
    let first = bucket.take_first(key);
    let mut result = UnparkResult::default();
    if first.is_some() {
        result.unparked_threads = 1;
        result.have_more_threads = bucket.has(key);
        result.be_fair = bucket.is_time_to_be_fair();
    }
    let token = callback(result);
    drop(bucket);
    if let Some(waiter) = first {
        waiter.parker.wake(token);
    }
    result
}

/// Wakes all threads of the key's queue; how many there were.
///
/// # Safety
/// As for [`park`].
pub unsafe fn unpark_all(key: usize, unpark_token: UnparkToken) -> usize {
    let mut bucket = bucket::lock(key);
    let mut woken = Vec::new();
    while let Some(waiter) = bucket.take_first(key) {
        woken.push(waiter);
    }
    drop(bucket);
    for waiter in &woken {
        waiter.parker.wake(unpark_token);
    }
    woken.len()
}

/// Wakes those threads of the key's queue that `filter` chooses by their tokens, from the first on.
///
/// # Safety
/// As for [`park`], and `filter` as `callback`.
pub unsafe fn unpark_filter(
    key: usize,
    mut filter: impl FnMut(ParkToken) -> FilterOp,
    callback: impl FnOnce(UnparkResult) -> UnparkToken,
) -> UnparkResult {
    let mut bucket = bucket::lock(key);
    let (mut woken, mut place) = (Vec::new(), 0);
    while let Some(waiter) = bucket.waiters.get(place) {
        let choice = if waiter.key == key { filter(waiter.token) } else { FilterOp::Skip };
        match choice {
            FilterOp::Unpark => woken.extend(bucket.waiters.remove(place)),
            FilterOp::Skip => place += 1,
            FilterOp::Stop => break,
        }
    }
    let result = UnparkResult {
        unparked_threads: woken.len(),
        have_more_threads: bucket.has(key),
        be_fair: !woken.is_empty() && bucket.is_time_to_be_fair(),
        ..UnparkResult::default()
    };
    let token = callback(result);
    drop(bucket);
    for waiter in woken {
        waiter.parker.wake(token);
    }
    result
}

/// Moves threads from one queue to another, and wakes one, as `validate` says with both queues locked.
///
/// # Safety
/// As for [`park`], for both keys.
pub unsafe fn unpark_requeue(
    key_from: usize,
    key_to: usize,
    validate: impl FnOnce() -> RequeueOp,
    callback: impl FnOnce(RequeueOp, UnparkResult) -> UnparkToken,
) -> UnparkResult {
    let mut buckets = Pair::lock(key_from, key_to);
    let operation = validate();
    let (wakes, moves) = match operation {
        RequeueOp::Abort => return UnparkResult::default(),
        RequeueOp::UnparkOneRequeueRest => (true, usize::MAX),
        RequeueOp::RequeueAll => (false, usize::MAX),
        RequeueOp::UnparkOne => (true, 0),
        RequeueOp::RequeueOne => (false, 1),
    };
    let woken = if wakes { buckets.from().take_first(key_from) } else { None };
    let moves = buckets.from().count(key_from).min(moves);
    let mut result = UnparkResult { unparked_threads: usize::from(woken.is_some()), ..UnparkResult::default() };
    for _ in 0..moves {
        let Some(waiter) = buckets.from().take_first(key_from) else { break };
        waiter.parker.set_key(key_to);
        buckets.to().waiters.push_back(Waiter { key: key_to, ..waiter });
        result.requeued_threads += 1;
    }
    result.have_more_threads = buckets.from().has(key_from);
    result.be_fair = woken.is_some() && buckets.from().is_time_to_be_fair();
    let token = callback(operation, result);
    drop(buckets);
    if let Some(waiter) = woken {
        waiter.parker.wake(token);
    }
    result
}
