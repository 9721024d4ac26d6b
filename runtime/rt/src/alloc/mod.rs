//! The allocator: size classes up to 64 KiB in 1 MiB arenas, larger requests in mappings of their own.
//!
//! | file | holds |
//! |---|---|
//! | [`size_class`] | which class serves a layout; pure |
//! | [`arena`] | 1 MiB maps, cut into units of 64 KiB, under one lock |
//! | [`slab`] | a run of units with blocks of one class: free list, fresh rest, frees by other threads |
//! | [`heap`] | a thread's slabs; allocation and free without a lock |
//! | [`large`] | mappings above 64 KiB, grown by `mremap` |
//!
//! A thread allocates from slabs that its heap owns. A free by the owner is a push on the slab's list; a free by
//! another thread is one compare-exchange on the slab's second list, which the owner collects when it runs out. A
//! thread that ends leaves its heap, slabs and all, to the next one that starts.
//!
//! Blocks carry no header: Rust says size and alignment again when it frees. No function here panics.

mod arena;
pub(crate) mod heap;
mod large;
mod pool;
pub mod size_class;
mod slab;

use core::alloc::GlobalAlloc;
pub use core::alloc::Layout;
use core::ptr::null_mut;

use size_class::class_for;

/// The process's allocator as a type: `#[global_allocator] static A: Allocator = Allocator;`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allocator;

// SAFETY: the functions below keep the contract; a block is handed out once until it is freed.
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        allocate(layout)
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { deallocate(block, layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        allocate_zeroed(layout)
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller's promise.
        unsafe { reallocate(block, layout, new_size) }
    }
}

/// A block for a layout, or null. A size of zero is served like one.
#[inline]
pub fn allocate(layout: Layout) -> *mut u8 {
    match class_for(layout) {
        Some(class) => heap::allocate(class),
        None => large::allocate(layout),
    }
}

/// A zeroed block for a layout, or null. Fresh pages are not cleared again.
#[inline]
pub fn allocate_zeroed(layout: Layout) -> *mut u8 {
    match class_for(layout) {
        Some(class) => {
            let (block, is_zeroed) = heap::allocate_maybe_zeroed(class);
            if !block.is_null() && !is_zeroed {
                // SAFETY: the block has at least that size.
                unsafe { block.write_bytes(0, layout.size()) };
            }
            block
        }
        None => large::allocate_zeroed(layout),
    }
}

/// Frees a block.
///
/// # Safety
/// It must have come from this allocator with this layout and not have been freed since.
#[inline]
pub unsafe fn deallocate(block: *mut u8, layout: Layout) {
    // SAFETY: the caller's promise.
    unsafe {
        match class_for(layout) {
            Some(_) => heap::deallocate(block),
            None => large::deallocate(block, layout),
        }
    }
}

/// Changes a block's size, in place where the new size has the same class, else by copying; large ones by `mremap`.
///
/// # Safety
/// As for [`deallocate`]; `new_size` is not zero and does not overflow when rounded up to the alignment.
#[inline]
pub unsafe fn reallocate(block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
    // SAFETY: the caller's promise: a valid layout.
    let new_layout = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
    match (class_for(layout), class_for(new_layout)) {
        (Some(old), Some(new)) if old == new => block,
        // SAFETY: the caller's promise; both sizes are large.
        (None, None) => unsafe { large::reallocate(block, layout, new_layout) },
        // SAFETY: the caller's promise.
        _ => unsafe { move_block(block, layout, new_layout) },
    }
}

/// # Safety
/// As for [`deallocate`].
unsafe fn move_block(block: *mut u8, layout: Layout, new_layout: Layout) -> *mut u8 {
    let new = allocate(new_layout);
    if new.is_null() {
        return null_mut();
    }
    // SAFETY: both blocks hold the smaller size; the old one is the caller's to free.
    unsafe {
        new.copy_from_nonoverlapping(block, layout.size().min(new_layout.size()));
        deallocate(block, layout);
    }
    new
}

/// The end of a thread: its heap goes to the next thread that needs one.
pub(crate) fn leave_thread() {
    heap::leave_thread();
}
