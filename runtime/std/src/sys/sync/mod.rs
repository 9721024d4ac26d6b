//! Locks without the values they guard, on private futexes.

mod condvar;
mod once;
mod rwlock;

pub(crate) use condvar::RawCondvar;
pub(crate) use fullrust_rt::lock::RawLock as RawMutex;
pub(crate) use once::{OnceWord, Outcome};
pub(crate) use rwlock::RawRwLock;

use fullrust_rt::lock::spin;
