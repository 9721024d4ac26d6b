//! Channels: many senders, one receiver.

mod channel;
mod errors;
mod receiver;
mod sender;

use self::channel::Channel;
use crate::sync::Arc;
use alloc_crate::collections::VecDeque;
use core::cell::RefCell;

/// A sending end of a channel without a bound.
#[cfg_attr(not(test), rustc_diagnostic_item = "Sender")]
pub struct Sender<T> {
    channel: Arc<Channel<T>>,
}

/// A sending end of a channel with a bound.
pub struct SyncSender<T> {
    channel: Arc<Channel<T>>,
}

/// The receiving end of a channel.
#[cfg_attr(not(test), rustc_diagnostic_item = "Receiver")]
pub struct Receiver<T> {
    channel: Arc<Channel<T>>,
    /// Values that are taken out of the channel already: without a bound, all there are at a time.
    taken: RefCell<VecDeque<T>>,
}

/// Receives until the senders have gone.
#[derive(Debug)]
pub struct Iter<'a, T: 'a> {
    rx: &'a Receiver<T>,
}

/// Receives what is there.
#[derive(Debug)]
pub struct TryIter<'a, T: 'a> {
    rx: &'a Receiver<T>,
}

/// Receives until the senders have gone, and owns the receiver.
#[derive(Debug)]
pub struct IntoIter<T> {
    rx: Receiver<T>,
}

/// The receiver has gone; the value is inside.
#[derive(PartialEq, Eq, Clone, Copy)]
pub struct SendError<T>(pub T);

/// The channel is empty and its senders have gone.
#[derive(PartialEq, Eq, Clone, Copy, Debug)]
pub struct RecvError;

/// Why nothing was received at once.
#[derive(PartialEq, Eq, Clone, Copy, Debug)]
pub enum TryRecvError {
    /// There is nothing now.
    Empty,
    /// There will never be anything.
    Disconnected,
}

/// Why nothing was received in time.
#[derive(PartialEq, Eq, Clone, Copy, Debug)]
pub enum RecvTimeoutError {
    /// The time is over.
    Timeout,
    /// There will never be anything.
    Disconnected,
}

/// Why a value was not sent at once; it is inside.
#[derive(PartialEq, Eq, Clone, Copy)]
pub enum TrySendError<T> {
    /// There is no room now.
    Full(T),
    /// The receiver has gone.
    Disconnected(T),
}

/// A channel without a bound: sending never waits.
#[must_use]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let channel = Arc::new(Channel::new(None));
    (Sender::new(channel.clone()), Receiver::new(channel))
}

/// A channel that holds at most `bound` values; with 0, each value is handed from sender to receiver directly.
#[must_use]
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let channel = Arc::new(Channel::new(Some(bound)));
    (SyncSender::new(channel.clone()), Receiver::new(channel))
}
