//! Functions that a program links only if something else of it asks for them.

use core::marker::PhantomData;
use core::sync::atomic::{AtomicPtr, Ordering};

/// A function pointer that is absent until it is set, and then never absent again. What reads it does not link what it
/// leads to; what sets it does.
pub(crate) struct Late<F> {
    function: AtomicPtr<()>,
    shape: PhantomData<F>,
}

impl<F: Copy> Late<F> {
    /// Nothing yet. `F` must be a function pointer.
    pub(crate) const fn new() -> Self {
        const { assert!(size_of::<F>() == size_of::<fn()>()) };
        Late { function: AtomicPtr::new(core::ptr::null_mut()), shape: PhantomData }
    }

    pub(crate) fn set(&self, function: F) {
        // Opaque, or the optimiser would see that there is one value only and call it directly.
        let function = core::hint::black_box(function);
        // SAFETY: both have the size of a pointer, which `new` has checked.
        let pointer = unsafe { core::mem::transmute_copy::<F, *mut ()>(&function) };
        self.function.store(pointer, Ordering::Release);
    }

    #[inline]
    pub(crate) fn get(&self) -> Option<F> {
        let pointer = self.function.load(Ordering::Acquire);
        // SAFETY: only `set` stores, and it stores functions of this shape.
        (!pointer.is_null()).then(|| unsafe { core::mem::transmute_copy::<*mut (), F>(&pointer) })
    }
}
