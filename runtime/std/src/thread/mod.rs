//! Threads: starting, joining, parking, and thread-local variables.

mod builder;
mod current;
mod id;
mod join_handle;
mod local;
mod packet;
mod parallelism;
mod scoped;
mod sleep;
#[allow(clippy::module_inception)]
mod thread;

use crate::any::Any;

pub use self::builder::{Builder, spawn};
#[allow(deprecated)]
pub use self::current::{current, park, park_timeout, park_timeout_ms};
pub use self::id::ThreadId;
pub use self::join_handle::JoinHandle;
pub use self::local::{AccessError, LocalKey};
pub use self::parallelism::available_parallelism;
pub use self::scoped::{Scope, ScopedJoinHandle, scope};
#[allow(deprecated)]
pub use self::sleep::{sleep, sleep_ms, yield_now};
pub use self::thread::Thread;

/// What lies behind `thread_local!`; named by its expansion only.
#[doc(hidden)]
pub mod local_impl {
    pub use crate::__thread_local_key as key;
    pub use crate::sys::thread_local::{EagerStorage, LazyStorage};
}

/// What joining a thread gives: its value, or the payload of its panic.
pub type Result<T> = crate::result::Result<T, Box<dyn Any + Send + 'static>>;

/// Whether this thread is panicking.
#[inline]
#[must_use]
pub fn panicking() -> bool {
    crate::panic::panicking()
}
