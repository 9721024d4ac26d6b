//! Synchronisation: shared pointers and atomics from below, locks and channels of our own.

mod barrier;
mod lazy_lock;
pub mod mpsc;
mod once;
mod once_lock;
mod poison;

pub use alloc_crate::sync::{Arc, UniqueArc, Weak};
pub use core::sync::{atomic, *};

pub use self::barrier::{Barrier, BarrierWaitResult};
pub use self::lazy_lock::LazyLock;
#[allow(deprecated)]
pub use self::once::{ONCE_INIT, Once, OnceState};
pub use self::once_lock::OnceLock;
pub use self::poison::condvar::Condvar;
pub use self::poison::mutex::{Mutex, MutexGuard};
pub use self::poison::rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};
pub use self::poison::{LockResult, PoisonError, TryLockError, TryLockResult};

/// Whether a wait ended because its time was up.
#[derive(Debug, PartialEq, Eq, Copy, Clone)]
pub struct WaitTimeoutResult(bool);
