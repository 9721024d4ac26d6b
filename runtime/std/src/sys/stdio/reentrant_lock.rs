//! The lock of stdout and stderr: the thread that holds it may take it again. Not `sync::ReentrantLock`, because it is usable
//! before and after everything else: it needs no allocation and no thread-local.

use core::cell::UnsafeCell;
use core::ops::Deref;
use core::sync::atomic::{AtomicUsize, Ordering};

use fullrust_rt::lock::RawLock;

/// A lock that its holder may take again; gives shared access only.
pub(crate) struct ReentrantLock<T> {
    raw: RawLock,
    /// The holder's mark, 0 if nobody holds the lock.
    owner: AtomicUsize,
    depth: UnsafeCell<u64>,
    value: T,
}

// SAFETY: the value is used by one thread at a time.
unsafe impl<T: Send> Sync for ReentrantLock<T> {}

/// Holds a [`ReentrantLock`].
pub(crate) struct ReentrantGuard<'a, T> {
    lock: &'a ReentrantLock<T>,
    _not_send: core::marker::PhantomData<*const ()>,
}

// SAFETY: a shared guard gives shared access to the value only.
unsafe impl<T: Sync> Sync for ReentrantGuard<'_, T> {}

/// A number that no other live thread has.
#[inline]
fn thread_mark() -> usize {
    // SAFETY: start-up has set it before any code of a program runs.
    unsafe { fullrust_sys::arch::thread_pointer() }.addr()
}

impl<T> ReentrantLock<T> {
    pub(crate) const fn new(value: T) -> Self {
        ReentrantLock { raw: RawLock::new(), owner: AtomicUsize::new(0), depth: UnsafeCell::new(0), value }
    }

    pub(crate) fn lock(&self) -> ReentrantGuard<'_, T> {
        if !self.is_mine() {
            self.raw.lock_patiently();
        }
        self.enter()
    }

    pub(crate) fn try_lock(&self) -> Option<ReentrantGuard<'_, T>> {
        (self.is_mine() || self.raw.try_lock()).then(|| self.enter())
    }

    /// Only the owner itself can find its own mark here, so a relaxed load is enough.
    #[inline]
    fn is_mine(&self) -> bool {
        self.owner.load(Ordering::Relaxed) == thread_mark()
    }

    /// # Safety
    /// The calling thread holds the lock and lets go of it.
    #[inline(never)]
    #[optimize(size)]
    unsafe fn leave(&self) {
        // SAFETY: the caller's promise.
        let depth = unsafe { &mut *self.depth.get() };
        *depth -= 1;
        if *depth == 0 {
            self.owner.store(0, Ordering::Relaxed);
            self.raw.unlock();
        }
    }

    /// The calling thread holds the lock.
    fn enter(&self) -> ReentrantGuard<'_, T> {
        self.owner.store(thread_mark(), Ordering::Relaxed);
        // SAFETY: this thread holds the lock.
        let depth = unsafe { &mut *self.depth.get() };
        *depth += 1;
        ReentrantGuard { lock: self, _not_send: core::marker::PhantomData }
    }
}

impl<T> Deref for ReentrantGuard<'_, T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        &self.lock.value
    }
}

impl<T> Drop for ReentrantGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: this thread holds the lock, once more than it will.
        unsafe { self.lock.leave() };
    }
}
