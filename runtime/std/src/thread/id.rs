//! Numbers of threads.

use core::num::NonZero;

/// The number of a thread, never used again in this process.
#[derive(Eq, PartialEq, Clone, Copy, Hash, Debug)]
pub struct ThreadId(pub(super) NonZero<u64>);

impl ThreadId {
    /// The number itself.
    #[must_use]
    pub(crate) fn as_u64(&self) -> NonZero<u64> {
        self.0
    }
}
