//! The sending ends.

use core::panic::{RefUnwindSafe, UnwindSafe};

use super::channel::Channel;
use super::{SendError, Sender, SyncSender, TrySendError};
use crate::fmt;
use crate::sync::Arc;

macro_rules! sender {
    ($name:ident) => {
        impl<T> $name<T> {
            pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
                Self { channel }
            }
        }

        // A value is whole before it is put in, and the channel is never seen in between.
        impl<T> UnwindSafe for $name<T> {}
        impl<T> RefUnwindSafe for $name<T> {}

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                self.channel.add_sender();
                Self { channel: self.channel.clone() }
            }
        }

        impl<T> Drop for $name<T> {
            fn drop(&mut self) {
                self.channel.remove_sender();
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

sender!(Sender);
sender!(SyncSender);

impl<T> Sender<T> {
    /// Sends a value; gives it back if the receiver has gone.
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        self.channel.send(t).map_err(SendError)
    }
}

impl<T> SyncSender<T> {
    /// Sends a value, waiting for room, or with bound 0 until it is taken. Gives it back if the receiver has gone.
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        self.channel.send(t).map_err(SendError)
    }

    /// Sends a value if that needs no waiting.
    pub fn try_send(&self, t: T) -> Result<(), TrySendError<T>> {
        self.channel.try_send(t)
    }
}
