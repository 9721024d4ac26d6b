//! Where heaps come from, and where they wait between two threads.

use core::cell::UnsafeCell;
use core::ptr::null_mut;

use fullrust_sys::mm;

use super::heap::Heap;
use crate::auxv::page_size;
use crate::lock::Lock;

/// The heaps that no thread uses, and room for new ones.
struct Heaps {
    idle: *mut Heap,
    fresh: *mut Heap,
    fresh_count: usize,
    is_first_taken: bool,
}

// SAFETY: idle heaps belong to whoever holds the lock.
unsafe impl Send for Heaps {}

static HEAPS: Lock<Heaps> =
    Lock::new(Heaps { idle: null_mut(), fresh: null_mut(), fresh_count: 0, is_first_taken: false });

struct FirstHeap(UnsafeCell<Heap>);

// SAFETY: used by the thread that took it from the pool.
unsafe impl Sync for FirstHeap {}

/// The first heap needs no mapping.
static FIRST_HEAP: FirstHeap = FirstHeap(UnsafeCell::new(Heap::new()));

impl Heaps {
    fn take(&mut self) -> Option<*mut Heap> {
        if !self.idle.is_null() {
            let heap = self.idle;
            // SAFETY: idle heaps are the pool's.
            self.idle = unsafe { (*heap).next_idle };
            return Some(heap);
        }
        if !self.is_first_taken {
            self.is_first_taken = true;
            fullrust_builtins::mem::prepare_for_heap();
            return Some(FIRST_HEAP.0.get());
        }
        self.make()
    }

    fn make(&mut self) -> Option<*mut Heap> {
        if self.fresh_count == 0 {
            let size = page_size().max(size_of::<Heap>());
            self.fresh = mm::mmap_anon(size).ok()?.cast();
            self.fresh_count = size / size_of::<Heap>();
        }
        let heap = self.fresh;
        self.fresh = heap.wrapping_add(1);
        self.fresh_count -= 1;
        // SAFETY: fresh memory of a heap's size and alignment.
        unsafe { heap.write(Heap::new()) };
        Some(heap)
    }
}

/// A heap for a thread. `None` without memory.
pub(super) fn take() -> Option<*mut Heap> {
    HEAPS.lock().take()
}

/// Gives back what other threads have freed in heaps that nobody uses, before more memory is asked from the kernel.
pub(super) fn trim_idle() {
    let mut list = core::mem::replace(&mut HEAPS.lock().idle, null_mut());
    while !list.is_null() {
        let heap = list;
        // SAFETY: taken from the pool, so ours until it is put back.
        unsafe {
            list = (*heap).next_idle;
            (*heap).trim();
        }
        put_back(heap);
    }
}

/// Gives a heap to the pool.
pub(super) fn put_back(heap: *mut Heap) {
    let mut heaps = HEAPS.lock();
    // SAFETY: the caller's heap, and from here on the pool's.
    unsafe { (*heap).next_idle = heaps.idle };
    heaps.idle = heap;
}
