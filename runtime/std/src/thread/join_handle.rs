//! The owner's side of a thread.

use super::packet::Packet;
use super::{Result, Thread};
use crate::fmt;
use crate::sync::Arc;
use crate::sys::thread::NativeThread;

/// What both kinds of handles hold.
pub(super) struct JoinInner<'scope, T> {
    pub(super) native: NativeThread,
    pub(super) thread: Thread,
    pub(super) packet: Arc<Packet<'scope, T>>,
}

impl<T> JoinInner<'_, T> {
    pub(super) fn join(mut self) -> Result<T> {
        self.native.join();
        Arc::get_mut(&mut self.packet).and_then(Packet::take).expect("an ended thread has left its result")
    }

    /// The thread drops its reference when it has left its result.
    pub(super) fn is_finished(&self) -> bool {
        Arc::strong_count(&self.packet) == 1
    }
}

/// The right to join a thread; dropping it lets the thread run on.
#[cfg_attr(not(test), rustc_diagnostic_item = "JoinHandle")]
pub struct JoinHandle<T>(pub(super) JoinInner<'static, T>);

// SAFETY: the handle shows the result to its owner only, and `spawn` asked that it may change threads.
unsafe impl<T> Send for JoinHandle<T> {}
// SAFETY: a shared handle shows nothing of the result.
unsafe impl<T> Sync for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    /// The thread.
    #[must_use]
    pub fn thread(&self) -> &Thread {
        &self.0.thread
    }

    /// Waits for the thread's end and takes its result.
    pub fn join(self) -> Result<T> {
        self.0.join()
    }

    /// Whether joining would not have to wait for the thread's function.
    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }

    /// The kernel's id of the thread; 0 once it has ended.
    #[allow(dead_code)]
    pub(crate) fn kernel_id(&self) -> i32 {
        self.0.native.kernel_id()
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}
