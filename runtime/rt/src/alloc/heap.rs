//! A thread's heap: for each class the slabs that have room, the one in use first.
//!
//! Heaps are never unmapped, so a slab's owner stays a valid address for the frees of other threads. A heap belongs to
//! one thread at a time; between two it waits in the pool.

use core::cell::{Cell, UnsafeCell};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering::*};

use fullrust_sys::arch;

use super::arena::{claim, release, slab_of};
use super::large;
use super::pool;
use super::size_class::{COUNT, size_of_class};
use super::slab::{Slab, double_free};
use crate::thread::record::Tcb;

#[repr(C, align(64))]
pub(crate) struct Heap {
    /// First slab of each class's list; [`NO_SLAB`] where there is none.
    slabs: [*mut Slab; COUNT],
    /// Address and size of a large mapping that the thread has freed and may use again; size 0 if there is none.
    spare: Cell<(usize, usize)>,
    /// The next heap in the pool.
    pub(super) next_idle: *mut Heap,
    /// Slabs in which other threads have freed blocks.
    pending: AtomicPtr<Slab>,
}

struct NoSlab(UnsafeCell<Slab>);

// SAFETY: never written: it has no free block to take and holds none to free.
unsafe impl Sync for NoSlab {}

/// Spares the fast path a comparison: it has no free block, as an exhausted slab has none.
static NO_SLAB: NoSlab = NoSlab(UnsafeCell::new(Slab::none()));

/// A block of a class, or null.
#[inline]
pub(super) fn allocate(class: usize) -> *mut u8 {
    let heap = arch::thread_heap().cast::<Heap>();
    if !heap.is_null() {
        // SAFETY: the heap is this thread's.
        let block = unsafe { (*(*heap).slabs[class]).pop() };
        if !block.is_null() {
            return block;
        }
    }
    allocate_slow(class)
}

/// A block of a class, or null, and whether it is known to be zeroed.
#[inline]
pub(super) fn allocate_maybe_zeroed(class: usize) -> (*mut u8, bool) {
    // Below, clearing costs less than a block that shares no page with others.
    const LEAST: usize = 4096;
    if size_of_class(class) < LEAST { (allocate(class), false) } else { allocate_fresh(class) }
}

/// As [`allocate`], but a block that was never handed out comes before one that was freed.
fn allocate_fresh(class: usize) -> (*mut u8, bool) {
    let Some(heap) = own_heap() else { return (null_mut(), false) };
    // SAFETY: the heap is this thread's.
    unsafe {
        let slab = (*heap).slabs[class];
        let block = (*slab).pop_fresh();
        if !block.is_null() {
            return (block, (*slab).fresh_is_zeroed);
        }
    }
    (allocate(class), false)
}

/// Frees a block that has a class.
///
/// # Safety
/// It must be handed out.
#[inline]
pub(super) unsafe fn deallocate(block: *mut u8) {
    let slab = slab_of(block);
    // SAFETY: the block is handed out, so its slab lives and keeps its owner.
    unsafe {
        if core::ptr::eq((*slab).heap, arch::thread_heap().cast()) {
            if (*slab).push(block) {
                attend_to(slab);
            }
        } else {
            deallocate_remote(slab, block);
        }
    }
}

/// # Safety
/// `block` must be handed out and belong to `slab`, which belongs to another thread.
#[inline(never)]
unsafe fn deallocate_remote(slab: *mut Slab, block: *mut u8) {
    // SAFETY: as the caller says. While a block counts as used the slab and its heap stay.
    unsafe {
        let heap = (*slab).heap;
        if Slab::push_remote(slab, block) {
            let pending = &(*heap).pending;
            let mut head = pending.load(Relaxed);
            loop {
                (*slab).next_pending.store(head, Relaxed);
                match pending.compare_exchange_weak(head, slab, Release, Relaxed) {
                    Ok(_) => return,
                    Err(current) => head = current,
                }
            }
        }
    }
}

/// The slow end of a free by the owner.
///
/// # Safety
/// The slab must be the calling thread's.
#[cold]
#[inline(never)]
unsafe fn attend_to(slab: *mut Slab) {
    // SAFETY: the caller's promise.
    unsafe { (*(*slab).heap).attend(slab) };
}

#[cold]
#[inline(never)]
fn allocate_slow(class: usize) -> *mut u8 {
    let Some(heap) = own_heap() else { return null_mut() };
    // SAFETY: the heap is this thread's.
    let heap = unsafe { &mut *heap };
    if let Some(block) = heap.take_from_list(class) {
        return block;
    }
    heap.collect();
    if let Some(block) = heap.take_from_list(class) {
        return block;
    }
    let mut slab = claim(heap, class, false);
    if slab.is_null() {
        pool::trim_idle();
        slab = claim(heap, class, true);
    }
    if slab.is_null() {
        return null_mut();
    }
    // SAFETY: a new slab of this heap, with room.
    unsafe {
        heap.link(slab);
        (*slab).pop_batch()
    }
}

impl Heap {
    pub(super) const fn new() -> Self {
        Self {
            slabs: [NO_SLAB.0.get(); COUNT],
            spare: Cell::new((0, 0)),
            next_idle: null_mut(),
            pending: AtomicPtr::new(null_mut()),
        }
    }

