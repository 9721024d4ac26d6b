//! A static that start-up writes once, while the process has one thread, and that is only read afterwards.

use core::cell::UnsafeCell;

pub(crate) struct WriteOnce<T>(UnsafeCell<T>);

// SAFETY: written only before a second thread exists (the promise of `set`), then shared for reading.
unsafe impl<T: Sync> Sync for WriteOnce<T> {}

impl<T> WriteOnce<T> {
    pub(crate) const fn new(initial: T) -> Self {
        Self(UnsafeCell::new(initial))
    }

    #[inline]
    pub(crate) fn get(&self) -> &T {
        // SAFETY: nobody writes after start-up.
        unsafe { &*self.0.get() }
    }

    /// Where the value lies. Writing there is for start-up, while the process has one thread and no reference from `get`
    /// is alive.
    #[inline]
    pub(crate) const fn place(&self) -> *mut T {
        self.0.get()
    }

    /// # Safety
    /// The process has one thread and no reference from `get` is alive.
    pub(crate) unsafe fn set(&self, value: T) {
        // SAFETY: the caller's promise.
        unsafe { *self.0.get() = value };
    }
}
