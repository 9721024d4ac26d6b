//! Who removes a thread's mapping: decided by one exchange of a word.
//!
//! | state | set by | the other side then |
//! |---|---|---|
//! | `JOINABLE` | spawn | |
//! | `DETACHED` | the owner, who gives up the handle | the ending thread removes its own mapping |
//! | `FINISHED` | the ending thread | the owner waits for the tid word and removes the mapping |

use core::sync::atomic::{AtomicU32, Ordering::AcqRel};

pub(super) const JOINABLE: u32 = 0;
const DETACHED: u32 = 1;
const FINISHED: u32 = 2;

/// The owner gives up. True if the thread will clean up; false if it has already left that to the owner.
pub(super) fn detach(state: &AtomicU32) -> bool {
    state.swap(DETACHED, AcqRel) == JOINABLE
}

/// The thread ends. True if the owner will clean up; false if the thread must.
pub(super) fn finish(state: &AtomicU32) -> bool {
    state.swap(FINISHED, AcqRel) == JOINABLE
}
