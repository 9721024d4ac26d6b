//! What sending and receiving may fail with.

use super::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};
use crate::error::Error;
use crate::fmt;

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendError").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TrySendError::Full(..) => "TrySendError::Full(..)",
            TrySendError::Disconnected(..) => "TrySendError::Disconnected(..)",
        })
    }
}

macro_rules! messages {
    ($([$($generics:tt)*] $error:ty { $($case:pat => $text:literal,)* })*) => {$(
        impl $($generics)* fmt::Display for $error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $($case => $text,)*
                })
            }
        }

        impl $($generics)* Error for $error {}
    )*};
}

messages! {
    [<T>] SendError<T> { _ => "sending on a closed channel", }
    [] RecvError { _ => "receiving on a closed channel", }
    [] TryRecvError {
        TryRecvError::Empty => "receiving on an empty channel",
        TryRecvError::Disconnected => "receiving on a closed channel",
    }
    [] RecvTimeoutError {
        RecvTimeoutError::Timeout => "timed out waiting on channel",
        RecvTimeoutError::Disconnected => "channel is empty and sending half is closed",
    }
    [<T>] TrySendError<T> {
        TrySendError::Full(..) => "sending on a full channel",
        TrySendError::Disconnected(..) => "sending on a closed channel",
    }
}

impl<T> From<SendError<T>> for TrySendError<T> {
    fn from(err: SendError<T>) -> TrySendError<T> {
        TrySendError::Disconnected(err.0)
    }
}

impl From<RecvError> for TryRecvError {
    fn from(_: RecvError) -> TryRecvError {
        TryRecvError::Disconnected
    }
}

impl From<RecvError> for RecvTimeoutError {
    fn from(_: RecvError) -> RecvTimeoutError {
        RecvTimeoutError::Disconnected
    }
}
