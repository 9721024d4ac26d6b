//! Handles of threads.

use core::num::NonZero;
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
use core::time::Duration;

use super::id::ThreadId;
use crate::fmt;
use crate::sync::Arc;
use crate::sys::thread_park::Parker;

/// A handle to a thread, for its name, its number and waking it.
#[derive(Clone)]
#[cfg_attr(not(test), rustc_diagnostic_item = "Thread")]
pub struct Thread {
    inner: Arc<Inner>,
}

pub(super) struct Inner {
    name: Option<Box<str>>,
    /// 0 until the thread, or who started it, has written its number.
    number: AtomicU64,
    parker: Parker,
}

impl Thread {
    pub(super) fn new(name: Option<Box<str>>, number: u64) -> Thread {
        Thread { inner: Arc::new(Inner { name, number: AtomicU64::new(number), parker: Parker::new() }) }
    }

    pub(super) fn set_number(&self, number: u64) {
        self.inner.number.store(number, Relaxed);
    }

    /// Leaves a token for the thread and wakes it if it is parked.
    #[inline]
    pub fn unpark(&self) {
        self.inner.parker.unpark();
    }

    /// For the thread itself only.
    pub(super) fn park(&self, timeout: Option<Duration>) {
        self.inner.parker.park(timeout);
    }

    /// The thread's number.
    #[must_use]
    pub fn id(&self) -> ThreadId {
        // A thread and whoever gets its handle write the number before they show the handle to anybody.
        ThreadId(NonZero::new(self.inner.number.load(Relaxed)).expect("a started thread has a number"))
    }

    /// The thread's name, if it has one; the main thread is `main`.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.inner.name.as_deref()
    }

    pub(super) fn into_raw(self) -> *const Inner {
        Arc::into_raw(self.inner)
    }

    /// # Safety
    /// `raw` must come from `into_raw`, and a reference of it must be given up with this call.
    pub(super) unsafe fn from_raw(raw: *const Inner) -> Thread {
        // SAFETY: the caller's promise.
        Thread { inner: unsafe { Arc::from_raw(raw) } }
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread").field("id", &self.id()).field("name", &self.name()).finish_non_exhaustive()
    }
}
