//! The runtime's allocator under std's name.

use crate::alloc::System;
use core::alloc::{AllocError, Allocator, GlobalAlloc, Layout};
use core::ptr::NonNull;
use fullrust_rt::alloc::Allocator as Runtime;

// SAFETY: every call goes to the runtime's allocator, which keeps the contract.
unsafe impl GlobalAlloc for System {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        unsafe { Runtime.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        unsafe { Runtime.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { Runtime.dealloc(block, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller's promise.
        unsafe { Runtime.realloc(block, layout, new_size) }
    }
}

fn allocate_with(layout: Layout, allocate: impl FnOnce(Layout) -> *mut u8) -> Result<NonNull<[u8]>, AllocError> {
    let start = match layout.size() {
        0 => layout.dangling_ptr(),
        _ => NonNull::new(allocate(layout)).ok_or(AllocError)?,
    };
    Ok(NonNull::slice_from_raw_parts(start, layout.size()))
}

// SAFETY: blocks come from the runtime's allocator and any copy of `System` may free them.
unsafe impl Allocator for System {
    #[inline]
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the size is not zero.
        allocate_with(layout, |layout| unsafe { self.alloc(layout) })
    }

    #[inline]
    fn allocate_zeroed(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the size is not zero.
        allocate_with(layout, |layout| unsafe { self.alloc_zeroed(layout) })
    }

    #[inline]
    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        if layout.size() != 0 {
            // SAFETY: the caller's promise; blocks of size zero were never allocated.
            unsafe { self.dealloc(block.as_ptr(), layout) }
        }
    }
}
