//! Where a thread leaves its result.
//!
//! # Safety
//! The ending thread writes the result and then gives up its reference to the packet; the owner reads it only after
//! the thread has ended.

use core::cell::UnsafeCell;
use core::marker::PhantomData;

use super::Result;
use super::scoped::ScopeData;
use crate::sync::Arc;

pub(super) struct Packet<'scope, T> {
    pub(super) scope: Option<Arc<ScopeData>>,
    result: UnsafeCell<Option<Result<T>>>,
    _marker: PhantomData<Option<&'scope ScopeData>>,
}

// SAFETY: the result goes from the thread to the owner, never to two at a time.
unsafe impl<'scope, T: Send> Sync for Packet<'scope, T> {}

impl<T> Packet<'_, T> {
    pub(super) fn new(scope: Option<Arc<ScopeData>>) -> Self {
        Self { scope, result: UnsafeCell::new(None), _marker: PhantomData }
    }

    /// # Safety
    /// For the ending thread, once.
    pub(super) unsafe fn set(&self, result: Result<T>) {
        // SAFETY: nobody else looks until the thread has ended.
        unsafe { *self.result.get() = Some(result) };
    }

    pub(super) fn take(&mut self) -> Option<Result<T>> {
        self.result.get_mut().take()
    }
}

impl<T> Drop for Packet<'_, T> {
    fn drop(&mut self) {
        let panicked = matches!(self.result.get_mut(), Some(Err(_)));
        // A scope may not be told that the thread is done while its result, which may borrow, still exists. The
        // destructor of a result that nobody took must not unwind into the thread's end.
        let result = self.result.get_mut().take();
        let dropped = crate::panic::catch_unwind(core::panic::AssertUnwindSafe(|| drop(result)));
        if dropped.is_err() {
            crate::sys::thread::die("thread result panicked on drop");
        }
        if let Some(scope) = &self.scope {
            scope.leave(panicked);
        }
    }
}
