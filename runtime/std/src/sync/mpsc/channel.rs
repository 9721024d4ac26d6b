//! What both ends of a channel share: a queue under a lock, and two counters to sleep on.
//!
//! A side that has to wait marks that under the lock, remembers its counter, unlocks and sleeps while the counter is
//! the same. The other side, finding the mark under the lock, moves the counter and wakes after unlocking.

use alloc_crate::collections::VecDeque;
use core::time::Duration;

use super::{RecvTimeoutError, TrySendError};
use crate::sys::thread_park::{Deadline, Gate, Patience, Shared};

pub(super) struct Channel<T> {
    state: Shared<State<T>>,
    receiver_gate: Gate,
    sender_gate: Gate,
    bound: Option<usize>,
}

struct State<T> {
    queue: VecDeque<T>,
    senders: usize,
    receiver_alive: bool,
    receiver_waits: bool,
    senders_waiting: usize,
    /// With bound 0, what senders hold out in place of a queue, numbered: each waits until its own is taken.
    offers: VecDeque<(u64, T)>,
    next_offer: u64,
}

impl<T> State<T> {
    fn is_empty(&self) -> bool {
        self.queue.is_empty() && self.offers.is_empty()
    }

    fn pop(&mut self) -> Option<T> {
        self.queue.pop_front().or_else(|| self.offers.pop_front().map(|(_, value)| value))
    }
}

impl<T> Channel<T> {
    pub(super) const fn new(bound: Option<usize>) -> Self {
        Self {
            state: Shared::new(State {
                queue: VecDeque::new(),
                senders: 1,
                receiver_alive: true,
                receiver_waits: false,
                senders_waiting: 0,
                offers: VecDeque::new(),
                next_offer: 0,
            }),
            receiver_gate: Gate::new(),
            sender_gate: Gate::new(),
            bound,
        }
    }

    /// Puts a value in; waits for room, or with bound 0 until it is taken. Gives it back if nobody will take it.
    pub(super) fn send(&self, value: T) -> Result<(), T> {
        let mut patience = Patience::new();
        loop {
            let mut state = self.state.lock();
            if !state.receiver_alive {
                return Err(value);
            }
            if self.bound.is_some_and(|bound| bound > 0 && state.queue.len() >= bound) {
                if patience.is_left() {
                    drop(state);
                    patience.wait();
                    continue;
                }
                state.senders_waiting += 1;
                let ticket = self.sender_gate.ticket();
                drop(state);
                self.sender_gate.wait(ticket, None);
                self.state.lock().senders_waiting -= 1;
                continue;
            }
            let offer = state.next_offer;
            self.put(state, value);
            return if self.bound == Some(0) { self.wait_until_taken(offer) } else { Ok(()) };
        }
    }

    /// Puts a value in if that needs no waiting.
    pub(super) fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        let state = self.state.lock();
        if !state.receiver_alive {
            return Err(TrySendError::Disconnected(value));
        }
        let full = match self.bound {
            None => false,
            // Only a receiver that sleeps already is sure to take it.
            Some(0) => !state.receiver_waits || !state.is_empty(),
            Some(bound) => state.queue.len() >= bound,
        };
        if full {
            return Err(TrySendError::Full(value));
        }
        self.put(state, value);
        Ok(())
    }

    fn put(&self, mut state: crate::sys::thread_park::SharedGuard<'_, State<T>>, value: T) {
        if self.bound == Some(0) {
            let number = state.next_offer;
            state.next_offer += 1;
            state.offers.push_back((number, value));
        } else {
            state.queue.push_back(value);
        }
        let wake = core::mem::take(&mut state.receiver_waits);
        drop(state);
        if wake {
            self.receiver_gate.open_for_one();
        }
    }

    /// Bound 0: sleeps until the offer of that number is taken; gives it back if the receiver has gone.
    fn wait_until_taken(&self, number: u64) -> Result<(), T> {
        let mut state = self.state.lock();
        loop {
            let Ok(place) = state.offers.binary_search_by_key(&number, |offer| offer.0) else { return Ok(()) };
            if !state.receiver_alive {
                return state.offers.remove(place).map_or(Ok(()), |(_, value)| Err(value));
            }
            state.senders_waiting += 1;
            let ticket = self.sender_gate.ticket();
            drop(state);
            self.sender_gate.wait(ticket, None);
            state = self.state.lock();
            state.senders_waiting -= 1;
        }
    }

    /// Takes the oldest value out, without waiting. `Err` says whether there will never be another one.
    fn take(&self) -> Result<T, bool> {
        let mut state = self.state.lock();
        match state.pop() {
            Some(value) => {
                let wake = state.senders_waiting;
                drop(state);
                if wake != 0 {
                    self.wake_senders();
                }
                Ok(value)
            }
            None => Err(state.senders == 0),
        }
    }

    fn wake_senders(&self) {
        // With bound 0 only one particular sender may go on.
        if self.bound == Some(0) { self.sender_gate.open() } else { self.sender_gate.open_for_one() }
    }

    /// Takes values out: one, or without a bound all there are, the others into `spare`.
    pub(super) fn try_receive(&self, spare: &mut VecDeque<T>) -> Result<T, bool> {
        if self.bound.is_some() {
            return self.take();
        }
        let mut state = self.state.lock();
        if state.queue.is_empty() {
            return Err(state.senders == 0);
        }
        core::mem::swap(&mut state.queue, spare);
        drop(state);
        spare.pop_front().ok_or(false)
    }

    /// As `try_receive`, but waits; for ever, or up to the given time.
    pub(super) fn receive(&self, spare: &mut VecDeque<T>, timeout: Option<Duration>) -> Result<T, RecvTimeoutError> {
        let deadline = Deadline::after(timeout);
        let mut in_time = true;
        let mut patience = Patience::new();
        loop {
            match self.try_receive(spare) {
                Ok(value) => return Ok(value),
                Err(true) => return Err(RecvTimeoutError::Disconnected),
                Err(false) if !in_time => {
                    let mut state = self.state.lock();
                    if state.is_empty() {
                        state.receiver_waits = false;
                        return Err(RecvTimeoutError::Timeout);
                    }
                }
                Err(false) if patience.is_left() => patience.wait(),
                Err(false) => {
                    let mut state = self.state.lock();
                    if !state.is_empty() || state.senders == 0 {
                        continue;
                    }
                    state.receiver_waits = true;
                    let ticket = self.receiver_gate.ticket();
                    drop(state);
                    in_time = self.receiver_gate.wait(ticket, Some(&deadline));
                }
            }
        }
    }

    pub(super) fn add_sender(&self) {
        self.state.lock().senders += 1;
    }

    pub(super) fn remove_sender(&self) {
        let mut state = self.state.lock();
        state.senders -= 1;
        let wake = state.senders == 0 && core::mem::take(&mut state.receiver_waits);
        drop(state);
        if wake {
            self.receiver_gate.open_for_one();
        }
    }

    /// No value is taken any more: those in the queue are dropped, offers go back to their senders.
    pub(super) fn remove_receiver(&self) {
        let mut state = self.state.lock();
        state.receiver_alive = false;
        let rest = core::mem::take(&mut state.queue);
        drop(state);
        self.sender_gate.open();
        drop(rest);
    }
}
