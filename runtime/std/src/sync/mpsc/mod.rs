//! Channels: many senders, one receiver.

mod channel;
mod errors;
mod receiver;
mod sender;

pub use self::errors::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};
pub use self::receiver::{IntoIter, Iter, Receiver, TryIter};
pub use self::sender::{Sender, SyncSender};
use crate::sync::Arc;

/// A channel without a bound: sending never waits.
#[must_use]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let channel = Arc::new(channel::Channel::new(None));
    (Sender::new(channel.clone()), Receiver::new(channel))
}

/// A channel that holds at most `bound` values; with 0, each value is handed from sender to receiver directly.
#[must_use]
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let channel = Arc::new(channel::Channel::new(Some(bound)));
    (SyncSender::new(channel.clone()), Receiver::new(channel))
}
