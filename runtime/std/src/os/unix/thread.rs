//! Threads as the platform sees them.

use crate::thread::JoinHandle;

/// What a thread is to the platform: here the number of its [`ThreadId`](crate::thread::ThreadId), as there is no C
/// library that it could be given to.
pub type RawPthread = crate::os::linux::raw::pthread_t;

/// The platform's side of a [`JoinHandle`].
pub trait JoinHandleExt {
    /// The thread's number.
    fn as_pthread_t(&self) -> RawPthread;

    /// The thread's number; the thread is detached.
    fn into_pthread_t(self) -> RawPthread;
}

impl<T> JoinHandleExt for JoinHandle<T> {
    fn as_pthread_t(&self) -> RawPthread {
        self.thread().id().as_u64().get()
    }

    fn into_pthread_t(self) -> RawPthread {
        self.as_pthread_t()
    }
}
