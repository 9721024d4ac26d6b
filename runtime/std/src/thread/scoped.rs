//! Threads that may borrow, because a scope waits for them.

use core::marker::PhantomData;
use core::panic::AssertUnwindSafe;
use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use core::sync::atomic::{AtomicBool, AtomicUsize};

use super::join_handle::JoinInner;
use super::{Builder, Result, Thread, current, park};
use crate::fmt;
use crate::panic::{catch_unwind, resume_unwind};
use crate::sync::Arc;

/// Where scoped threads are started.
pub struct Scope<'scope, 'env: 'scope> {
    data: Arc<ScopeData>,
    /// Invariant: the compiler may neither shorten nor lengthen it.
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// The right to join a scoped thread; the scope joins it anyway.
pub struct ScopedJoinHandle<'scope, T>(JoinInner<'scope, T>);

// SAFETY: as for `JoinHandle`.
unsafe impl<T> Send for ScopedJoinHandle<'_, T> {}
// SAFETY: as above.
unsafe impl<T> Sync for ScopedJoinHandle<'_, T> {}

pub(super) struct ScopeData {
    running: AtomicUsize,
    panicked: AtomicBool,
    owner: Thread,
}

impl ScopeData {
    pub(super) fn enter(&self) {
        let before = self.running.fetch_add(1, Relaxed);
        assert!(before <= usize::MAX / 2, "too many running threads in thread scope");
    }

    /// A thread of the scope has ended and dropped its result.
    pub(super) fn leave(&self, panicked: bool) {
        if panicked {
            self.panicked.store(true, Relaxed);
        }
        if self.running.fetch_sub(1, Release) == 1 {
            self.owner.unpark();
        }
    }
}

/// Runs a function that may start threads which borrow; returns when all of them have ended.
#[track_caller]
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let scope = Scope {
        data: Arc::new(ScopeData { running: AtomicUsize::new(0), panicked: AtomicBool::new(false), owner: current() }),
        scope: PhantomData,
        env: PhantomData,
    };
    let result = catch_unwind(AssertUnwindSafe(|| f(&scope)));
    while scope.data.running.load(Acquire) != 0 {
        park();
    }
    match result {
        Err(payload) => resume_unwind(payload),
        Ok(_) if scope.data.panicked.load(Relaxed) => panic!("a scoped thread panicked"),
        Ok(result) => result,
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread in the scope. Panics if the system cannot.
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        Builder::new().spawn_scoped(self, f).expect("failed to spawn thread")
    }

    pub(super) fn data(&self) -> &Arc<ScopeData> {
        &self.data
    }
}

impl<'scope, T> ScopedJoinHandle<'scope, T> {
    pub(super) fn new(inner: JoinInner<'scope, T>) -> Self {
        Self(inner)
    }

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
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope")
            .field("num_running_threads", &self.data.running.load(Relaxed))
            .field("a_thread_panicked", &self.data.panicked.load(Relaxed))
            .field("main_thread", &self.data.owner)
            .finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}