    /// A block from the first slab that has one; those that have none leave the list.
    fn take_from_list(&mut self, class: usize) -> Option<*mut u8> {
        loop {
            let slab = self.slabs[class];
            if slab == NO_SLAB.0.get() {
                return None;
            }
            // SAFETY: lists hold this heap's slabs.
            unsafe {
                if !(*slab).is_exhausted() {
                    let block = (*slab).pop();
                    return Some(if block.is_null() { (*slab).pop_batch() } else { block });
                }
                self.unlink(slab);
                (*slab).is_full = true;
            }
        }
    }

    /// Takes back what other threads have freed.
    fn collect(&mut self) {
        let mut slab = self.pending.swap(null_mut(), Acquire);
        while !slab.is_null() {
            // SAFETY: the pending list holds this heap's slabs; the next one is read before the slab may be pushed again.
            unsafe {
                let next = (*slab).next_pending.load(Relaxed);
                (*slab).collect_remote();
                if (*slab).is_full || (*slab).used == 0 {
                    self.attend(slab);
                }
                slab = next;
            }
        }
    }

    /// A slab that was full has room again, or one has become empty.
    ///
    /// # Safety
    /// The slab must be this heap's.
    unsafe fn attend(&mut self, slab: *mut Slab) {
        // SAFETY: the caller's promise.
        unsafe {
            if (*slab).used < 0 {
                double_free();
            }
            if (*slab).is_full {
                self.link(slab);
            } else if (*slab).used == 0 {
                self.unlink(slab);
                release(slab);
            }
        }
    }

    /// Puts a slab with room first in its class's list.
    ///
    /// # Safety
    /// The slab must be this heap's and in no list.
    unsafe fn link(&mut self, slab: *mut Slab) {
        // SAFETY: the caller's promise; lists hold this heap's slabs.
        unsafe {
            let first = self.set_first((*slab).class, slab);
            (*slab).is_full = false;
            (*slab).previous = null_mut();
            (*slab).next = first;
            if !first.is_null() {
                (*first).previous = slab;
                if (*first).used == 0 {
                    self.unlink(first);
                    release(first);
                }
            }
        }
    }

    /// # Safety
    /// The slab must be in its class's list.
    unsafe fn unlink(&mut self, slab: *mut Slab) {
        // SAFETY: the caller's promise.
        unsafe {
            let (previous, next) = ((*slab).previous, (*slab).next);
            if !next.is_null() {
                (*next).previous = previous;
            }
            if previous.is_null() {
                self.set_first((*slab).class, next);
            } else {
                (*previous).next = next;
            }
            (*slab).next = null_mut();
            (*slab).previous = null_mut();
        }
    }

    /// Makes a slab, or none (null), the one that a class's blocks come from; returns the one before, or null.
    ///
    /// The first slab counts one block more than are in use: so it is never empty, stays when its last block is freed, and
    /// a program that allocates and frees in turns has no work with it.
    ///
    /// # Safety
    /// Both slabs must be this heap's.
    unsafe fn set_first(&mut self, class: u8, slab: *mut Slab) -> *mut Slab {
        let Some(first) = self.slabs.get_mut(usize::from(class)) else { return null_mut() };
        let none = NO_SLAB.0.get();
        let before = core::mem::replace(first, if slab.is_null() { none } else { slab });
        // SAFETY: the caller's promise.
        unsafe {
            if !slab.is_null() {
                (*slab).used += 1;
            }
            if before == none {
                return null_mut();
            }
            (*before).used -= 1;
        }
        before
    }

    /// Gives back every slab without a used block.
    pub(super) fn trim(&mut self) {
        self.collect();
        for class in 0..COUNT {
            let slab = self.slabs[class];
            // SAFETY: lists hold this heap's slabs; behind the first one none is empty.
            unsafe {
                if slab != NO_SLAB.0.get() && (*slab).used == 1 {
                    self.unlink(slab);
                    release(slab);
                }
            }
        }
    }
}

/// The calling thread's heap; taken from the pool on first use. `None` without memory.
fn own_heap() -> Option<*mut Heap> {
    let heap = arch::thread_heap().cast::<Heap>();
    if heap.is_null() { attach() } else { Some(heap) }
}

#[cold]
fn attach() -> Option<*mut Heap> {
    let heap = pool::take()?;
    tcb().heap.set(heap);
    Some(heap)
}

fn tcb() -> &'static Tcb {
    // SAFETY: the thread pointer leads to the thread's control block; the reference stays in this thread.
    unsafe { &*arch::thread_pointer().cast::<Tcb>() }
}

/// The calling thread's place for a large mapping, if it has a heap.
#[inline]
pub(super) fn spare() -> Option<&'static Cell<(usize, usize)>> {
    let heap = arch::thread_heap().cast::<Heap>();
    // SAFETY: heaps stay, and nobody but the thread uses its own.
    (!heap.is_null()).then(|| unsafe { &(*heap).spare })
}

/// The end of a thread: empty slabs go back to the arenas, the rest waits, with the heap, for the next thread.
pub(super) fn leave_thread() {
    let heap = arch::thread_heap().cast::<Heap>();
    if heap.is_null() {
        return;
    }
    // SAFETY: the heap is this thread's, and its spare mapping nobody's.
    unsafe {
        (*heap).trim();
        large::give_back((*heap).spare.replace((0, 0)));
    }
    tcb().heap.set(null_mut());
    pool::put_back(heap);
}
