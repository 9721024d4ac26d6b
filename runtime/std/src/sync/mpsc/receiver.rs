//! The receiving end.

use alloc_crate::collections::VecDeque;
use core::cell::RefCell;
use core::panic::{RefUnwindSafe, UnwindSafe};
use core::time::Duration;

use super::channel::Channel;
use super::{IntoIter, Iter, Receiver, RecvError, RecvTimeoutError, TryIter, TryRecvError};
use crate::fmt;
use crate::sync::Arc;

impl<T> !Sync for Receiver<T> {}

impl<T> Receiver<T> {
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        Self { channel, taken: RefCell::new(VecDeque::new()) }
    }

    /// Receives a value if there is one.
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        let mut taken = self.taken.borrow_mut();
        if let Some(value) = taken.pop_front() {
            return Ok(value);
        }
        self.channel.try_receive(&mut taken).map_err(|for_ever| match for_ever {
            true => TryRecvError::Disconnected,
            false => TryRecvError::Empty,
        })
    }

    /// Receives a value, waiting for one. An error if there is none and the senders have gone.
    pub fn recv(&self) -> Result<T, RecvError> {
        self.receive(None).map_err(|_| RecvError)
    }

    /// As [`Receiver::recv`], for at most the given time.
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        self.receive(Some(timeout))
    }

    fn receive(&self, timeout: Option<Duration>) -> Result<T, RecvTimeoutError> {
        let mut taken = self.taken.borrow_mut();
        match taken.pop_front() {
            Some(value) => Ok(value),
            None => self.channel.receive(&mut taken, timeout),
        }
    }

    /// Iterator that waits for values until the senders have gone.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { rx: self }
    }

    /// Iterator over the values that are there.
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter { rx: self }
    }
}

// A value is whole when it is taken out, and the channel is never seen in between.
impl<T> UnwindSafe for Receiver<T> {}
impl<T> RefUnwindSafe for Receiver<T> {}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.channel.remove_receiver();
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.rx.recv().ok()
    }
}

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.rx.try_recv().ok()
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.rx.recv().ok()
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { rx: self }
    }
}
